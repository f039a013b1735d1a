// The HTTP server: node's limits set for short JSON requests, and a stop that answers what was accepted.
import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { databaseCode } from "./database.ts";
import { AppError } from "./error.ts";
import type { Router } from "./http.ts";

/** A request must be read in this time; slow senders are cut. */
const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 30_000;
/** Longer than the idle timeout of common proxies (60 s), or they meet a closed connection now and then. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** How often a stopping server looks for connections that fell idle. */
const SWEEP_MS = 50;
const CONNECTIONS_MAX = 10_000;

/** Node has one time for the bodies of all requests; here an upload can be let off it. */
const bodyTimers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Takes the bound from the time that this request's body may take: its reader has a bound of its own. */
export function allowLongBody(incoming: IncomingMessage): void {
  clearTimeout(bodyTimers.get(incoming));
}

function boundBody(incoming: IncomingMessage): void {
  const { headers } = incoming;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, BODY_TIMEOUT_MS).unref();
  bodyTimers.set(incoming, timer);
  incoming.once("end", () => clearTimeout(timer));
}

export type RunningServer = { url: string; stop: () => Promise<void> };

/** Listens on `host` and `port` (0: any free one). */
export async function startServer(app: Router, { host, port }: { host: string; port: number }): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 },
  }) as Server;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = 0;
  server.prependListener("request", boundBody);
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.maxConnections = CONNECTIONS_MAX;
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: unknown) => {
    throw new AppError("conflict", { note: `cannot listen on ${host} port ${port} (${databaseCode(error)})` });
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`,
    async stop() {
      const closed = once(server, "close");
      // Stops accepting, closes idle connections and lets running requests finish.
      server.close();
      // Node no longer looks after what is left: connections that fall idle with their answer, and those that browsers
      // open ahead and never use.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const cut = setTimeout(() => server.closeAllConnections(), HEADERS_TIMEOUT_MS);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}
