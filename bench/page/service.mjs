// The service under test, behind a wire that can be cut.
import net from "node:net";

/** Passes bytes between browser and service; `cut` breaks what is open and refuses what comes, until `mend`. */
export async function wire(target) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  let whole = true;
  const server = net.createServer((client) => {
    if (!whole) return client.destroy();
    const service = net.connect(Number(port), hostname);
    for (const socket of [client, service]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      socket.on("error", () => {});
    }
    client.pipe(service).pipe(client);
    client.on("close", () => service.destroy());
    service.on("close", () => client.destroy());
    return undefined;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    cut() {
      whole = false;
      open.forEach((socket) => socket.destroy());
    },
    mend() {
      whole = true;
    },
    close() {
      this.cut();
      server.close();
    },
  };
}

/** The API without the page. */
export class Api {
  constructor(base) {
    this.base = base;
  }

  async call(method, path, body) {
    const answer = await fetch(new URL(path, this.base), {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }

  /** Orders pictures; small and quick unless `more` says otherwise. */
  async order(prompt, more = {}) {
    const order = { model: "seedling-1", prompt, size: "256*256", steps: 2, seed: 1, ...more };
    return (await this.call("POST", "api/v1/model/generateImage", order)).data;
  }

  async ended(id) {
    for (;;) {
      const { data } = await this.call("GET", `api/v1/model/prediction/${id}`);
      if (["completed", "failed", "canceled"].includes(data.state)) return data;
      await new Promise((resume) => setTimeout(resume, 200));
    }
  }

  async cancelAll() {
    const { data } = await this.call("GET", "api/v1/model/predictions?limit=100");
    for (const { id, state } of data) {
      if (state === "starting" || state === "processing") {
        await this.call("POST", `api/v1/model/prediction/${id}/cancel`).catch(() => {});
      }
    }
  }
}
