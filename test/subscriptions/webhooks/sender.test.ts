// One attempt, against servers that are slow, large, sly or gone.
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSender, type SenderOptions } from "../../../src/subscriptions/webhooks/sender.ts";
import type { Resolve } from "../../../src/subscriptions/webhooks/target.ts";
import { listenOn, loopbackTargets, type Receiver, startReceiver } from "./receiver.ts";

let receiver: Receiver;
const opened: Server[] = [];
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  for (const server of opened.splice(0)) server.close();
});

const message = (url: string) => ({ url, headers: { "Webhook-Id": "evt_1" }, body: '{"type":"listing.ended"}' });
const send = (url: string, options: Partial<SenderOptions> = {}) =>
  createSender({ targets: loopbackTargets(), ...options })(message(url));

/** A server below HTTP. */
async function startTcp(handle: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    handle(socket);
  });
  opened.push(server);
  return listenOn(server);
}

test("a message arrives as it was signed", async () => {
  receiver.answer(200, { "Content-Type": "text/plain" }, "thank you");
  const attempt = await send(`${receiver.url}hook?a=1`);
  expect(attempt).toMatchObject({ outcome: "delivered", status: 200, reply: "thank you", retryAfterSeconds: null });
  expect(receiver.received).toMatchObject([{ id: "evt_1", path: "/hook?a=1", body: '{"type":"listing.ended"}' }]);
  expect(receiver.received[0]?.headers).toMatchObject({ connection: "close", "content-length": "24" });
});

test("a redirect is an answer and is not followed", async () => {
  const secret = await startReceiver();
  receiver.answer(307, { Location: secret.url });
  expect(await send(receiver.url)).toMatchObject({ outcome: "refused", status: 307 });
  expect(secret.received).toEqual([]);
  await secret.close();
});

test.each([
  [503, { "Retry-After": "120" }, 120],
  [429, { "Retry-After": "Sun, 22 Nov 2026 10:00:30 GMT" }, 30],
  [503, { "Retry-After": "soon" }, null],
  [503, { "Retry-After": "Sun, 22 Nov 2020 10:00:30 GMT" }, 0],
])("%i with %o is refused", async (status, headers, seconds) => {
  receiver.answer(status, headers);
  const now = () => new Date("2026-11-22T10:00:00Z");
  expect(await send(receiver.url, { now })).toMatchObject({ outcome: "refused", status, retryAfterSeconds: seconds });
});

describe("the network that the service stands in", () => {
  const resolveTo =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));
  const noneAllowed = { privateRanges: { check: () => false }, httpHosts: ["127.0.0.1", "hooks.example"] };

  test("is not reached by a literal address", async () => {
    expect(await send(receiver.url, { targets: noneAllowed })).toMatchObject({
      outcome: "address_refused",
      status: null,
    });
    expect(receiver.received).toEqual([]);
  });

  test("is not reached by a name, also where only one of its addresses is private", async () => {
    const { port } = new URL(receiver.url);
    const url = `http://hooks.example:${port}/`;
    const targets = noneAllowed;
    expect(await send(url, { targets, resolve: resolveTo("127.0.0.1") })).toMatchObject({ outcome: "address_refused" });
    const mixed = resolveTo("8.8.8.8", "127.0.0.1");
    expect(await send(url, { targets, resolve: mixed })).toMatchObject({ outcome: "address_refused" });
    expect(receiver.received).toEqual([]);
  });

  test("is not reached by a name that means something else the second time", async () => {
    const { port } = new URL(receiver.url);
    let asked = 0;
    // The first answer is let through; the second would be the rebound one.
    const rebinding: Resolve = async () => [{ address: ++asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
    const attempt = await send(`http://rebound.example:${port}/`, { resolve: rebinding });
    expect({ asked, outcome: attempt.outcome }).toEqual({ asked: 1, outcome: "delivered" });
    expect(receiver.received).toMatchObject([{ headers: { host: `rebound.example:${port}` } }]);
  });

  test("a name that nobody knows is said to be one", async () => {
    expect(await send("http://hooks.example:1/", { resolve: resolveTo() })).toMatchObject({ outcome: "name_unknown" });
  });
});

describe("what is slow, large or broken", () => {
  test("a server that dribbles its headers is left after the deadline", async () => {
    const closed = Promise.withResolvers<void>();
    const url = await startTcp((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write("X-Slow: 1\r\n"), 20);
      socket.on("close", () => {
        clearInterval(timer);
        closed.resolve();
      });
    });
    const attempt = await send(url, { attemptMsMax: 300 });
    expect(attempt).toMatchObject({ outcome: "timeout", status: null });
    expect(attempt.ms).toBeGreaterThanOrEqual(290);
    expect(attempt.ms).toBeLessThan(2_000);
    await closed.promise;
  });

  test("so is one that says nothing, and a name server that says nothing", async () => {
    const url = await startTcp(() => {});
    expect(await send(url, { attemptMsMax: 200 })).toMatchObject({ outcome: "timeout" });
    const silent: Resolve = (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("cancelled"))));
    expect(await send("http://hooks.example/", { resolve: silent, attemptMsMax: 200 })).toMatchObject({
      outcome: "timeout",
    });
  });

  test("of ten megabytes one kibibyte is read, and the connection ends", async () => {
    let sent = 0;
    const closed = Promise.withResolvers<void>();
    receiver.reply((_, response) => {
      response.writeHead(200, { "Content-Type": "text/plain" });
      const block = "x".repeat(65_536);
      const pump = () => {
        while (sent < 10_485_760 && response.write(block)) sent += block.length;
      };
      response.on("drain", pump).on("close", () => closed.resolve());
      pump();
    });
    const attempt = await send(receiver.url);
    expect(attempt).toMatchObject({ outcome: "delivered", status: 200, reply: "x".repeat(1_024) });
    await closed.promise;
    expect(sent).toBeLessThan(10_485_760);
  });

  test("a body that never ends is not waited for", async () => {
    receiver.reply((_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write('{"ok":');
    });
    const attempt = await send(receiver.url);
    expect(attempt).toMatchObject({ outcome: "delivered", reply: '{"ok":' });
    expect(attempt.ms).toBeLessThan(3_000);
  });

  test.each([
    ["hangs up", (socket: Socket) => void socket.destroy()],
    ["speaks something else", (socket: Socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n")],
    [
      "sends more headers than anybody needs",
      (socket: Socket) => void socket.end(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}\r\n\r\n`),
    ],
  ])("a server that %s is unreachable", async (_, handle) => {
    expect(await send(await startTcp(handle))).toMatchObject({ outcome: "unreachable", status: null });
  });

  test("a server that wants another protocol has refused", async () => {
    const url = await startTcp(
      (socket) => void socket.write("HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    );
    expect(await send(url)).toMatchObject({ outcome: "refused", status: 101 });
  });

  test("a closed port is unreachable, and a server without TLS fails by TLS", async () => {
    const server = createServer();
    const url = await listenOn(server);
    server.close();
    await once(server, "close");
    expect(await send(url)).toMatchObject({ outcome: "unreachable" });
    expect(await send(receiver.url.replace("http:", "https:"))).toMatchObject({ outcome: "tls" });
  });
});

describe("of a reply", () => {
  test.each([
    ["secrets go", "got whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw and Bearer abc.def", "got *** and ***"],
    [
      "signatures go",
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
      "*** ***",
    ],
    ["identity numbers go", "no such person 110101190001010014", `no such person ${"*".repeat(18)}`],
    ["control characters go", "a\u0000b\r\n\tc", "a b c"],
  ])("%s", async (_, text, kept) => {
    receiver.answer(500, { "Content-Type": "text/plain; charset=utf-8" }, text);
    expect((await send(receiver.url)).reply).toBe(kept);
  });

  test("a character that is cut in two is left out", async () => {
    receiver.answer(200, { "Content-Type": "text/plain" }, `x${"名".repeat(500)}`);
    expect((await send(receiver.url)).reply).toBe(`x${"名".repeat(341)}`);
  });

  test.each([
    ["is no text", { "Content-Type": "image/png" }],
    ["is packed", { "Content-Type": "text/plain", "Content-Encoding": "gzip" }],
    ["does not say what it is", {}],
  ])("nothing is kept that %s", async (_, headers) => {
    receiver.answer(200, headers, "something");
    expect(await send(receiver.url)).toMatchObject({ outcome: "delivered", reply: null });
  });
});
