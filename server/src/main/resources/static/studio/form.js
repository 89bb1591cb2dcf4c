// The order form: bounds from the chosen model's schema, messages beside the fields, and every field of an order in and out.
import { $, button, say } from "./dom.js";
import { get } from "./api.js";
import { References } from "./references.js";

/** Fields of an order and the ids of their controls. @type {Record<string, string>} */
const CONTROLS = {
  prompt: "prompt", model: "model", size: "size", max_images: "count", steps: "steps", guidance_scale: "guidance",
  seed: "seed", negative_prompt: "negative", strength: "strength", output_format: "format",
};
const NUMBERS = ["max_images", "steps", "guidance_scale", "seed", "strength"];
const ELSEWHERE = ["images", ...Object.keys(CONTROLS)];

export class OrderForm {
  /** @param {() => void} changed called when the order may be another */
  constructor(changed) {
    this.references = new References(() => {
      this.wrong("images", "");
      this.showStrength();
      changed();
    });
    this.changed = changed;
    /** Fields that have no control of their own, from an order that is made again. @type {Record<string, any>} */
    this.extras = {};
    /** @type {Record<string, import("./types.js").Property>} */
    this.schema = {};
    /** @type {Map<string, Promise<Record<string, import("./types.js").Property>>>} */
    this.schemas = new Map();
    for (const [field, id] of Object.entries(CONTROLS)) {
      $(id).addEventListener("input", () => {
        this.wrong(field, "");
        changed();
      });
    }
    $("model").addEventListener("change", () => this.useSchema());
    $("seed-random").addEventListener("click", () => {
      $("seed").value = "";
      this.wrong("seed", "");
      $("seed").focus();
      changed();
    });
  }

  /** @param {import("./types.js").Model[]} models */
  async setModels(models) {
    const chosen = $("model").value;
    $("model").replaceChildren(...models.map((model) => new Option(model.displayName, model.model)));
    if (models.some((model) => model.model === chosen)) $("model").value = chosen;
    await this.useSchema();
  }

  async useSchema() {
    const model = $("model").value;
    if (!this.schemas.has(model)) {
      this.schemas.set(model, get(`api/v1/models/schema?model=${encodeURIComponent(model)}`)
        .then((document) => document.components.schemas.Input.properties));
    }
    try {
      const schema = await /** @type {Promise<any>} */ (this.schemas.get(model));
      if ($("model").value === model) this.applySchema(schema);
    } catch (problem) {
      this.schemas.delete(model);
      throw problem;
    }
  }

  /** @param {Record<string, import("./types.js").Property>} schema */
  applySchema(schema) {
    this.schema = schema;
    for (const field of NUMBERS) {
      const control = $(CONTROLS[field]);
      control.min = schema[field]?.minimum ?? "";
      control.max = schema[field]?.maximum ?? "";
    }
    for (const field of ["steps", "guidance_scale"]) {
      $(CONTROLS[field]).placeholder = schema[field]?.default ?? "the model's";
    }
    const format = $("format").value;
    // jpg is another name of jpeg.
    const formats = (schema.output_format?.enum ?? ["png"]).filter((name) => name !== "jpg");
    $("format").replaceChildren(...formats.map((name) => new Option(name)));
    $("format").value = formats.includes(format) ? format : schema.output_format?.default ?? "png";
    this.showStrength();
  }

  showStrength() {
    const shown = this.references.urls.length > 0 && "strength" in this.schema;
    $("strength-field").hidden = !shown;
    if (!shown) $("strength").value = "";
  }

  /** @returns {Record<string, any> | null} the order; null when a field is wrong, which is said beside it */
  read() {
    const faults = this.faults();
    for (const field of ELSEWHERE) this.wrong(field, faults.get(field) ?? "");
    if (faults.size > 0) {
      this.goTo([...faults.keys()][0]);
      return null;
    }
    return this.order();
  }

  /** The order as the form stands; only what was filled in. */
  order() {
    /** @type {Record<string, any>} */
    const body = { ...this.extras };
    for (const [field, id] of Object.entries(CONTROLS)) {
      const value = $(id).value.trim();
      if (value !== "") body[field] = NUMBERS.includes(field) ? Number(value) : value;
    }
    if (this.references.urls.length > 0) body.images = this.references.urls;
    return body;
  }

  /** @returns {Map<string, string>} what is wrong, by field */
  faults() {
    const faults = new Map();
    const longest = this.schema.prompt?.maxLength ?? Infinity;
    const words = [...$("prompt").value.trim()].length;
    if (words === 0) faults.set("prompt", "Say in words what should be drawn.");
    if (words > longest) faults.set("prompt", `${words} characters are more than ${longest}, the most allowed.`);
    for (const field of NUMBERS) {
      const fault = numberFault($(CONTROLS[field]), this.schema[field]);
      if (fault) faults.set(field, fault);
    }
    const most = this.schema.images?.maxItems ?? Infinity;
    if (this.references.urls.length > most) {
      faults.set("images", `${this.references.urls.length} references are more than ${most}, the most allowed.`);
    }
    return faults;
  }

  /**
   * Shows a refusal of the service beside the field that it names.
   * @param {string} message such as "steps: 500 is above 100, the most allowed"
   * @returns {boolean} whether it names one
   */
  showRefusal(message) {
    const named = /^([a-z_]+)(?:\[\d+\])?: (.*)$/su.exec(message);
    if (!named || !ELSEWHERE.includes(named[1])) return false;
    this.wrong(named[1], named[2][0].toUpperCase() + named[2].slice(1) + ".");
    this.goTo(named[1]);
    return true;
  }

  /** @param {string} field @param {string} message empty: nothing is wrong */
  wrong(field, message) {
    const id = CONTROLS[field] ?? "files";
    const place = $(`${id}-wrong`);
    if (!place) return;
    say(place, message);
    place.hidden = !message;
    $(id).setAttribute("aria-invalid", String(Boolean(message)));
  }

  /** @param {string} field */
  goTo(field) {
    const control = $(CONTROLS[field] ?? "files");
    if ($("settings").contains(control)) $("settings").open = true;
    control.focus();
  }

  /** Everything of an order, for another one. @param {import("./types.js").Input} input */
  fill(input) {
    const given = /** @type {Record<string, any>} */ (input);
    for (const [field, id] of Object.entries(CONTROLS)) {
      const value = given[field];
      if (value === undefined && field === "model") continue;
      if (value !== undefined && $(id).tagName === "SELECT") offer($(id), String(value));
      $(id).value = value ?? (field === "output_format" ? "png" : "");
      this.wrong(field, "");
    }
    this.extras = Object.fromEntries(Object.entries(given).filter(([field]) => !ELSEWHERE.includes(field)));
    this.showExtras();
    this.references.set(input.images ?? []);
    this.showStrength();
    if (given.strength !== undefined) $("strength").value = given.strength;
    const hidden = ["steps", "guidance_scale", "seed", "negative_prompt", "strength"];
    if (hidden.some((field) => given[field] !== undefined) || given.output_format !== "png") $("settings").open = true;
    this.changed();
    return this.useSchema();
  }

  showExtras() {
    $("extras").replaceChildren(...Object.entries(this.extras).map(([field, value]) => {
      const item = document.createElement("li");
      const words = field.replaceAll("_", " ");
      if (field === "mask") {
        const picture = document.createElement("img");
        picture.src = value;
        picture.width = picture.height = 64;
        picture.alt = "Mask";
        item.append(picture);
      } else {
        item.append(`${words}: ${value}`);
      }
      item.append(button("×", `Remove ${words}`, () => {
        delete this.extras[field];
        this.showExtras();
        $("files").focus();
        this.changed();
      }));
      return item;
    }));
  }
}

/** @param {HTMLInputElement} control @param {import("./types.js").Property} [bounds] */
function numberFault(control, bounds = {}) {
  if (control.validity.badInput) return "This is no number.";
  if (control.value === "") return "";
  const value = Number(control.value);
  if (bounds.minimum !== undefined && value < bounds.minimum) return `${value} is below ${bounds.minimum}, the least allowed.`;
  if (bounds.maximum !== undefined && value > bounds.maximum) return `${value} is above ${bounds.maximum}, the most allowed.`;
  if (control.step !== "any" && !Number.isInteger(value)) return `${value} is no whole number.`;
  return "";
}

/** A choice that is not among those offered is added. @param {HTMLSelectElement} select @param {string} value */
function offer(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.add(new Option(value.replace("*", " × "), value));
  }
}
