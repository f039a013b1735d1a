// npm run bench:checks — single durable checks against the same route that only validates, against a textbook route, and
// in batches: all in one run, rounds taken in turn, medians printed.
import { randomUUID } from "node:crypto";
import { CONNECTIONS, measureInTurns, medianOf, withCheckBench } from "./check-bench.ts";
import { BATCH, batch, measure, single } from "./check-rounds.ts";

const newKey = () => ({ "Idempotency-Key": randomUUID() });
const LISTED = Number(process.env["LISTED"] ?? 5_000_000);
const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
const ROUND_MS = Number(process.env["ROUND_MS"] ?? 4_000);

await withCheckBench(LISTED, async ({ client }) => {
  const singles = (path: string) => () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post(path, single()));
  const rates = await measureInTurns(ROUNDS, {
    echo: singles("/echo"),
    check: singles("/v1/checks"),
    keyed: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/v1/checks", single(), newKey())),
    textbook: singles("/textbook"),
    batch: () => measure(4, BATCH, ROUND_MS, () => client.post("/v1/checks/batch", batch())),
  });
  client.close();

  const rateOf = (name: keyof typeof rates) => medianOf(rates[name], "rate");
  const row = (label: string, name: keyof typeof rates) => {
    const [rate, p50, p99] = [
      rateOf(name).toFixed(0),
      ...(["p50", "p99"] as const).map((at) => medianOf(rates[name], at).toFixed(1)),
    ];
    return `${label.padEnd(44)} ${rate.padStart(8)}  ${p50?.padStart(7)}  ${p99?.padStart(7)}`;
  };
  console.log(`\n${"".padEnd(44)} ${"id/s".padStart(8)}  ${"p50 ms".padStart(7)}  ${"p99 ms".padStart(7)}`);
  console.log(row("validate and echo, c=64", "echo"));
  console.log(row("check: durable, recorded, answered, c=64", "check"));
  console.log(row("the same under an Idempotency-Key, c=64", "keyed"));
  console.log(row("textbook: select, then insert, c=64", "textbook"));
  console.log(row(`batches of ${BATCH}, 4 at once`, "batch"));
  console.log(`\ncheck / echo      ${(rateOf("check") / rateOf("echo")).toFixed(2)}   (bar 0.75)`);
  console.log(`check / textbook  ${(rateOf("check") / rateOf("textbook")).toFixed(2)}   (bar 5)`);
  console.log(`batch / check     ${(rateOf("batch") / rateOf("check")).toFixed(2)}   (bar 5)`);
});
