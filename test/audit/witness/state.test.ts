// The state of a witness: outlives its process, is never begun again from nothing, and serves one process at a time.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openWitnessState } from "../../../src/audit/index.ts";
import { formatSignerKey } from "../../../src/audit/log/index.ts";
import { inventLog } from "../log/invented-log.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-witness-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = inventLog("log.example");
const other = inventLog("other.example");
const note = (size: number) => log.noteOf(log.logOf(size));

test("a new directory gets a key of its own, which only its owner may read", () => {
  const directory = join(folder, "new");
  const { key, list } = openWitnessState(directory, "witness.example");
  expect([key.name, key.type, list()]).toEqual(["witness.example", "cosignature", []]);
  const [file = ""] = readdirSync(directory);
  expect(statSync(join(directory, file)).mode & 0o077).toBe(0);
});

test("what was stored is there for the next process, under the same key, in one file", () => {
  const directory = join(folder, "kept");
  const first = openWitnessState(directory, "witness.example");
  first.store(log.origin, note(1));
  first.store(log.origin, note(3));
  first.store(other.origin, other.noteOf(other.logOf(2)));
  const second = openWitnessState(directory, undefined);
  expect(formatSignerKey(second.key)).toBe(formatSignerKey(first.key));
  expect([second.find(log.origin), second.list().length, second.find("nobody.example")]).toEqual([note(3), 2, null]);
  expect(readdirSync(directory)).toEqual(["state-000002"]);
});

test("a second process takes over: the first one may store, and learns that nothing of it counts", () => {
  const directory = join(folder, "two");
  const first = openWitnessState(directory, undefined);
  first.store(log.origin, note(1));
  const second = openWitnessState(directory, undefined);
  expect(() => first.store(log.origin, note(2))).toThrow(/another witness serves/);
  expect(second.find(log.origin)).toBe(note(1));
  second.store(log.origin, note(3));
  expect(openWitnessState(directory, undefined).find(log.origin)).toBe(note(3));
});

test("a term that ended before it had read anything is passed over", () => {
  const directory = join(folder, "passed");
  openWitnessState(directory, undefined).store(log.origin, note(1));
  writeFileSync(join(directory, "state-000002"), "");
  expect(openWitnessState(directory, undefined).find(log.origin)).toBe(note(1));
});

test("a name is for good", () => {
  const directory = join(folder, "named");
  openWitnessState(directory, "witness.example");
  expect(() => openWitnessState(directory, "other.example")).toThrow(/names are for good/);
});

test.each([
  ["cut short", (text: string) => text.slice(0, -9)],
  ["without its key", (text: string) => text.replace(/PRIVATE\+KEY\+\S+"/, '"')],
  ["with a checkpoint that is none", (text: string) => text.replace("log.example", "")],
])("a state %s is refused, and not begun anew", (name, damage) => {
  const directory = join(folder, name);
  openWitnessState(directory, undefined).store(log.origin, note(1));
  const path = join(directory, "state-000001");
  const text = readFileSync(path, "utf8");
  expect(damage(text)).not.toBe(text);
  writeFileSync(path, damage(text));
  expect(() => openWitnessState(directory, undefined)).toThrow(/is damaged/);
  expect(() => openWitnessState(directory, undefined)).toThrow(/is damaged/);
});
