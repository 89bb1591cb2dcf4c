// The pictures that the next order starts from, in the order in which the words number them.
import { $, button } from "./dom.js";
import { upload } from "./api.js";

export class References {
  /** @param {() => void} changed */
  constructor(changed) {
    /** @type {string[]} */
    this.urls = [];
    this.changed = changed;
  }

  /** @param {string[]} urls */
  set(urls) {
    this.urls = [...urls];
    this.show();
  }

  /** @param {string} url */
  add(url) {
    this.set([...this.urls, url]);
  }

  /** Uploads files; those before one that is refused stay. @param {Iterable<File>} files */
  async upload(files) {
    for (const file of files) this.add(await upload(file));
  }

  show() {
    $("references").replaceChildren(...this.urls.map((url, index) => this.item(url, index)));
    this.changed();
  }

  /** @param {string} url @param {number} index */
  item(url, index) {
    const item = document.createElement("li");
    const picture = document.createElement("img");
    picture.src = url;
    picture.width = picture.height = 64;
    picture.alt = `Reference ${index + 1}`;
    item.append(picture, button("×", `Remove reference ${index + 1}`, () => {
      this.set(this.urls.filter((_, other) => other !== index));
      const next = $("references").querySelectorAll("button")[Math.min(index, this.urls.length - 1)];
      (next ?? $("files")).focus();
    }));
    return item;
  }
}
