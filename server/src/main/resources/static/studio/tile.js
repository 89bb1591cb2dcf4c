// One picture of a prediction: a preview while it is made, then the file.
import { fromTemplate, say } from "./dom.js";
import { fileName } from "./words.js";

export class Tile {
  /** @param {number} index from 0 @param {(url: string) => void} use takes the picture as a reference */
  constructor(index, use) {
    this.index = index;
    this.url = "";
    this.element = fromTemplate("tile-template");
    this.image = /** @type {HTMLImageElement} */ (this.part("img"));
    this.part(".use").addEventListener("click", () => use(this.url));
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }

  /** @param {string} dataUri a small, unfinished picture */
  preview(dataUri) {
    if (this.url) return;
    this.element.classList.add("unfinished");
    this.image.src = dataUri;
    this.image.alt = `Picture ${this.index + 1}, being made`;
  }

  /**
   * @param {import("./types.js").Picture} picture finished
   * @param {string} asked the order's words
   * @param {string} served the model that made it
   */
  finish(picture, asked, served) {
    if (!picture.url || this.url === picture.url) return;
    this.url = picture.url;
    this.element.classList.remove("unfinished");
    // The sides keep the place free until the file is there.
    this.image.width = picture.width ?? 0;
    this.image.height = picture.height ?? 0;
    this.image.src = picture.url;
    this.image.alt = picture.prompt || asked;
    /** @type {HTMLAnchorElement} */ (this.part(".open")).href = picture.url;
    const download = /** @type {HTMLAnchorElement} */ (this.part(".download"));
    download.href = picture.url;
    download.download = fileName(picture, served);
    download.setAttribute("aria-label", `Download: picture ${this.index + 1}`);
    this.part(".use").setAttribute("aria-label", `Use as reference: picture ${this.index + 1}`);
    this.part(".actions").hidden = false;
  }

  /** Shows which shot it is, where each has words of its own. @param {string} words */
  caption(words) {
    say(this.part(".shot"), words);
    this.part(".shot").hidden = !words;
  }
}
