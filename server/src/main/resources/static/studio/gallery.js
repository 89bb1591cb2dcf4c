// All predictions that the page shows, newest first, each once, whoever tells of them.
import { $ } from "./dom.js";
import { get } from "./api.js";
import { Card } from "./card.js";

const PAGE = 10;

export class Gallery {
  /** @param {import("./card.js").Actions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {Map<string, Card>} */
    this.cards = new Map();
    this.cursor = "";
    this.whole = false;
  }

  clear() {
    this.cards.clear();
    $("pictures").replaceChildren();
    this.cursor = "";
    this.whole = false;
  }

  /** The newest, again after what was told may be incomplete. */
  async refresh() {
    const first = this.cards.size === 0;
    const page = await get(`api/v1/model/predictions?limit=${PAGE}`);
    page.data.forEach((/** @type {any} */ prediction) => this.put(prediction));
    if (first) this.reached(page.next_cursor);
    this.showEmpty();
  }

  /** @returns {Promise<Card | undefined>} the first of those before the ones that are shown */
  async earlier() {
    const page = await get(`api/v1/model/predictions?limit=${PAGE}&cursor=${encodeURIComponent(this.cursor)}`);
    const cards = page.data.map((/** @type {any} */ prediction) => this.put(prediction));
    this.reached(page.next_cursor);
    return cards[0];
  }

  /** @param {string} cursor */
  reached(cursor) {
    this.cursor = cursor;
    this.whole = cursor === "";
    $("more").hidden = this.whole;
  }

  /**
   * Shows a prediction: in its card, or in a new one at its place.
   * @param {import("./types.js").Prediction} prediction
   */
  put(prediction) {
    let card = this.cards.get(prediction.id);
    if (card) {
      card.show(prediction);
      return card;
    }
    card = new Card(prediction, this.actions);
    this.cards.set(prediction.id, card);
    // Ids rise with time.
    const older = [...$("pictures").children].find((other) => (other.dataset.id ?? "") < prediction.id);
    $("pictures").insertBefore(card.element, older ?? null);
    this.showEmpty();
    return card;
  }

  /** @param {string} name of an event @param {any} data */
  hear(name, data) {
    const known = this.cards.get(data.id);
    if (name === "submitted") this.put(data);
    else if (name === "done" && (known || this.isShownAge(data.id))) this.put(data);
    else if (name === "progress") known?.progress(data);
    else if (name === "output") known?.picture(data);
    else if (name === "deleted") this.remove(data.id);
    else if (name === "gap") this.refresh().catch(() => {});
  }

  /** Whether it is not older than everything here: those come with their page. @param {string} id */
  isShownAge(id) {
    return this.whole || [...this.cards.keys()].some((other) => other < id);
  }

  /** @param {string} id @returns {HTMLElement | null} the card that stands next to it */
  neighbour(id) {
    const element = this.cards.get(id)?.element;
    return /** @type {HTMLElement | null} */ (element?.nextElementSibling ?? element?.previousElementSibling ?? null);
  }

  remove(/** @type {string} */ id) {
    this.cards.get(id)?.element.remove();
    this.cards.delete(id);
    this.showEmpty();
  }

  showEmpty() {
    $("empty").hidden = this.cards.size > 0;
  }
}
