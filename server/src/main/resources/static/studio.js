// The web page of the service: orders pictures, shows them being made, and what was made before.
import { $, say } from "./studio/dom.js";
import { Problem, get, post, remove } from "./studio/api.js";
import { Events } from "./studio/events.js";
import { Gallery } from "./studio/gallery.js";
import { OrderForm } from "./studio/form.js";
import { askForKey, setUpKey } from "./studio/key.js";
import { estimate } from "./studio/words.js";

const THINKING_MS = 400;

const form = new OrderForm(estimateSoon);
const gallery = new Gallery({ again, cancel, remove: askToDelete, use });
const events = new Events({
  event: (name, data) => gallery.hear(name, data),
  open: (resumed) => {
    lost("");
    if (!resumed) run(null, () => gallery.refresh());
  },
  lost: (problem) => {
    if (problem.status === 401) askForKey();
    else lost(`${problem.message} Trying again …`);
  },
});

/** Runs something that may fail, with its button disabled; says where it belongs what is wrong. */
async function run(/** @type {HTMLButtonElement | null} */ button, /** @type {() => Promise<any>} */ task, doing = "") {
  if (button) button.disabled = true;
  say($("status"), doing);
  try {
    const done = await task();
    say($("status"), "");
    return done;
  } catch (problem) {
    const message = /** @type {Error} */ (problem).message;
    say($("status"), "");
    if (problem instanceof Problem && problem.status === 401) askForKey();
    else if (!(problem instanceof Problem && problem.status >= 400 && form.showRefusal(message))) say($("status"), message);
    return undefined;
  } finally {
    if (button) button.disabled = false;
  }
}

function lost(/** @type {string} */ words) {
  say($("lost"), words);
  $("lost").hidden = !words;
}

// ---- orders ----

async function make(/** @type {Event} */ event) {
  event.preventDefault();
  const order = form.read();
  if (order) await run($("make"), async () => gallery.put((await post("api/v1/model/generateImage", order)).data));
}

let thinking = 0;
let asked = new AbortController();

/** Says what the order would take, once its writer pauses. */
function estimateSoon() {
  clearTimeout(thinking);
  asked.abort();
  thinking = setTimeout(async () => {
    asked = new AbortController();
    const { signal } = asked;
    try {
      const told = form.faults().size === 0
        ? estimate((await post("api/v1/model/calculate", form.order(), signal)).data)
        : "";
      if (!signal.aborted) say($("estimate"), told);
    } catch {
      // What is wrong with the order is said when it is sent.
      if (!signal.aborted) say($("estimate"), "");
    }
  }, THINKING_MS);
}

// ---- what cards ask for ----

function again(/** @type {import("./studio/card.js").Card} */ card) {
  const { input } = card.prediction;
  if (input) run(null, () => form.fill(input));
  $("order").scrollIntoView({ block: "start" });
  $("prompt").focus({ preventScroll: true });
}

function use(/** @type {string} */ url) {
  form.references.add(url);
  say($("status"), `Image ${form.references.urls.length} of the next order.`);
}

function cancel(/** @type {import("./studio/card.js").Card} */ card, /** @type {HTMLButtonElement} */ button) {
  return run(button, async () => {
    card.show((await post(`${card.path}/cancel`)).data);
    card.part(".again").focus();
  });
}

/** @type {import("./studio/card.js").Card | null} */
let leaving = null;

function askToDelete(/** @type {import("./studio/card.js").Card} */ card) {
  leaving = card;
  const made = card.prediction.images.filter((image) => image.url).length;
  say($("delete-question"), made === 0 ? "Delete this order?" : made === 1 ? "Delete this picture?" : `Delete these ${made} pictures?`);
  say($("delete-words"), card.words);
  $("delete-dialog").showModal();
}

async function deleteIt() {
  const card = leaving;
  $("delete-dialog").close();
  if (!card) return;
  await run(null, async () => {
    // The event of the deletion may come before its answer.
    const next = gallery.neighbour(card.id);
    await remove(card.path);
    gallery.remove(card.id);
    /** @type {HTMLElement} */ ((next?.isConnected && next.querySelector(".again")) || $("prompt")).focus();
  });
}

// ---- the beginning ----

async function begin() {
  gallery.clear();
  events.restart();
  await run(null, async () => {
    await form.setModels((await get("api/v1/models")).data);
  });
  estimateSoon();
}

$("order").addEventListener("submit", make);
$("prompt").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("order").requestSubmit();
});
$("files").addEventListener("change", async () => {
  await run($("make"), () => form.references.upload($("files").files), "Uploading …");
  $("files").value = "";
});
$("more").addEventListener("click", () => run($("more"), async () => {
  const first = await gallery.earlier();
  first?.part(".again").focus({ preventScroll: true });
}));
$("delete-yes").addEventListener("click", deleteIt);
$("delete-no").addEventListener("click", () => $("delete-dialog").close());
setUpKey(begin);
begin();
