// Every client in turn against a running Atelier whose door is open, or with keys in OPENAI_API_KEY and ATLASCLOUD_API_KEY.
// Usage: npm install && ATELIER=http://localhost:8080 npm start
await import("./openai.mjs");
await import("./ai-sdk.mjs");
await import("./atlascloud-mcp.mjs");
console.log("all as expected");
