// Every case in real Chromium: node run.mjs URL [FOLDER FOR SCREENSHOTS] [PART OF A CASE'S NAME]
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { Api, wire } from "./service.mjs";
import { cases } from "./cases.mjs";

const [url, folder = "", only = ""] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", process.env.CHROMIUM ?? ""]
  .filter(Boolean).reverse().find((file) => fs.existsSync(file));
if (!url || !executablePath) {
  console.error(url
    ? "There is no Chromium: nothing was tried. Install it (Debian: apt-get install chromium) or name it in CHROMIUM."
    : "usage: node run.mjs URL [FOLDER] [PART OF A NAME]");
  process.exit(2);
}
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const line = await wire(url);
const api = new Api(url);

/** A tab of its own, with what it says wrong. */
async function tab(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) wrong.push(message.text());
  });
  page.setDefaultTimeout(30_000);
  return { context, page, wrong };
}

const tools = {
  url: line.url, api, line, tab, browser,
  async axe(page) {
    // The page's CSP lets no other script in; the debugger's evaluation is not bound by it.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  },
  async shot(page, name) {
    if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: false });
  },
};
if (folder) fs.mkdirSync(folder, { recursive: true });

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  if (only && !name.includes(only)) continue;
  const began = Date.now();
  const { context, page, wrong } = await tab();
  try {
    await page.goto(line.url);
    await page.waitForFunction(() => document.getElementById("model").options.length > 0);
    const figure = await run(page, tools);
    if (wrong.length > 0) throw new Error(`the page says: ${wrong.join("; ")}`);
    console.log(`ok    ${name}${figure ? `: ${figure}` : ""} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (problem) {
    failed += 1;
    console.log(`WRONG ${name}: ${problem.message}`);
    await tools.shot(page, `wrong-${name.replaceAll(/\W+/g, "-").slice(0, 60)}`);
  } finally {
    line.mend();
    await context.close();
    await api.cancelAll();
  }
}
await browser.close();
line.close();
console.log(failed === 0 ? "all is well" : `${failed} of the cases went wrong`);
process.exit(failed === 0 ? 0 : 1);
