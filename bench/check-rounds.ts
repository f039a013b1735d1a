// What the benchmarks of checks share: the questions they ask, and a round of them under load.
import { residentIdOf } from "../src/identity/index.ts";

export const PURPOSE = "procurement.supplier_qualification";
/** Parties of one batch. */
export const BATCH = 1_000;

export type Measured = { rate: number; p50: number; p99: number };

/** Keeps `concurrency` requests going for `forMs`; every reply must be 200. */
export async function measure(
  concurrency: number,
  identities: number,
  forMs: number,
  ask: () => Promise<{ status: number; body: string }>,
): Promise<Measured> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + forMs;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        const sent = performance.now();
        const { status, body } = await ask();
        if (status !== 200) throw new Error(`answered ${status}: ${body}`);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  const rate = (latencies.length * identities * 1000) / (performance.now() - started);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { rate, p50: at(0.5), p99: at(0.99) };
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Another invented person each time: nothing can be answered from what was asked before. */
function subject() {
  const day = String(1 + Math.floor(Math.random() * 28)).padStart(2, "0");
  const month = String(1 + Math.floor(Math.random() * 12)).padStart(2, "0");
  const place = 110_101 + Math.floor(Math.random() * 30);
  const sequence = String(Math.floor(Math.random() * 996)).padStart(3, "0");
  return {
    name: "测试甲",
    document: { type: "resident_id", number: residentIdOf(`${place}1900${month}${day}${sequence}`) },
  };
}

export function single(): string {
  return JSON.stringify({
    purpose: PURPOSE,
    caseReference: "XM-ZC-2026-00123",
    operator: "officer 0417",
    subject: subject(),
  });
}

export function batch(): string {
  const subjects = Array.from({ length: BATCH }, subject);
  return JSON.stringify({ purpose: PURPOSE, caseReference: "XM-ZC-2026-00123", operator: "officer 0417", subjects });
}
