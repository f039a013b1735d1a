// A link between the service and PostgreSQL that can be slow, can go silent with its connections open, and can break
// after PostgreSQL has carried a statement out and before its answer arrives.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type Link = {
  /** The database through this link. */
  url: string;
  /** What is sent from now on arrives so much later, each way. */
  delay: (ms: number) => void;
  /** Nothing passes any more and nothing is closed, as on a network that drops every packet; `heal` lets everything through. */
  silence: () => void;
  heal: () => void;
  /** The next `count` answers on a connection of this application are kept from it, and the connection breaks. */
  breakAfterWork: (application: string, count: number) => void;
  /** How many answers were kept so far. */
  broken: () => number;
  close: () => Promise<void>;
};

export async function createLink(databaseUrl: string): Promise<Link> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let latencyMs = 0;
  let isSilent = false;
  let toBreak = { application: "", count: 0 };
  let broken = 0;

  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    let application = "";
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay());
      if (isSilent) socket.pause();
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        // A peer that is cut off hears of no close either.
        const other = socket === client ? upstream : client;
        if (!isSilent) other.destroy();
        else other.once("resume", () => other.destroy());
      });
    }
    client.on("data", (chunk: Buffer) => {
      // The first message names the application among the session's settings.
      if (application === "") application = /application_name\0([^\0]*)/.exec(chunk.toString("latin1"))?.[1] ?? "?";
      pass(chunk, upstream);
    });
    upstream.on("data", (chunk: Buffer) => {
      if (toBreak.count > 0 && application === toBreak.application && isResult(chunk)) {
        toBreak.count--;
        broken++;
        client.destroy();
        upstream.destroy();
        return;
      }
      pass(chunk, client);
    });
  });

  function pass(chunk: Buffer, to: Socket): void {
    if (latencyMs === 0) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), latencyMs);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    delay: (ms) => {
      latencyMs = ms;
    },
    silence() {
      isSilent = true;
      for (const socket of sockets) socket.pause();
    },
    heal() {
      isSilent = false;
      for (const socket of sockets) socket.resume();
    },
    breakAfterWork: (application, count) => {
      toBreak = { application, count };
    },
    broken: () => broken,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}

/** BindComplete, with which the result of a prepared statement begins: PostgreSQL sends it together with what was found. */
function isResult(chunk: Buffer): boolean {
  return chunk[0] === 0x32 && chunk.length > 5;
}
