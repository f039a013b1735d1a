// Checks at a fixed rate, whatever the answers take: each is timed from the moment at which it was due.
import { setTimeout as delay } from "node:timers/promises";
import { residentIdOf } from "../../src/identity/index.ts";
import { createLoadClient, type LoadClient } from "../http-client.ts";

const CONNECTIONS = 64;

export type CheckLoad = {
  /** Asks until `until` has settled, and returns how long each answer took, in milliseconds. */
  timesWhile: (until: Promise<unknown>) => Promise<number[]>;
  close: () => void;
};
type Target = { host: string; port: number; key: string; purpose: string; perSecond: number };

export function createCheckLoad({ host, port, key, purpose, perSecond }: Target): CheckLoad {
  const client = createLoadClient({
    host,
    port,
    connections: CONNECTIONS,
    headers: { Authorization: `Bearer ${key}` },
  });
  return {
    async timesWhile(until) {
      let isOver = false;
      const over = until.finally(() => (isOver = true));
      // Whoever started it learns of its failure.
      over.catch(() => {});
      const asked: Promise<number>[] = [];
      const started = performance.now();
      for (let dueAt = started; !isOver; dueAt += 1000 / perSecond) {
        while (performance.now() < dueAt) await delay(Math.max(1, dueAt - performance.now()));
        asked.push(ask(client, purpose, dueAt));
      }
      return Promise.all(asked);
    },
    close: () => client.close(),
  };
}

export function p99Of(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
}

async function ask(client: LoadClient, purpose: string, dueAt: number): Promise<number> {
  const question = { purpose, caseReference: "XM-ZC-2026-00123", operator: "officer 0417", subject: subject() };
  const { status, body } = await client.post("/v1/checks", JSON.stringify(question));
  if (status !== 200) throw new Error(`A check was answered ${status}: ${body}`);
  return performance.now() - dueAt;
}

/** Another invented person each time: nothing can be answered from what was asked before. */
function subject() {
  const upTo = (count: number, digits: number) => String(Math.floor(Math.random() * count)).padStart(digits, "0");
  const number = residentIdOf(
    `1101011900${String(1 + Math.floor(Math.random() * 12)).padStart(2, "0")}1${upTo(9, 1)}${upTo(996, 3)}`,
  );
  return { name: "测试甲", document: { type: "resident_id", number } };
}
