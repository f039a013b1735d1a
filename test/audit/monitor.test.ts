// A monitor of a log that means no good: a fork, a past that is taken back, entries that are not shown, a log that stands
// still; each is told apart, with the entry's name and the evidence on disk.
import { generateKeyPairSync } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { monitorLog, verifierKeyOf } from "../../src/audit/index.ts";
import { type KeyType, signerKeyOf } from "../../src/audit/log/index.ts";
import { AppError } from "../../src/platform/error.ts";
import { entriesOf, type ServedLog, serveLog, signTree } from "./served-log.ts";

const newKey = (name: string, type: KeyType) => signerKeyOf(name, type, generateKeyPairSync("ed25519").privateKey);
const signer = newKey("log.example", "ed25519");
const [one, two] = [newKey("one.example", "cosignature"), newKey("two.example", "cosignature")];
const keys = { logKeys: [verifierKeyOf(signer)], witnessKeys: [one, two].map(verifierKeyOf) };
const folder = mkdtempSync(join(tmpdir(), "shixin-monitor-"));
const SIZE = 700;
let log: ServedLog;
let directory: string;

beforeAll(async () => {
  log = await serveLog();
});
beforeEach(() => {
  directory = mkdtempSync(join(folder, "state-"));
  show(entriesOf(SIZE));
});
afterAll(() => {
  log.stop();
  rmSync(folder, { recursive: true });
});

/** From now on the log shows this, and signs it. */
function show(entries: Buffer[], note = signTree(entries, [signer])): void {
  Object.assign(log, { entries, hashed: entries, note, isMissing: () => false });
}

type More = Partial<Parameters<typeof monitorLog>[0]>;
async function look(more: More = {}) {
  const lines: string[] = [];
  const options = { url: log.url, keys, directory, everySeconds: null, report: (line: string) => lines.push(line) };
  const finding = await monitorLog({ ...options, ...more });
  return { finding, lines };
}
/** What was seen was seen so long ago. */
function age(seconds: number): void {
  const path = join(directory, "seen.json");
  const seen = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...seen, movedAt: new Date(Date.now() - seconds * 1000) }));
}
const evidence = () => readFileSync(join(directory, "evidence"), "utf8");
const changed = (size: number, ...at: number[]) =>
  entriesOf(size).map((entry, index) => (at.includes(index) ? Buffer.from("other") : entry));

describe("a log that does as it should", () => {
  test("is seen to grow, across the edges of tiles", async () => {
    expect(await look()).toEqual({ finding: null, lines: ["First seen: 700 entries."] });
    for (const size of [700, 701, 768, 769, 1024, 9000]) {
      show(entriesOf(size));
      expect((await look()).finding).toBeNull();
    }
    expect((await look()).lines).toEqual(["9000 entries; 9000 were seen before."]);
  });

  test("may begin empty, and drop partial tiles that are full by now", async () => {
    show([]);
    expect((await look()).lines).toEqual(["First seen: 0 entries."]);
    show(entriesOf(300));
    expect((await look()).finding).toBeNull();
    show(entriesOf(600));
    log.isMissing = (path) => path.includes("001.p/");
    expect((await look()).finding).toBeNull();
  });

  test("may be shown by a cache as it was a moment ago", async () => {
    await look();
    show(entriesOf(300));
    expect(await look()).toEqual({ finding: null, lines: [expect.stringContaining("an older checkpoint")] });
  });
});

describe("a fork is found", () => {
  test.each([
    ["of the same size", SIZE, 3],
    ["that has grown", SIZE + 500, 699],
    ["that has grown, at the edge of a tile", SIZE + 500, 256],
    ["that is smaller", SIZE - 300, 0],
  ])("%s, and the entry is named", async (_, size, entry) => {
    const before = log.note ?? "";
    await look();
    show(changed(size, entry, 699));
    const { finding } = await look();
    expect(finding).toEqual({
      kind: "forked",
      sentence: expect.stringMatching(new RegExp(`^Entry ${entry} is not what`)),
    });
    expect(evidence()).toBe(`${before}\n${log.note}`);
    // It is found again and again: what was seen first stays.
    expect((await look()).finding).toEqual(finding);
  });

  test("in an entry that is not the one that was hashed", async () => {
    log.entries = changed(SIZE, 400);
    const { finding } = await look();
    expect(finding).toEqual({ kind: "forked", sentence: expect.stringMatching(/^Entry 400: the log does not show/) });
  });

  test.each([
    ["tiles", (path: string) => path.startsWith("tile/0/002")],
    ["entries", (path: string) => path.startsWith("tile/entries/001")],
  ])("in a log that hides its %s", async (_, isMissing) => {
    log.isMissing = isMissing;
    expect((await look()).finding?.sentence).toMatch(/does not show what it signed: tile\/\S+ is missing/);
  });

  test("in tiles that do not give the root that was signed", async () => {
    show(entriesOf(SIZE), signTree(changed(SIZE, 5), [signer]));
    expect((await look()).finding).toMatchObject({ kind: "forked" });
  });

  test("in a checkpoint that nobody signed, or somebody else", async () => {
    log.note = (log.note ?? "").replace("\n700\n", "\n701\n");
    expect((await look()).finding?.sentence).toContain("not signed with its key");
    show(entriesOf(SIZE), signTree(entriesOf(SIZE), [newKey("log.example", "ed25519")]));
    expect((await look()).finding?.sentence).toContain("not signed with its key");
  });
});

describe("a log is told", () => {
  test("that shows less than it showed a minute ago", async () => {
    await look();
    show(entriesOf(300));
    age(61);
    expect((await look()).finding).toMatchObject({
      kind: "set_back",
      sentence: expect.stringContaining("300 entries; 700"),
    });
  });

  test("that stands still for too long", async () => {
    expect((await look({ stalledSeconds: 100 })).finding).toBeNull();
    age(99);
    expect((await look({ stalledSeconds: 100 })).finding).toBeNull();
    age(101);
    expect((await look({ stalledSeconds: 100 })).finding).toMatchObject({ kind: "stalled" });
    expect((await look()).finding).toBeNull();
    show(entriesOf(SIZE + 1));
    expect((await look({ stalledSeconds: 100 })).finding).toBeNull();
  });

  test("that grows without its witnesses", async () => {
    const options = { quorum: 2, stalledSeconds: 100 };
    const at = (seconds: number) => new Date(Date.now() - seconds * 1000);
    show(entriesOf(SIZE), signTree(entriesOf(SIZE), [signer, one, two], at(500)));
    expect((await look(options)).finding).toBeNull();
    age(101);
    show(entriesOf(SIZE + 1), signTree(entriesOf(SIZE + 1), [signer, one], at(0)));
    const { finding, lines } = await look(options);
    expect([finding?.kind, finding?.sentence, lines[1]]).toEqual([
      "stalled",
      expect.stringContaining("that 2 witnesses cosigned"),
      "1 of 2 witnesses.",
    ]);
    // A later word on the same tree is news: the log stands still, and is not cut off.
    show(entriesOf(SIZE + 1), signTree(entriesOf(SIZE + 1), [signer, one, two], at(0)));
    expect((await look(options)).finding).toBeNull();
    age(101);
    show(entriesOf(SIZE + 1), signTree(entriesOf(SIZE + 1), [signer, one, two], at(-2)));
    expect((await look(options)).finding).toBeNull();
  });

  test("that does not answer: at once to whoever looks once, after a while to whoever follows", async () => {
    await look();
    log.note = null;
    await expect(look()).rejects.toThrow(AppError);
    age(101);
    const { finding, lines } = await look({ everySeconds: 0.01, stalledSeconds: 100 });
    expect([finding?.kind, lines]).toEqual(["stalled", [expect.stringContaining("No answer")]]);
  });
});

test("whoever follows is told of the fork when it comes", async () => {
  const lines: string[] = [];
  const report = (line: string) => {
    lines.push(line);
    if (lines.length === 2) show(changed(SIZE + 9, 42));
  };
  const { finding } = await look({ everySeconds: 0.01, report });
  expect([finding?.kind, finding?.sentence, lines.length]).toEqual(["forked", expect.stringContaining("Entry 42"), 2]);
});

describe("what was kept", () => {
  test("survives a kill between the entries and the checkpoint", async () => {
    await look();
    appendFileSync(join(directory, "leaves"), Buffer.alloc(32 * 50 + 7, 9));
    show(entriesOf(900));
    expect((await look()).finding).toBeNull();
    show(changed(950, 888));
    expect((await look()).finding?.sentence).toContain("Entry 888");
  });

  test.each([
    ["lost its end", () => truncateSync(join(directory, "leaves"), 320)],
    ["was changed", () => writeFileSync(join(directory, "leaves"), Buffer.alloc(32 * SIZE))],
    ["has no form", () => writeFileSync(join(directory, "seen.json"), "{}")],
  ])("is not believed when it %s", async (_, damage) => {
    await look();
    damage();
    await expect(look()).rejects.toThrow(/begin with a new directory/);
  });

  test("is of one log", async () => {
    await look();
    const other = newKey("other.example", "ed25519");
    show(entriesOf(SIZE), signTree(entriesOf(SIZE), [other]));
    await expect(look({ keys: { logKeys: [verifierKeyOf(other)] } })).rejects.toThrow(/of another log/);
  });
});
