// One stream of everything that this key orders, opened again whenever it breaks. EventSource cannot send a key, so it is read by hand.
import { Problem, send } from "./api.js";

const PATH = "api/v1/events";
const SILENCE_MS = 45_000; // three signs of life were missed
const LONGEST_PAUSE_MS = 15_000;
const BREATH_MS = 500;

/**
 * @typedef {object} Listener
 * @property {(name: string, data: any) => void} event
 * @property {(resumed: boolean) => void} open the stream is there; not resumed: what was before is not told
 * @property {(problem: Problem) => void} lost
 */

export class Events {
  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
    this.lastId = "";
    this.failures = 0;
    this.controller = new AbortController();
    this.wake = () => {};
    addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
  }

  /** Forgets what was heard (another key hears other things) and begins anew. */
  restart() {
    this.lastId = "";
    this.failures = 0;
    this.controller.abort();
    this.controller = new AbortController();
    this.run(this.controller.signal);
  }

  /** @param {AbortSignal} signal */
  async run(signal) {
    while (!signal.aborted) {
      try {
        await this.read(signal);
        await new Promise((resume) => setTimeout(resume, BREATH_MS));
      } catch (problem) {
        if (signal.aborted) return;
        this.failures += 1;
        const told = problem instanceof Problem ? problem : new Problem("The connection broke.", 0);
        if (this.failures > 1 || told.status !== 0 || !this.lastId) this.listener.lost(told);
        if (told.status === 401 || told.status === 403) return;
        await this.pause(told);
      }
    }
  }

  /** The first try comes at once: a stream that broke is most often there again. @param {Problem} problem */
  pause(problem) {
    const grown = this.failures < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.failures);
    const wait = Math.max(grown, problem.retrySeconds * 1000);
    return new Promise((resume) => {
      const timer = setTimeout(resume, wait);
      this.wake = () => {
        clearTimeout(timer);
        resume(undefined);
      };
    });
  }

  /** Reads until the stream ends. @param {AbortSignal} signal */
  async read(signal) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      /** @type {Record<string, string>} */
      const headers = this.lastId ? { "Last-Event-ID": this.lastId } : {};
      const answer = await send("GET", PATH, { headers, signal: AbortSignal.any([signal, silence.signal]) });
      this.listener.open(this.lastId !== "");
      this.failures = 0;
      const reader = /** @type {ReadableStream<any>} */ (answer.body).pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        text += part.value;
        const end = text.lastIndexOf("\n\n");
        if (end < 0) continue;
        text.slice(0, end).split("\n\n").forEach((event) => this.dispatch(event));
        text = text.slice(end + 2);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {string} event its lines */
  dispatch(event) {
    const lines = event.split("\n");
    /** @param {string} field */
    const values = (field) =>
      lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).trimStart());
    this.lastId = values("id")[0] ?? this.lastId;
    const data = values("data").join("\n");
    if (data) this.listener.event(values("event")[0] ?? "message", JSON.parse(data));
  }
}
