// Clients that mean harm or cannot speak HTTP: requests that two servers would read differently, and connections that are
// slow on purpose while others ask. Rows 16 and 17 of the fault table.
import { readdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { measure, type Measured } from "../../bench/check-rounds.ts";
import { createLoadClient } from "../../bench/http-client.ts";
import { fill } from "./journal.ts";
import { partyAt, singleOf } from "./party.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";

export type HostilePlan = { sockets: number; slowMs: number; quietMs: number };
export type HostileReport = {
  strange: { name: string; statuses: number[] }[];
  quiet: Measured;
  attacked: Measured;
  /** Connections that dawdled over a head, and after how long the slowest of them was cut. */
  dawdlers: number;
  slowestCutMs: number;
  files: { before: number; after: number };
  violations: string[];
};

/** Whoever has not sent a head in this time is cut. */
const CUT_MS_MAX = 15_000;
const P99_TIMES = 2;
/** What a machine that does other things adds. */
const SLACK_MS = 50;
const CONNECTIONS = 8;
const FILES_LEFT_MAX = 20;

type Strange = { name: string; request: string; statuses: readonly number[] };

/** Whatever is smuggled asks for this: its answer would be a second one. */
const SECOND = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
const head = (lines: string, line = "POST /v1/checks HTTP/1.1") => `${line}\r\nHost: x\r\n${lines}`;
const bodied = (body: string, key: string) =>
  head(
    `Authorization: Bearer ${key}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );

/** Each with the statuses that refuse it; no more than one answer comes to any. */
function strangeRequests(key: string): Strange[] {
  const json = (body: string, statuses: number[]) => ({ request: bodied(body, key), statuses });
  return [
    {
      name: "a length and chunks",
      request: head(`Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECOND}`),
      statuses: [400],
    },
    {
      name: "two lengths",
      request: head(`Content-Length: 0\r\nContent-Length: ${SECOND.length}\r\n\r\n${SECOND}`),
      statuses: [400],
    },
    {
      name: "chunks that are none",
      request: head(`Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SECOND}`),
      statuses: [400],
    },
    {
      name: "chunks of a wrong size",
      request: head(`Transfer-Encoding: chunked\r\n\r\nzz\r\n${SECOND}`),
      statuses: [400],
    },
    { name: "a negative length", request: head(`Content-Length: -1\r\n\r\n${SECOND}`), statuses: [400] },
    { name: "lines without a return", request: "GET /livez HTTP/1.1\nHost: x\n\n", statuses: [400] },
    { name: "a space before the colon", request: "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n", statuses: [400] },
    { name: "a NUL in a header", request: head("X-A: a\0b\r\n\r\n", "GET /livez HTTP/1.1"), statuses: [400] },
    { name: "no host", request: "GET /livez HTTP/1.1\r\n\r\n", statuses: [400] },
    {
      name: "a head of 64 KiB",
      request: head(`X-A: ${"a".repeat(65_536)}\r\n\r\n`, "GET /livez HTTP/1.1"),
      statuses: [431],
    },
    { name: "a method that is none", request: head("\r\n", "FOO /livez HTTP/1.1"), statuses: [400] },
    { name: "no HTTP", request: "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", statuses: [400] },
    { name: "__proto__", ...json('{"__proto__":{"purpose":"x"}}', [422]) },
    { name: "10,000 levels", ...json("[".repeat(8_000) + "]".repeat(8_000), [400, 422]) },
    { name: "half an object", ...json('{"purpose":', [400]) },
  ];
}

export async function sufferHostileClients({ sockets, slowMs, quietMs }: HostilePlan): Promise<HostileReport> {
  const service = await createServiceProcess();
  try {
    await service.start();
    const key = await fill(service);
    const violations: string[] = [];
    const strange = [];
    for (const { name, request, statuses } of strangeRequests(key)) {
      const found = await sendRaw(service, request);
      strange.push({ name, statuses: found });
      if (found.length !== 1 || !statuses.includes(found[0] ?? 0))
        violations.push(`${name} is answered ${found.join(", ")}`);
    }
    const control = await sendRaw(service, bodied(singleOf(partyAt(0), "control"), key));
    if (control.join() !== "200") violations.push(`after all of it a check is answered ${control.join(", ")}`);

    const quiet = await askFor(service, key, quietMs);
    const before = await countFiles(service);
    const attack = startAttack(service, sockets);
    const attacked = await askFor(service, key, quietMs);
    await pause(Math.max(0, slowMs - quietMs));
    const { dawdlers, slowestCutMs, left } = attack.stop();
    await pause(1_000);
    const after = await countFiles(service);
    if (attacked.p99 > P99_TIMES * quiet.p99 + SLACK_MS)
      violations.push("checks take more than twice as long meanwhile");
    if (slowMs > CUT_MS_MAX && left > 0) violations.push(`${left} connections without a head are not cut`);
    if (after > before + FILES_LEFT_MAX) violations.push(`${after - before} descriptors are left open`);
    return { strange, quiet, attacked, dawdlers, slowestCutMs, files: { before, after }, violations };
  } finally {
    await service.remove();
  }
}

async function askFor({ port }: ServiceProcess, key: string, forMs: number): Promise<Measured> {
  const headers = { Authorization: `Bearer ${key}` };
  const client = createLoadClient({ host: "127.0.0.1", port, connections: CONNECTIONS, headers });
  let count = 0;
  const ask = () => client.post("/v1/checks", singleOf(partyAt(100 + count++), "hostile"));
  await measure(CONNECTIONS, 1, 300, ask);
  const measured = await measure(CONNECTIONS, 1, forMs, ask);
  client.close();
  return measured;
}

/** The statuses of everything that comes back until the server closes, or falls silent. */
async function sendRaw({ port }: ServiceProcess, request: string): Promise<number[]> {
  const socket = connect({ port, host: "127.0.0.1" });
  const closed = Promise.withResolvers<void>();
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString("latin1")));
  socket.on("error", () => {});
  socket.on("close", () => closed.resolve());
  socket.write(request);
  await Promise.race([closed.promise, pause(1_500)]);
  socket.destroy();
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}

/** A third of the sockets dawdle over a head, a third over a body, a third say nothing. */
function startAttack({ port }: ServiceProcess, sockets: number) {
  const startedAt = performance.now();
  const cutAfterMs: number[] = [];
  const dawdling = new Set<Socket>();
  const others: Socket[] = [];
  for (let count = 0; count < sockets; count++) {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.resume();
    if (count % 3 === 0) {
      dawdling.add(socket);
      socket.write("POST /v1/checks HTTP/1.1\r\nHost: x\r\nX-A: ");
      socket.on("close", () => {
        if (dawdling.delete(socket)) cutAfterMs.push(performance.now() - startedAt);
      });
    } else {
      others.push(socket);
      if (count % 3 === 1) socket.write("POST /v1/checks HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    }
  }
  const drip = setInterval(() => {
    for (const socket of [...dawdling, ...others.filter((_, at) => at % 2 === 0)])
      if (socket.writable) socket.write("a");
  }, 500);
  return {
    stop() {
      clearInterval(drip);
      const left = dawdling.size;
      const dawdlers = left + cutAfterMs.length;
      const slowestCutMs = Math.max(0, ...cutAfterMs);
      const open = [...dawdling, ...others];
      dawdling.clear();
      for (const socket of open) socket.destroy();
      return { dawdlers, slowestCutMs, left };
    },
  };
}

async function countFiles(service: ServiceProcess): Promise<number> {
  return (await readdir(`/proc/${service.pid()}/fd`)).length;
}
