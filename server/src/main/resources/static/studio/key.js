// The key: asked for when the service wants one, kept in this browser once the service has taken it.
import { $, say } from "./dom.js";
import { accepts, keyInUse, useKey } from "./api.js";

/** @type {() => void} */
let changed = () => {};

/** @param {() => void} whenChanged */
export function setUpKey(whenChanged) {
  changed = whenChanged;
  $("key-open").addEventListener("click", () => ($("key-form").hidden ? open("") : close()));
  $("key-form").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    take($("key").value.trim());
  });
  $("key-forget").addEventListener("click", () => {
    useKey("");
    close();
    $("key-open").focus();
    changed();
  });
}

/** The service has refused a request for want of a key that it takes. */
export function askForKey() {
  open(keyInUse()
    ? "The service no longer takes the key that this browser has. Check it, or ask for another one."
    : "This service asks for a key. Whoever runs it makes one with “atelier keys create”.");
}

/** @param {string} key */
async function take(key) {
  if (!key) {
    open("Paste the key first; it begins with “atl_”.");
    return;
  }
  $("key-use").disabled = true;
  try {
    if (await accepts(key)) {
      useKey(key);
      close();
      $("prompt").focus();
      changed();
    } else {
      open("The service does not take this key. Is it whole, and was it not revoked?");
    }
  } catch (problem) {
    open(/** @type {Error} */ (problem).message);
  } finally {
    $("key-use").disabled = false;
  }
}

/** @param {string} wrong what is wrong; empty: nothing */
function open(wrong) {
  $("key-form").hidden = false;
  $("key-forget").hidden = !keyInUse();
  $("key-open").setAttribute("aria-expanded", "true");
  say($("key-wrong"), wrong);
  $("key-wrong").hidden = !wrong;
  $("key").setAttribute("aria-invalid", String(Boolean(wrong)));
  $("key").focus();
}

function close() {
  $("key").value = "";
  $("key-form").hidden = true;
  $("key-open").setAttribute("aria-expanded", "false");
}
