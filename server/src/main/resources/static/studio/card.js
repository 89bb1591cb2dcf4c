// One prediction: its words, what happens to it, its pictures.
import { fromTemplate, say } from "./dom.js";
import { Tile } from "./tile.js";
import { facts, phase } from "./words.js";

/** @type {Record<string, string>} */
const WAITING = { planning: "Planning", starting: "Waiting" };
const ENDED = ["completed", "failed", "canceled"];

/**
 * @typedef {object} Actions
 * @property {(card: Card) => void} again
 * @property {(card: Card, button: HTMLButtonElement) => void} cancel
 * @property {(card: Card, button: HTMLButtonElement) => void} remove
 * @property {(url: string) => void} use
 */

export class Card {
  /** @param {import("./types.js").Prediction} prediction @param {Actions} actions */
  constructor(prediction, actions) {
    this.id = prediction.id;
    this.prediction = prediction;
    this.actions = actions;
    this.ended = false;
    /** What was told last of how far it is; the listing knows less. */
    this.told = "";
    /** @type {Map<number, Tile>} */
    this.tiles = new Map();
    this.element = fromTemplate("card-template");
    this.element.dataset.id = this.id;
    this.part(".again").addEventListener("click", () => actions.again(this));
    this.part(".cancel").addEventListener("click", (event) => actions.cancel(this, /** @type {any} */ (event.currentTarget)));
    this.part(".delete").addEventListener("click", (event) => actions.remove(this, /** @type {any} */ (event.currentTarget)));
    this.show(prediction);
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }

  get path() {
    return `api/v1/model/prediction/${encodeURIComponent(this.id)}`;
  }

  get words() {
    return this.prediction.input?.prompt ?? "";
  }

  /** @param {import("./types.js").Prediction} prediction */
  show(prediction) {
    const ended = ENDED.includes(prediction.state);
    if (this.ended && !ended) return; // told late
    this.prediction = { ...prediction, input: prediction.input ?? this.prediction.input };
    this.ended = ended;
    this.element.setAttribute("aria-busy", String(!ended));
    this.element.setAttribute("aria-label", this.words);
    say(this.part(".words"), this.words);
    prediction.images.forEach((image) => this.picture(image));
    this.notes();
    this.part(".doing").hidden = ended;
    this.part(".cancel").hidden = ended;
    this.part(".delete").hidden = !ended;
    say(this.part(".facts"), facts(this.prediction));
    if (!ended) this.bar(prediction.progress, this.told || WAITING[prediction.state] || "Being made");
    else this.end();
  }

  end() {
    this.element.querySelectorAll("figure.unfinished").forEach((unfinished) => unfinished.remove());
    const failed = this.prediction.state === "failed" || this.prediction.images.some((image) => image.error);
    this.part(".error").hidden = !failed;
    if (failed) say(this.part(".error"), this.prediction.error);
    this.part(".canceled").hidden = this.prediction.state !== "canceled";
  }

  /** What was drawn in place of the words, what could not be, and why so many pictures and this size. */
  notes() {
    const { revised_prompt: revised, warnings = [], reasons = [], images } = this.prediction;
    const shots = images.some((image) => image.prompt !== revised); // each has its words below it
    const drawn = revised && revised !== this.words && !shots ? [`Drawn as: ${revised}`] : [];
    const told = [...drawn, ...warnings, ...reasons.slice(1)];
    const list = this.part(".notes");
    list.hidden = told.length === 0;
    list.replaceChildren(...told.map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    }));
  }

  /** @param {import("./types.js").Progress} progress */
  progress(progress) {
    if (this.ended) return;
    this.told = phase(progress);
    this.bar(progress.progress, this.told);
    if (progress.preview) this.tile(progress.image ?? 0).preview(progress.preview);
  }

  /** @param {number} fraction @param {string} words */
  bar(fraction, words) {
    const bar = /** @type {HTMLProgressElement} */ (this.part("progress"));
    if (fraction > 0) bar.value = fraction;
    else bar.removeAttribute("value");
    say(this.part(".phase"), words);
  }

  /** @param {import("./types.js").Picture} picture */
  picture(picture) {
    if (!picture.url) return;
    const tile = this.tile(picture.index);
    tile.finish(picture, this.words, this.prediction.served_by);
    const own = picture.prompt !== this.prediction.revised_prompt;
    tile.caption(own ? `${picture.index + 1}. ${picture.prompt}` : "");
  }

  /** @param {number} index @returns {Tile} in its place among the others */
  tile(index) {
    let tile = this.tiles.get(index);
    if (!tile) {
      tile = new Tile(index, this.actions.use);
      this.tiles.set(index, tile);
      const later = [...this.tiles.values()].filter((other) => other.index > index).sort((a, b) => a.index - b.index)[0];
      this.part(".tiles").insertBefore(tile.element, later?.element ?? null);
    }
    return tile;
  }
}
