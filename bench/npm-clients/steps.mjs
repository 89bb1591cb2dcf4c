// What all clients' scripts share.
export const origin = (process.env.ATELIER ?? "http://localhost:8080").replace(/\/+$/, "");

export const isPng = (bytes) => Buffer.from(bytes).subarray(1, 4).toString("latin1") === "PNG";

export async function step(name, run) {
  const start = performance.now();
  const result = await run();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
