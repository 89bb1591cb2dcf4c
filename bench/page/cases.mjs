// What the page once did wrong, and what it must go on doing right.
import assert from "node:assert/strict";

const prompt = (page) => page.locator("#prompt");
const make = (page) => page.locator("#make").click();
const cards = (page) => page.locator("article.card");
const card = (page, id) => page.locator(`article[data-id="${id}"]`);

/** Types an order and sends it; the answer's prediction. */
async function order(page, words) {
  await prompt(page).fill(words);
  const answer = page.waitForResponse((response) => response.url().endsWith("generateImage"));
  await make(page);
  return (await (await answer).json()).data;
}

/** What the next order would send, without sending it. */
async function sent(page) {
  let body;
  await page.route("**/generateImage", (route) => {
    body = route.request().postDataJSON();
    return route.fulfill({ status: 503, json: { message: "not now" } });
  });
  await make(page);
  await page.locator("#status", { hasText: "not now" }).waitFor();
  await page.unroute("**/generateImage");
  return body;
}

/** Every word that a card's line says from now on. */
async function listen(page, selector) {
  await page.evaluate((wanted) => {
    window.said = [];
    const note = () => document.querySelectorAll(wanted).forEach((element) => {
      if (window.said.at(-1) !== element.textContent) window.said.push(element.textContent);
    });
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, selector);
  return () => page.evaluate(() => window.said.join("\n"));
}

/** Fifteen pictures, whatever the words say. */
const LONG = { model: "bytedance/seedream-v4.5", max_images: 15, size: "512*512", steps: 8 };

export const cases = {
  async "1 twelve run, a thirteenth order and a cancel go through"(page, { api }) {
    for (let i = 0; i < 12; i++) await api.order(`a red house ${i}`, { ...LONG, seed: i });
    await page.waitForFunction(() => document.querySelectorAll("article[aria-busy=true]").length === 12);
    const began = Date.now();
    const last = await order(page, "a blue boat");
    const ordered = Date.now() - began;
    await card(page, last.id).locator(".cancel").click();
    await card(page, last.id).locator(".canceled").waitFor();
    const canceled = Date.now() - began - ordered;
    await page.waitForFunction(() => document.querySelector("article[aria-busy=true] progress[value]"));
    const streams = await page.evaluate(() =>
      performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith("/events")).length);
    assert.ok(ordered < 5000 && canceled < 5000, `order ${ordered} ms, cancel ${canceled} ms`);
    assert.ok(streams <= 1, `${streams} streams`);
    return `order ${ordered} ms, cancel ${canceled} ms`;
  },

  async "2 four panels make four pictures"(page) {
    assert.equal(await page.locator("#count").inputValue(), "");
    await page.locator("#steps").evaluate((field) => { field.value = "2"; });
    await prompt(page).fill("four panels: a fox wakes up, a fox runs, a fox eats, a fox sleeps");
    await page.locator("#estimate", { hasText: "4 pictures" }).waitFor();
    const made = await order(page, "four panels: a fox wakes up, a fox runs, a fox eats, a fox sleeps");
    await card(page, made.id).locator("figure:not(.unfinished) img[src*=outputs]").nth(3).waitFor({ timeout: 120_000 });
    assert.equal(await card(page, made.id).locator("figure").count(), 4);
    await page.locator("#count").fill("2");
    await page.locator("#estimate", { hasText: "2 pictures" }).waitFor();
  },

  async "3 a wrong field in a closed section is shown"(page) {
    await prompt(page).fill("a house");
    await page.locator("#settings summary").click();
    await page.locator("#steps").fill("500");
    await page.locator("#settings summary").click();
    await make(page);
    assert.equal(await page.locator("#settings").evaluate((details) => details.open), true);
    const bound = await page.locator("#steps").getAttribute("max");
    assert.equal(await page.locator("#steps-wrong").textContent(), `500 is above ${bound}, the most allowed.`);
    assert.equal(await page.evaluate(() => document.activeElement.id), "steps");
  },

  async "4 Again restores everything"(page, { api }) {
    const source = await api.ended((await api.order("a red house")).id);
    const input = {
      model: "bytedance/seedream-v4.5/edit", prompt: "image 1 in the snow, beside image 2", size: "640*384", max_images: 2, seed: 12345,
      steps: 3, guidance_scale: 1.5, negative_prompt: "rain", output_format: "webp", strength: 0.75,
      images: [source.outputs[0], source.outputs[0]], watermark: true,
    };
    const made = await api.order(input.prompt, input);
    await api.ended(made.id);
    await page.locator("#negative").evaluate((field) => { field.value = "left over"; });
    await card(page, made.id).locator(".again").click();
    await page.locator("#references li").nth(1).waitFor();
    const again = await sent(page);
    const path = (name) => new URL(name).pathname;
    assert.deepEqual({ ...again, images: again.images.map(path) }, { ...input, images: input.images.map(path) });
    assert.equal(await page.locator("#settings").evaluate((details) => details.open), true);

    const masked = await api.order("image 1 with a blue door", { images: [source.outputs[0]], mask: source.outputs[0], size: undefined });
    await api.ended(masked.id);
    await card(page, masked.id).locator(".again").click();
    await page.locator("#extras img").waitFor();
    const withMask = await sent(page);
    assert.deepEqual([withMask.mask, ...withMask.images].map(path), [source.outputs[0], source.outputs[0]].map(path));
    assert.equal(withMask.watermark, undefined);

    const plain = await api.ended((await api.order("a plain house", { size: undefined })).id);
    await card(page, plain.id).locator(".again").click();
    const second = await sent(page);
    assert.equal(second.images, undefined);
    assert.equal(second.size, undefined);
    assert.equal(second.negative_prompt, undefined);
    assert.equal(second.mask, undefined);
  },

  async "5 waiting cards tell their place and time"(page, { api }) {
    await api.order("a red house", LONG);
    const second = await api.order("a blue house", LONG);
    const third = await api.order("a green house", LONG);
    await card(page, third.id).locator(".phase", { hasText: "Waiting, number 2 in line" }).waitFor();
    await card(page, second.id).locator(".phase", { hasText: "Waiting, next in line" }).waitFor();
    const words = await card(page, third.id).locator(".phase").textContent();
    assert.match(words, /about \d+ (s|min) left/);
    return words;
  },

  async "6 phases and the picture of several are told"(page, { api }) {
    const said = await listen(page, ".phase");
    const made = await api.order("three panels: a cat sits, a cat runs, a cat sleeps",
      { model: "bytedance/seedream-v4.5/sequential", max_images: 3, steps: 4, size: "512*512" });
    await card(page, made.id).locator(".facts").waitFor();
    await api.ended(made.id);
    const words = await said();
    assert.match(words, /Drawing picture 2 of 3, step \d of 4/);
    assert.match(words, /Decoding picture \d of 3/);
    assert.match(words, /about \d+ s left/);
  },

  async "7 bounds are those of the model's schema"(page, { api }) {
    const { steps, guidance_scale: guidance, seed, max_images: count } =
      (await api.call("GET", "api/v1/models/schema?model=seedling-1")).components.schemas.Input.properties;
    for (const [id, field] of Object.entries({ steps, guidance, seed, count })) {
      assert.equal(Number(await page.locator(`#${id}`).getAttribute("max")), field.maximum, id);
      assert.equal(Number(await page.locator(`#${id}`).getAttribute("min")), field.minimum, id);
    }
    await prompt(page).fill("a house");
    await page.locator("#size").selectOption("4K");
    await page.locator("#estimate", { hasText: "4096 × 4096" }).waitFor();
    return page.locator("#estimate").textContent();
  },

  async "8 a key is asked for in words, at its field, and can be forgotten"(page, { tab, url }) {
    const { context, page: other } = await tab();
    await other.route("**/api/v1/**", (route) => {
      const path = new URL(route.request().url()).pathname;
      const key = route.request().headers().authorization;
      if (path.startsWith("/api/v1/models") || key === "Bearer atl_right") return route.continue();
      return route.fulfill({ status: 401, json: { code: 401, message: "Authorization: a valid key is needed, as 'Bearer KEY'" } });
    });
    await other.goto(url);
    await other.locator("#key-wrong", { hasText: "This service asks for a key." }).waitFor();
    assert.equal(await other.evaluate(() => document.activeElement.id), "key");
    await other.locator("#key").fill("atl_wrong");
    await other.locator("#key-use").click();
    await other.locator("#key-wrong", { hasText: "does not take this key" }).waitFor();
    assert.equal(await other.evaluate(() => localStorage.getItem("atelier-key")), null);
    await other.locator("#key").fill("atl_right");
    await other.locator("#key-use").click();
    await other.locator("#key-form").waitFor({ state: "hidden" });
    await other.locator("#key-open").click();
    const { height } = await other.locator("#key-use").boundingBox();
    assert.ok(height < 60, "the button's words are in one line");
    await other.locator("#key-forget").click();
    await other.locator("#key-wrong", { hasText: "This service asks for a key." }).waitFor();
    assert.equal(await other.evaluate(() => localStorage.getItem("atelier-key")), null);
    await context.close();
    await page.locator("#prompt").waitFor();
  },

  async "9 a dead service is told, and that it is back"(page, { api, line }) {
    const running = await api.order("a red house", LONG);
    await card(page, running.id).locator(".phase").waitFor();
    line.cut();
    await page.locator("#lost", { hasText: "Trying again" }).waitFor();
    await api.call("POST", `api/v1/model/prediction/${running.id}/cancel`);
    line.mend();
    await page.locator("#lost").waitFor({ state: "hidden" });
    await card(page, running.id).locator(".canceled").waitFor();
  },

  async "10 earlier pictures come once, in order"(page, { api }) {
    for (let i = 0; i < 25; i++) await api.call("POST", `api/v1/model/prediction/${(await api.order(`page ${i}`)).id}/cancel`).catch(() => {});
    await page.reload();
    await cards(page).nth(9).waitFor();
    const newer = await api.order("newer than the page");
    await card(page, newer.id).waitFor();
    await page.locator("#more").click();
    await cards(page).nth(20).waitFor();
    const ids = await cards(page).evaluateAll((all) => all.map((one) => one.dataset.id));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids, ids.toSorted().reverse());
  },

  async "11 what is ordered and removed elsewhere appears and goes"(page, { api }) {
    const elsewhere = await api.order("ordered elsewhere");
    await card(page, elsewhere.id).locator("img[src*=outputs]").waitFor();
    await api.ended(elsewhere.id);
    await api.call("DELETE", `api/v1/model/prediction/${elsewhere.id}`);
    await card(page, elsewhere.id).waitFor({ state: "detached" });
  },

  async "12 deleting asks, focus stays, one's own cancel is no error"(page, { api }) {
    const first = await api.order("first");
    await api.ended(first.id);
    const second = await api.order("second");
    await api.ended(second.id);
    const gone = card(page, second.id);
    await gone.locator(".delete").click();
    await page.locator("#delete-dialog").waitFor();
    await page.locator("#delete-no").click();
    await gone.locator(".delete").click();
    // The event of the deletion comes before its answer.
    await page.route("**/prediction/*", async (route) => {
      if (route.request().method() !== "DELETE") return route.continue();
      const response = await route.fetch();
      await gone.waitFor({ state: "detached" });
      return route.fulfill({ response });
    });
    const answered = page.waitForResponse((response) => response.request().method() === "DELETE");
    await page.locator("#delete-yes").click();
    await answered;
    await page.waitForFunction(() => document.activeElement.closest("article"));
    assert.equal(await page.evaluate(() => document.activeElement.closest("article").dataset.id), first.id);

    const running = await api.order("a red house", LONG);
    await card(page, running.id).locator(".cancel").click();
    await card(page, running.id).locator(".canceled").waitFor();
    assert.equal(await card(page, running.id).locator(".error").isVisible(), false);
  },

  async "13 nothing moves while the page loads"(page, { api }) {
    for (let i = 0; i < 3; i++) await api.ended((await api.order("a house on a hill", { seed: i })).id);
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
    });
    await page.reload();
    await page.locator("img[src*=outputs]").nth(2).waitFor();
    await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => {});
    const bare = await page.locator("figure img:not([width])").count();
    const shift = await page.evaluate(() => window.shift);
    assert.equal(bare, 0);
    assert.ok(shift <= 0.02, `layout shift ${shift}`);
    return `layout shift ${shift.toFixed(4)}`;
  },

  async "14 the true size and the words that were used are told"(page, { api }) {
    await prompt(page).fill("a red house");
    await page.locator("#size").selectOption("16:9");
    await page.locator("#estimate", { hasText: /1 picture of \d+ × \d+/ }).waitFor();
    const told = /(\d+) × (\d+)/.exec(await page.locator("#estimate").textContent());
    const made = await order(page, "a red house");
    const done = await api.ended(made.id);
    assert.deepEqual([done.images[0].width, done.images[0].height], told.slice(1).map(Number));
    const chinese = await api.ended((await api.order("雪山下的红房子")).id);
    if (chinese.revised_prompt !== "雪山下的红房子") {
      await card(page, chinese.id).locator(".notes", { hasText: chinese.revised_prompt }).waitFor();
    }
    for (const warning of chinese.warnings ?? []) await card(page, chinese.id).locator(".notes", { hasText: warning }).waitFor();
  },

  async "16 the page is light and kept"(page, { tab, url }) {
    const { context, page: other } = await tab();
    const client = await context.newCDPSession(other);
    await client.send("Network.enable");
    let bytes = 0;
    const pictures = new Set();
    client.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (/\/(outputs|predictions|events)/.test(request.url)) pictures.add(requestId);
    });
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!pictures.has(requestId)) bytes += encodedDataLength;
    });
    const loaded = () => other.waitForFunction(() => document.getElementById("steps").max !== "");
    await other.goto(url);
    await loaded();
    const first = bytes;
    bytes = 0;
    await other.reload();
    await loaded();
    assert.ok(first <= 100_000, `${first} bytes`);
    assert.ok(bytes < first * 0.75, `${bytes} bytes again after ${first}`);
    await context.close();
    await page.locator("#prompt").waitFor();
    return `${(first / 1000).toFixed(1)} kB, again ${(bytes / 1000).toFixed(1)} kB`;
  },

  async "17 blank words are told so"(page) {
    await prompt(page).fill("   \n ");
    await make(page);
    assert.equal(await page.locator("#prompt-wrong").textContent(), "Say in words what should be drawn.");
    await prompt(page).fill("a");
    assert.equal(await page.locator("#prompt-wrong").isVisible(), false);
  },

  async "18 the API page begins with what people begin with"(page, { url }) {
    await page.goto(new URL("swagger-ui.html", url).href);
    await page.locator(".opblock-summary-path").first().waitFor();
    const first = await page.locator(".opblock-tag-section .opblock-summary-path").first().getAttribute("data-path");
    assert.equal(first, "/api/v1/model/generateImage");
  },

  async "19 the API page loads and asks under its policy"(page, { url, shot }) {
    const violations = [];
    await page.exposeFunction("violated", (what) => violations.push(what));
    await page.addInitScript(() => document.addEventListener("securitypolicyviolation",
      (event) => window.violated(`${event.violatedDirective} ${event.blockedURI}`)));
    const answer = await page.goto(`${url}swagger-ui.html`);
    assert.match(answer.headers()["content-security-policy"], /script-src 'self'/);
    await page.locator(".opblock").nth(5).waitFor();
    const models = page.locator(".opblock-get", { has: page.locator("[data-path='/api/v1/models']") });
    await models.locator(".opblock-summary-control").click();
    await models.locator(".try-out__btn").click();
    const asked = page.waitForResponse((response) => response.url().endsWith("/api/v1/models"));
    await models.locator(".execute").click();
    assert.equal((await asked).status(), 200);
    await models.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    await models.locator(".live-responses-table .highlight-code").waitFor();
    await shot(page, "api-page");
    assert.deepEqual(violations, []);
  },
  async "refusals of the service stand beside their field"(page) {
    await prompt(page).fill("a house");
    await page.route("**/generateImage", (route) =>
      route.fulfill({ status: 400, json: { message: "seed: -5 is below -1, the least allowed" } }));
    await make(page);
    assert.equal(await page.locator("#seed-wrong").textContent(), "-5 is below -1, the least allowed.");
    assert.equal(await page.evaluate(() => document.activeElement.id), "seed");
  },

  async "a file that is no picture is told at the references, a picture can be used and downloaded"(page, { api }) {
    await page.locator("#files").setInputFiles({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await page.waitForFunction(() => document.getElementById("files-wrong").textContent || document.getElementById("status").textContent);
    const made = await api.ended((await api.order("a red house")).id);
    await card(page, made.id).locator(".use").click();
    assert.equal(await page.locator("#references li").count(), 1);
    const download = page.waitForEvent("download");
    await card(page, made.id).locator(".download").click();
    assert.match((await download).suggestedFilename(), /^seedling-1-1\.png$/);
  },

  async "axe finds nothing: light, dark, phone"(page, { api, axe, shot, tab, url }) {
    await api.ended((await api.order("four panels: a fox wakes up, a fox runs, a fox eats, a fox sleeps",
      { model: "bytedance/seedream-v4.5/sequential", max_images: 4, size: "512*384", steps: 8 })).id);
    await api.ended((await api.order("a red house by a lake at sunset", { size: "512*512", steps: 8 })).id);
    await api.order("a blue boat", LONG);
    await api.order("a green tree", LONG);
    const looks = {
      light: { colorScheme: "light" },
      dark: { colorScheme: "dark" },
      phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
      "phone-dark": { colorScheme: "dark", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    };
    for (const [name, options] of Object.entries(looks)) {
      const { context, page: seen, wrong } = await tab(options);
      await seen.goto(url);
      await seen.locator("article").nth(3).waitFor();
      await seen.locator("#key-open").click();
      await seen.locator("#settings summary").click();
      await seen.locator("#steps").fill("500");
      await seen.locator("#make").click();
      await seen.locator("img[src*=outputs]").nth(4).waitFor();
      assert.deepEqual(await axe(seen), [], name);
      const sideways = await seen.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(sideways, 0, `${name} scrolls sideways by ${sideways}`);
      await shot(seen, `${name}-form`);
      await seen.locator("#key-open").click();
      await seen.locator("#settings summary").click();
      await seen.locator(".card").first().scrollIntoViewIfNeeded();
      await seen.evaluate(() => scrollTo({ top: document.getElementById("pictures").offsetTop - 20, behavior: "instant" }));
      await shot(seen, `${name}-pictures`);
      await seen.locator(".delete:visible").first().click();
      assert.deepEqual(await axe(seen), [], `${name}, dialog`);
      await shot(seen, `${name}-dialog`);
      assert.deepEqual(wrong, []);
      await context.close();
    }
    await page.locator("#prompt").waitFor();
  },
};
