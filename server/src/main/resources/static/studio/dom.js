// Finding and making elements.

/**
 * @param {string} id
 * @returns {any} the element, which the page has
 */
export function $(id) {
  return document.getElementById(id);
}

/**
 * A copy of what a template holds.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function fromTemplate(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

/**
 * @param {string} words
 * @param {string} name for those who do not see it
 * @param {() => void} press
 */
export function button(words, name, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", press);
  return made;
}

/**
 * Sets text only where it changes, so that readers of live regions are not told twice.
 * @param {Element} element
 * @param {string} words
 */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
