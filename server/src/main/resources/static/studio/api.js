// The service's HTTP API as the page uses it.
const KEY = "atelier-key";

/** A refusal in the service's own words, or that there was no answer (status 0). */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {number} retrySeconds 0: not said
   */
  constructor(message, status, retrySeconds = 0) {
    super(message);
    this.status = status;
    this.retrySeconds = retrySeconds;
  }
}

export function keyInUse() {
  return localStorage.getItem(KEY) ?? "";
}

/** @param {string} key empty: forget it */
export function useKey(key) {
  if (key) localStorage.setItem(KEY, key);
  else localStorage.removeItem(KEY);
}

/** @param {string} path */
export const get = (path) => json("GET", path);
/**
 * @param {string} path
 * @param {object} [body]
 * @param {AbortSignal} [signal]
 */
export const post = (path, body, signal) =>
  json("POST", path, { body: JSON.stringify(body ?? {}), headers: { "Content-Type": "application/json" }, signal });
/** @param {string} path */
export const remove = (path) => json("DELETE", path);

/**
 * Uploads a file in the multipart part that the service expects.
 * @param {File} file
 * @returns {Promise<string>} its URL
 */
export async function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return (await json("POST", "api/v1/model/uploadMedia", { body: form })).data.download_url;
}

/**
 * @param {string} key
 * @returns {Promise<boolean>} whether the service takes it
 */
export async function accepts(key) {
  try {
    await send("GET", "api/v1/model/predictions?limit=1", { headers: { Authorization: `Bearer ${key}` } });
    return true;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return false;
    throw problem;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestInit} [more]
 */
async function json(method, path, more) {
  return (await send(method, path, more)).json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestInit} [more]
 * @throws {Problem}
 */
export async function send(method, path, more = {}) {
  const headers = { ...(keyInUse() ? { Authorization: `Bearer ${keyInUse()}` } : {}), ...more.headers };
  let answer;
  try {
    answer = await fetch(path, { ...more, method, headers });
  } catch (cause) {
    if (more.signal?.aborted) throw cause;
    throw new Problem("The service does not answer.", 0);
  }
  if (!answer.ok) {
    throw new Problem(await reason(answer), answer.status, Number(answer.headers.get("Retry-After")) || 0);
  }
  return answer;
}

/** @param {Response} answer */
async function reason(answer) {
  const unknown = `The service answered ${answer.status}.`;
  try {
    const body = await answer.json();
    return body.message ?? body.error?.message ?? unknown;
  } catch {
    return unknown;
  }
}
