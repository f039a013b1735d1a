// What entries of the log say to a person: every kind that this service writes, and whatever another one might.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../src/audit/log/index.ts";
import { linesOf } from "../../../src/checks/reading/fact-lines.ts";

const salt = Buffer.alloc(16);
type Fact = { readonly [name: string]: Json };
const read = (fact: Fact, language: "zh" | "en" = "zh") => linesOf({ fact, salt }, language, () => undefined);

const change: Fact = {
  at: "2026-11-22T02:00:00.123Z",
  change: "ended",
  content: "c0ffee",
  key: "beef",
  kind: "listing",
  listing: "01939f3e-0000-7000-8000-000000000000",
  position: 17,
  state: "ended",
  underObjection: false,
  v: 1,
  version: 3,
};
const load: Fact = {
  act: "released",
  at: "2026-11-22T02:00:00.123Z",
  counts: { read: 3 },
  file: null,
  kind: "load",
  load: "lod_01jd8m2v0q7f4t9s6k3n5r8w2x",
  positions: [4, 7],
  rows: 3,
  source: "national",
  state: "abc",
  v: 1,
};

test("a change of a listing says what happened, when, and to which version", () => {
  expect(read(change).slice(0, 5)).toEqual([
    ["事项", "移出名单"],
    ["时间", "2026年11月22日 10:00:00（北京时间）"],
    ["名单信息编号", "01939f3e-0000-7000-8000-000000000000"],
    ["版本", "3"],
    ["名单库序号", "17"],
  ]);
  expect(read(change, "en")[0]).toEqual(["Act", "taken off the list"]);
});

test("an act on a load says what it did to which source", () => {
  const lines = read(load);
  expect(lines[0]).toEqual(["事项", "名单数据经放行生效"]);
  expect(lines).toContainEqual(["数据来源", "national"]);
  expect(lines).toContainEqual(["名单库序号", "4–7"]);
  expect(lines.map(([label]) => label)).not.toContain("文件 SHA-256");
});

test.each<[string, Fact]>([
  ["of another kind", { ...change, kind: "sanction" }],
  ["of an act that is not known", { ...change, change: "toString" }],
  ["without its time", { ...change, at: "yesterday" }],
  ["that calls itself a check and is none", { kind: "check", outcome: "listed" }],
])("an entry %s is shown as it is", (_, fact) => {
  expect(read(fact)).toEqual([["内容", JSON.stringify(fact)]]);
});

test("no entry, however hostile the log, makes the reading fail", () => {
  const kind = fc.constantFrom("check", "listing", "load", "x");
  const name = fc.constantFrom("at", "act", "change", "checkedAt", "outcome", "request", "answer", "id", "position");
  const value = fc.oneof(
    fc.constantFrom<Json>("listed", "2026-11-22T02:00:00Z", [], [{}], [null], null, 1),
    fc.string(),
  );
  fc.assert(
    fc.property(kind, fc.dictionary(name, value), (kind, members) => {
      expect(read({ ...members, kind }).length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
