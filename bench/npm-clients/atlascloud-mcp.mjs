// Uses the tools of Atlas Cloud's MCP server over stdio.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { origin, step } from "./steps.mjs";

const client = new Client({ name: "atelier-bench", version: "1" });
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: ["--import", "./to-atelier.mjs", "node_modules/atlascloud-mcp/dist/index.js"],
    env: { PATH: process.env.PATH, ATELIER: origin, ATLASCLOUD_API_KEY: process.env.ATLASCLOUD_API_KEY ?? "any" },
    stderr: "ignore",
  }),
);

async function tool(name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content[0].text;
  assert(!result.isError, `${name}: ${text}`);
  return text;
}

async function finished(submitted) {
  const id = /\*\*Prediction ID\*\*: `([^`]+)`/.exec(submitted)[1];
  for (;;) {
    const text = await tool("atlas_get_prediction", { prediction_id: id });
    if (/completed/.test(text)) return { id, text, url: /\[image\] (\S+)/.exec(text)[1] };
    assert(!/failed/.test(text), text);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const day = (shift) => new Date(Date.now() + shift * 86400_000).toISOString().slice(0, 10);
const edit = "bytedance/seedream-v4.5/edit";

await step("mcp: list", async () => assert.match(await tool("atlas_list_models", { type: "Image" }), /seedream-v5\.0-lite/));
await step("mcp: model info", async () => assert.match(await tool("atlas_get_model_info", { model: edit }), /image_url/));
const made = await step("mcp: generate", async () =>
  finished(await tool("atlas_generate_image", { model: "bytedance/seedream-v4", params: { prompt: "a red barn", size: "512*512" } })),
);
await step("mcp: quick edit of two pictures", async () => {
  const sent = await tool("atlas_quick_generate", {
    model_keyword: edit,
    type: "Image",
    prompt: "put image 1 beside image 2",
    image_url: [made.url, `${made.url}?second`],
    dry_run: true,
  });
  assert.equal(JSON.parse(/```json\n([\s\S]*?)```/.exec(sent)[1]).images.length, 2);
  await finished(
    await tool("atlas_quick_generate", { model_keyword: edit, type: "Image", prompt: "make it night", image_url: made.url }),
  );
});
await step("mcp: history", async () => {
  const text = await tool("atlas_list_predictions", { prediction_id: made.id });
  assert.match(text, new RegExp(made.id));
  assert.doesNotMatch(text, /unknown/);
  assert.match(await tool("atlas_list_predictions", { status: "completed" }), new RegExp(made.id));
});
await step("mcp: funds", async () => assert.match(await tool("atlas_get_balance"), /\*\*Available\*\*: \$0\.00/));
await step("mcp: usage", async () => {
  const period = { start_date: day(-1), end_date: day(1), group_by: ["model"] };
  assert.match(await tool("atlas_get_model_usage", period), /"model": "bytedance\/seedream-v4"/);
  assert.match(await tool("atlas_get_model_costs", period), /"amount"/);
});
await client.close();
