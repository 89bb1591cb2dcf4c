// Sends what atlascloud-mcp asks of its fixed address to Atelier: node --import ./to-atelier.mjs …
import { origin } from "./steps.mjs";

const ask = globalThis.fetch;
globalThis.fetch = (url, options) => ask(String(url).replace("https://api.atlascloud.ai", origin), { ...options, dispatcher: undefined });
