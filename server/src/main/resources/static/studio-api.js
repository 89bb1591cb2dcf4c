// The service's HTTP API as the web page uses it.
const KEY = "atelier-key";

export function keyInUse() {
  return localStorage.getItem(KEY) ?? "";
}

export function useKey(key) {
  key ? localStorage.setItem(KEY, key) : localStorage.removeItem(KEY);
}

export const get = (path) => json("GET", path);
export const post = (path, body) => json("POST", path, body === undefined ? undefined : JSON.stringify(body), "application/json");
export const remove = (path) => json("DELETE", path);

/** Uploads a file in the multipart part that the service expects. */
export function upload(path, file) {
  const form = new FormData();
  form.append("file", file);
  return json("POST", path, form);
}

/** Reads server-sent events to their end. EventSource cannot send a key, so the stream is read by hand. */
export async function events(path, handle) {
  const reader = (await send("GET", path)).body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    let end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      dispatch(text.slice(0, end), handle);
      text = text.slice(end + 2);
    }
  }
}

function dispatch(event, handle) {
  const lines = event.split("\n");
  const values = (field) => lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).trimStart());
  const data = values("data").join("\n");
  if (data) handle(values("event")[0] ?? "message", JSON.parse(data));
}

async function json(method, path, body, type) {
  return (await send(method, path, body, type)).json();
}

/** @throws {Error} in the service's own words, with its status */
async function send(method, path, body, type) {
  const headers = {};
  if (type) headers["Content-Type"] = type;
  if (keyInUse()) headers.Authorization = `Bearer ${keyInUse()}`;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body });
  } catch {
    throw new Error("The service does not answer.");
  }
  if (!answer.ok) throw Object.assign(new Error(await reason(answer)), { status: answer.status });
  return answer;
}

async function reason(answer) {
  try {
    const body = await answer.json();
    return body.message ?? body.error?.message ?? `The service answered ${answer.status}.`;
  } catch {
    return `The service answered ${answer.status}.`;
  }
}
