// A receiver of webhooks as agencies have them: a real server that keeps what it gets and answers as it is told.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BlockList } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Targets } from "../../../src/subscriptions/webhooks/index.ts";

export type Received = { id: string; headers: IncomingHttpHeaders; body: string; path: string };
export type Reply = (received: Received, response: ServerResponse) => void | Promise<void>;

export type Receiver = {
  url: string;
  received: Received[];
  /** What the body of each said, in the order in which they came. */
  names: () => string[];
  /** How the next are answered; at first 204. */
  reply: (reply: Reply) => void;
  /** The same with a status, and perhaps a header. */
  answer: (status: number, headers?: Record<string, string>, body?: string) => void;
  /** Resolves once so many have come. */
  until: (count: number) => Promise<void>;
  close: () => Promise<void>;
};

/** The loopback addresses on which receivers of tests listen, and nothing else that is not public. */
export function loopbackTargets(): Targets {
  const privateRanges = new BlockList();
  privateRanges.addSubnet("127.0.0.1", 32, "ipv4");
  return { privateRanges, httpHosts: ["127.0.0.1", "hooks.example", "rebound.example"] };
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let reply: Reply = (_, response) => void response.writeHead(204).end();
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { headers, url: path = "" } = request;
      const one = { id: String(headers["webhook-id"]), headers, body: Buffer.concat(parts).toString(), path };
      received.push(one);
      for (const { count, done } of waiting) if (received.length >= count) done();
      void reply(one, response);
    });
  });
  const url = await listenOn(server);
  return {
    url,
    received,
    names: () => received.map(({ body }) => String(JSON.parse(body).data.listing)),
    reply: (next) => (reply = next),
    answer: (status, headers, body) => (reply = (_, response) => void response.writeHead(status, headers).end(body)),
    until: (count) => new Promise((done) => (received.length >= count ? done() : waiting.push({ count, done }))),
    close: () => closeServer(server),
  };
}

export async function listenOn(server: Server | import("node:net").Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

/** What a receiver does first: throws unless the message was signed with this secret. */
export function verify(secret: string, { body, headers }: Pick<Received, "body" | "headers">): unknown {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new Webhook(secret).verify(body, named);
}
