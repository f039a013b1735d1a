// The server's stop: what was accepted is answered, nothing new is, and no idle connection holds it up.
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { newRouter } from "../../src/platform/http.ts";
import { startServer } from "../../src/platform/server.ts";

/** An app whose `/slow` answers when it is let. */
function slowApp() {
  const arrived = Promise.withResolvers<void>();
  const allowed = Promise.withResolvers<void>();
  const app = newRouter();
  app.get("/fast", (c) => c.text("fast"));
  app.get("/slow", async (c) => {
    arrived.resolve();
    await allowed.promise;
    return c.text("slow");
  });
  return { app, arrived: arrived.promise, allow: allowed.resolve };
}

const free = { host: "127.0.0.1", port: 0 };

async function ask(url: string, agent: Agent): Promise<{ text: string; reused: boolean }> {
  const request = get(url, { agent });
  const [response]: IncomingMessage[] = await once(request, "response");
  if (!response) throw new Error("no response");
  const text = (await response.toArray()).join("");
  return { text, reused: request.reusedSocket };
}

test("a running request is answered, a new connection refused, and its connection does not live on", async () => {
  const { app, arrived, allow } = slowApp();
  const server = await startServer(app, free);
  const agent = new Agent({ keepAlive: true });
  const running = ask(`${server.url}/slow`, agent);
  await arrived;
  const stopped = server.stop();
  await expect(ask(`${server.url}/fast`, new Agent())).rejects.toMatchObject({ code: "ECONNREFUSED" });
  allow();
  expect(await running).toMatchObject({ text: "slow" });
  await stopped;
  agent.destroy();
}, 8_000);

test("connections that idle, or never asked for anything, do not hold the stop up", async () => {
  const { app } = slowApp();
  const server = await startServer(app, free);
  const agent = new Agent({ keepAlive: true });
  await ask(`${server.url}/fast`, agent);
  expect(await ask(`${server.url}/fast`, agent)).toEqual({ text: "fast", reused: true });
  const silent = connect(Number(new URL(server.url).port), "127.0.0.1");
  silent.on("error", () => {});
  await once(silent, "connect");
  await ask(`${server.url}/fast`, new Agent()); // The server has accepted the silent one before this.
  const ended = once(silent, "close");
  await server.stop();
  await ended;
  agent.destroy();
}, 8_000);

test("a port that is taken is said in a sentence", async () => {
  const { app } = slowApp();
  const server = await startServer(app, free);
  const port = Number(new URL(server.url).port);
  await expect(startServer(app, { ...free, port })).rejects.toMatchObject({
    code: "conflict",
    detail: { note: `cannot listen on 127.0.0.1 port ${port} (EADDRINUSE)` },
  });
  await server.stop();
});
