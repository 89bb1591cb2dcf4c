// Generates, streams, edits and errs against a running Atelier with OpenAI's npm package.
// Usage: npm install && npm start -- [http://localhost:8080/v1] (key in OPENAI_API_KEY; on this machine any word does)
import assert from "node:assert/strict";
import OpenAI, { toFile } from "openai";

const client = new OpenAI({
  baseURL: process.argv[2] ?? "http://localhost:8080/v1",
  apiKey: process.env.OPENAI_API_KEY ?? "any",
  maxRetries: 0,
});

const isPng = (bytes) => Buffer.from(bytes).subarray(1, 4).toString("latin1") === "PNG";

async function generates() {
  const answer = await client.images.generate({ prompt: "a red barn on a hill", size: "512x512", n: 2, response_format: "b64_json" });
  assert.equal(answer.data.length, 2);
  answer.data.forEach((image) => assert(isPng(Buffer.from(image.b64_json, "base64"))));
  assert.equal(answer.usage.output_tokens, 2 * (512 * 512) / 256);
  return Buffer.from(answer.data[0].b64_json, "base64");
}

async function links() {
  const answer = await client.images.generate({ model: "bytedance/seedream-v4.5", prompt: "a lake at dusk", size: "512x512" });
  assert(isPng(await (await fetch(answer.data[0].url)).arrayBuffer()));
}

async function edits(barn) {
  const answer = await client.images.edit({
    image: [await toFile(barn, "barn.png", { type: "image/png" })],
    prompt: "make it night",
    response_format: "b64_json",
  });
  assert(isPng(Buffer.from(answer.data[0].b64_json, "base64")));
}

async function streams() {
  const kinds = [];
  const stream = await client.images.generate({ prompt: "a fox in the snow", size: "512x512", stream: true, partial_images: 2 });
  for await (const event of stream) {
    kinds.push(event.type);
    if (event.type === "image_generation.completed") assert(isPng(Buffer.from(event.b64_json, "base64")));
  }
  assert.equal(kinds.at(-1), "image_generation.completed");
  assert(kinds.includes("image_generation.partial_image"), `no unfinished picture among ${kinds}`);
}

async function models() {
  const ids = (await client.models.list()).data.map((model) => model.id);
  assert(ids.includes("bytedance/seedream-v4.5"));
}

async function errs() {
  await assert.rejects(client.images.generate({ prompt: "x", size: "10x10" }), (error) => {
    assert(error instanceof OpenAI.BadRequestError);
    assert.match(error.message, /size.*65,536/);
    return true;
  });
}

async function step(name, run) {
  const start = performance.now();
  const result = await run();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

await step("models", models);
const barn = await step("generate", generates);
await step("generate by link", links);
await step("edit", () => edits(barn));
await step("stream", streams);
await step("error", errs);
console.log("all as expected");
