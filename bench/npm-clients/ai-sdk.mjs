// Generates and edits with Vercel's AI SDK and its OpenAI provider.
import assert from "node:assert/strict";
import { createOpenAI } from "@ai-sdk/openai";
import { generateImage } from "ai";
import { isPng, origin, step } from "./steps.mjs";

const openai = createOpenAI({ baseURL: `${origin}/v1`, apiKey: process.env.OPENAI_API_KEY ?? "any" });

async function generates(model) {
  const { image, usage, providerMetadata } = await generateImage({
    model: openai.image(model),
    prompt: "a red barn on a hill",
    size: "512x512",
    providerOptions: { openai: { quality: "high" } },
    maxRetries: 0,
  });
  assert(isPng(image.uint8Array));
  assert.equal(usage.outputTokens, (512 * 512) / 256);
  assert.match(providerMetadata.openai.images[0].revisedPrompt, /barn/);
  return image.uint8Array;
}

async function edits(barn) {
  const { images } = await generateImage({
    model: openai.image("gpt-image-1"),
    prompt: { text: "make it night", images: [barn] },
    size: "512x512",
    maxRetries: 0,
  });
  assert(isPng(images[0].uint8Array));
}

const barn = await step("ai sdk: generate (gpt-image-1.5)", () => generates("gpt-image-1.5"));
await step("ai sdk: generate (dall-e-3)", () => generates("dall-e-3"));
await step("ai sdk: edit", () => edits(barn));
