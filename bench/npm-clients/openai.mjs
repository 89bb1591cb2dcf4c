// Generates, streams, edits, varies and errs with OpenAI's npm package.
import assert from "node:assert/strict";
import OpenAI, { toFile } from "openai";
import { isPng, origin, step } from "./steps.mjs";

const client = new OpenAI({
  baseURL: `${origin}/v1`,
  apiKey: process.env.OPENAI_API_KEY ?? "any",
  maxRetries: 0,
});

async function generates() {
  const answer = await client.images.generate({ model: "gpt-image-1", prompt: "a red barn on a hill", size: "512x512", n: 2 });
  assert.equal(answer.data.length, 2);
  answer.data.forEach((image) => assert(isPng(Buffer.from(image.b64_json, "base64"))));
  assert.equal(answer.usage.output_tokens, 2 * (512 * 512) / 256);
  return Buffer.from(answer.data[0].b64_json, "base64");
}

async function links() {
  const answer = await client.images.generate({ model: "bytedance/seedream-v4.5", prompt: "a lake at dusk", size: "512x512", response_format: "url" });
  assert(isPng(await (await fetch(answer.data[0].url)).arrayBuffer()));
}

async function edits(barn) {
  const answer = await client.images.edit({
    image: [await toFile(barn, "barn.png", { type: "image/png" })],
    prompt: "make it night",
    model: "gpt-image-1.5",
  });
  assert(isPng(Buffer.from(answer.data[0].b64_json, "base64")));
}

async function varies(barn) {
  const answer = await client.images.createVariation({
    image: await toFile(barn, "barn.png", { type: "image/png" }),
    model: "dall-e-2",
    size: "512x512",
    response_format: "b64_json",
  });
  assert(isPng(Buffer.from(answer.data[0].b64_json, "base64")));
}

async function streams() {
  const kinds = [];
  const stream = await client.images.generate({ prompt: "a fox in the snow", size: "512x512", n: 2, stream: true, partial_images: 2 });
  for await (const event of stream) {
    kinds.push(event.type);
    if (event.type === "image_generation.completed") assert(isPng(Buffer.from(event.b64_json, "base64")));
  }
  assert.equal(kinds.filter((kind) => kind === "image_generation.completed").length, 2);
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

await step("openai: models", models);
const barn = await step("openai: generate", generates);
await step("openai: generate by link", links);
await step("openai: edit", () => edits(barn));
await step("openai: variation", () => varies(barn));
await step("openai: stream", streams);
await step("openai: error", errs);
