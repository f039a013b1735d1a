// Invented identities go through everything, and nothing that is left behind holds one in clear; a planted one is found.
import { beforeAll, expect, test } from "vitest";
import { canaryDocuments, canaryNames, findCanaries, secretsOf } from "../canaries.ts";
import { type CanaryReport, sweepForCanaries } from "./canary.ts";

let report: CanaryReport;
beforeAll(async () => {
  report = await sweepForCanaries();
}, 240_000);

test("no log, answer, metric, file, table or statement holds a canary in clear", () => {
  expect(report.findings).toEqual([]);
});

test("every request is answered as it should be: checks by 200, refusals by 4xx", () => {
  expect(report.surprises).toEqual([]);
  expect(report.answered).toBeGreaterThan(10);
  expect(report.refused).toBeGreaterThan(300);
  expect(report.rowsAccepted).toBeGreaterThan(50);
  expect(report.rowsRejected).toBeGreaterThan(50);
});

test("the sweep read every place", () => {
  const places = [...report.read].filter(([, bytes]) => bytes > 0).map(([place]) => place);
  expect(places).toEqual(
    expect.arrayContaining([
      "/metrics",
      "/readyz?verbose",
      "PostgreSQL's log",
      "answers",
      "file of rejected rows",
      "import's output",
      "log of errors",
      "log of this process",
      "output of the service",
      "pg_prepared_statements",
      "pg_stat_activity",
      "refusals",
      "table public.check_record",
      "table public.document",
      "table public.listing",
      "table public.load",
    ]),
  );
});

test("the sweep finds a canary that is planted in a log line, a text, bytes and the server's log", () => {
  const { number } = canaryDocuments.resident;
  expect(report.planted).toEqual(
    expect.arrayContaining([
      `PostgreSQL's log: ${number}`,
      `planted log line: ${number}`,
      `table public.audit_entry: ${number}`,
      `table public.document: ${number}`,
    ]),
  );
});

test.each([
  ["as it is", (secret: string) => `x${secret}x`],
  ["in lower case", (secret: string) => secret.toLowerCase()],
  ["percent-encoded", encodeURIComponent],
  ["as bytes in hexadecimal", (secret: string) => Buffer.from(secret).toString("hex").toUpperCase()],
])("every canary is found %s", (_, disguise) => {
  for (const secret of secretsOf(["sx_live_another"])) {
    expect(findCanaries(disguise(secret), [...secretsOf(), "sx_live_another"])).toContain(secret);
  }
  expect(findCanaries(disguise("测试甲 110101190001010014"))).toEqual([]);
  expect(canaryNames.length).toBeGreaterThan(0);
});
