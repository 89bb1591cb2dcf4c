// The web page of the service: orders pictures, shows them being made, and what was made before.
import { get, post, remove, upload, events, useKey, keyInUse } from "./studio-api.js";

const $ = (id) => document.getElementById(id);
const PAGE = 10;
const ENDED = ["completed", "failed", "canceled"];

const references = []; // URLs of pictures that the next order starts from
let page = 0;

// ---- orders ----

function order() {
  const body = { model: $("model").value, prompt: $("prompt").value.trim(), output_format: $("format").value };
  const set = (name, id, value) => { if ($(id).value !== "") body[name] = value($(id).value); };
  set("size", "size", String);
  set("max_images", "count", Number);
  set("steps", "steps", Number);
  set("guidance_scale", "guidance", Number);
  set("seed", "seed", Number);
  set("negative_prompt", "negative", String);
  if (references.length > 0) body.images = [...references];
  return body;
}

async function make(event) {
  event.preventDefault();
  const body = order();
  await working($("make"), "", async () => {
    const answer = await post("api/v1/model/generateImage", body);
    const card = addCard({ requestBody: body, result: answer.data }, "first");
    card.follow();
  });
}

/** Runs something that may fail with its button disabled; says in the status line what is wrong. */
async function working(button, doing, task) {
  button.disabled = true;
  say(doing);
  try {
    await task();
    say("");
  } catch (problem) {
    say(problem.message);
    if (problem.status === 401) openKey();
  } finally {
    button.disabled = false;
  }
}

function say(words) {
  $("status").textContent = words;
}

// ---- references ----

async function addFiles(files) {
  await working($("make"), "Uploading …", async () => {
    for (const file of files) addReference((await upload("api/v1/model/uploadMedia", file)).data.download_url);
  });
  $("files").value = "";
}

function addReference(url) {
  references.push(url);
  showReferences();
}

function showReferences() {
  $("references").replaceChildren(...references.map((url, index) => {
    const item = document.createElement("li");
    const picture = document.createElement("img");
    picture.src = url;
    picture.alt = `Reference ${index + 1}`;
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "×";
    away.setAttribute("aria-label", `Remove reference ${index + 1}`);
    away.addEventListener("click", () => { references.splice(index, 1); showReferences(); });
    item.append(picture, away);
    return item;
  }));
}

// ---- cards ----

function addCard(item, place) {
  const card = new Card(item);
  place === "first" ? $("pictures").prepend(card.element) : $("pictures").append(card.element);
  $("empty").hidden = true;
  return card;
}

/** One prediction: its words, how far it is, its pictures. */
class Card {
  constructor({ requestBody, result }) {
    this.asked = requestBody;
    this.id = result.id;
    this.tiles = new Map();
    this.element = $("card-template").content.firstElementChild.cloneNode(true);
    this.part(".words").textContent = requestBody.prompt;
    this.part(".again").addEventListener("click", () => this.again());
    this.part(".cancel").addEventListener("click", (e) => working(e.target, "", async () =>
      this.show((await post(`${this.path()}/cancel`)).data)));
    this.part(".delete").addEventListener("click", (e) => working(e.target, "", async () => {
      await remove(this.path());
      this.element.remove();
    }));
    this.show(result);
  }

  part(selector) {
    return this.element.querySelector(selector);
  }

  path() {
    return `api/v1/model/prediction/${encodeURIComponent(this.id)}`;
  }

  /** The words and settings of this card, for another order. */
  again() {
    $("prompt").value = this.asked.prompt;
    if (this.asked.model) $("model").value = this.asked.model;
    $("prompt").focus();
    $("order").scrollIntoView({ block: "nearest" });
  }

  /** @param {object} prediction as the service tells it */
  show(prediction) {
    const ended = ENDED.includes(prediction.state);
    this.ended = ended;
    (prediction.images ?? []).forEach((image) => this.tile(image.index, image));
    this.element.setAttribute("aria-busy", String(!ended));
    this.part("progress").hidden = ended;
    this.part("progress").value = prediction.progress ?? 0;
    this.part(".cancel").hidden = ended;
    this.part(".delete").hidden = !ended;
    this.part(".error").hidden = !(ended && prediction.error);
    this.part(".error").textContent = prediction.error ?? "";
    this.part(".facts").textContent = facts(prediction);
    if (ended) {
      this.element.querySelectorAll("figure.unfinished").forEach((unfinished) => unfinished.remove());
    }
  }

  /** A finished picture. */
  tile(index, image) {
    if (!image.url) return;
    const tile = this.place(index);
    tile.classList.remove("unfinished");
    tile.querySelector("img").src = image.url;
    tile.querySelector("img").alt = image.prompt || this.asked.prompt;
    tile.querySelector("a").href = image.url;
    tile.querySelector(".use").hidden = false;
    tile.querySelector(".use").onclick = () => addReference(image.url);
  }

  /** A small, unfinished picture. */
  preview(index, dataUri) {
    const tile = this.place(index);
    tile.classList.add("unfinished");
    tile.querySelector("img").src = dataUri;
    tile.querySelector("img").alt = "Being made";
    tile.querySelector(".use").hidden = true;
  }

  place(index) {
    if (!this.tiles.has(index)) {
      const tile = $("tile-template").content.firstElementChild.cloneNode(true);
      this.tiles.set(index, tile);
      this.part(".tiles").append(tile);
    }
    return this.tiles.get(index);
  }

  /** Shows what happens until the prediction has ended; asks every two seconds when events do not get through. */
  async follow() {
    try {
      await events(`${this.path()}/events`, (name, data) => {
        if (name === "progress") {
          this.part("progress").value = data.progress;
          this.part(".facts").textContent = data.steps ? `step ${data.step} of ${data.steps}` : "";
          if (data.preview) this.preview(data.image, data.preview);
        } else if (name === "output") {
          this.tile(data.index, data);
        } else if (name === "done") {
          this.show(data);
        }
      });
    } catch (problem) {
      say(problem.message);
    }
    while (!this.ended) {
      await new Promise((resume) => setTimeout(resume, 2000));
      try {
        this.show((await get(this.path())).data);
      } catch (problem) {
        say(problem.message);
        if (problem.status === 404 || problem.status === 401) return;
      }
    }
  }
}

function facts(prediction) {
  const said = [];
  if (prediction.state === "starting") said.push("waits");
  if (prediction.state === "processing") said.push("is being made");
  if (prediction.served_by) said.push(prediction.served_by);
  if (prediction.images?.[0]?.width) said.push(`${prediction.images[0].width} × ${prediction.images[0].height}`);
  if (prediction.seed !== undefined) said.push(`seed ${prediction.seed}`);
  if (prediction.metrics?.predict_time) said.push(`${prediction.metrics.predict_time.toFixed(1)} s`);
  if (prediction.created_at) said.push(new Date(prediction.created_at).toLocaleString());
  return said.join(" · ");
}

// ---- what is there already ----

async function showModels() {
  const models = (await get("api/v1/models")).data;
  $("model").replaceChildren(...models.map((model) => new Option(model.displayName, model.model)));
}

async function showEarlier() {
  page += 1;
  const { items, total } = (await get(`api/v1/model/history?no=${page}&size=${PAGE}`)).data;
  for (const item of items) {
    const card = addCard(item, "last");
    if (!card.ended) card.follow();
  }
  $("more").hidden = page * PAGE >= total;
  $("empty").hidden = total > 0;
}

async function begin() {
  page = 0;
  $("pictures").replaceChildren();
  await working($("make"), "", async () => {
    await showModels();
    await showEarlier();
  });
}

// ---- the key ----

function openKey() {
  $("key-form").hidden = false;
  $("key-open").setAttribute("aria-expanded", "true");
  $("key").focus();
}

$("key-open").addEventListener("click", () => {
  if ($("key-form").hidden) {
    $("key").value = keyInUse();
    openKey();
  } else {
    $("key-form").hidden = true;
    $("key-open").setAttribute("aria-expanded", "false");
  }
});
$("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  useKey($("key").value.trim());
  $("key-form").hidden = true;
  $("key-open").setAttribute("aria-expanded", "false");
  begin();
});

$("order").addEventListener("submit", make);
$("prompt").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("order").requestSubmit();
});
$("files").addEventListener("change", (event) => addFiles(event.target.files));
$("more").addEventListener("click", (event) => working(event.target, "", showEarlier));
begin();
