// The key ring file: made once and for its owner alone, and refused in words that hold no key when it is not sound.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AppError } from "../../src/platform/error.ts";
import { addKey, createKeyRing, readKeyRing, retireKey } from "../../src/platform/key-ring.ts";

type Entry = { number: number; use: string; algorithm: string; createdAt: string; key: string };

const folder = mkdtempSync(join(tmpdir(), "shixin-key-ring-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sound = join(folder, "sound", "key-ring.json");
createKeyRing(sound);
const entries = (): Entry[] => JSON.parse(readFileSync(sound, "utf8")).keys;

describe("a new key ring", () => {
  test.skipIf(process.platform === "win32")("may be read by its owner alone", () => {
    expect(statSync(sound).mode & 0o777).toBe(0o400);
  });

  test("stays as it is when another is asked for", () => {
    const before = readFileSync(sound);
    createKeyRing(sound);
    expect(readFileSync(sound)).toEqual(before);
  });

  test("has one key for each use, and no two alike", () => {
    const ring = readKeyRing(sound);
    expect(ring.fingerprints.map(({ use }) => use)).toEqual(["blind-index", "data", "credential", "cursor", "log"]);
    expect(new Set(entries().map(({ key }) => key)).size).toBe(5);
    expect([...ring.dataKeys.keys()]).toEqual([1]);
  });

  test("is one for processes that make it at the same time", async () => {
    const path = join(folder, "at-once", "key-ring.json");
    const module = new URL("../../src/platform/key-ring.ts", import.meta.url).href;
    const program = `
      const { createKeyRing, readKeyRing } = await import(${JSON.stringify(module)});
      process.stdin.once("data", () => {
        createKeyRing(${JSON.stringify(path)});
        console.log(readKeyRing(${JSON.stringify(path)}).fingerprints[0].fingerprint.toString("hex"));
        process.exit();
      });
      console.log("ready");`;
    const makers = [0, 1, 2].map(() =>
      spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    await Promise.all(makers.map(({ stdout }) => once(stdout, "data")));
    const answers = makers.map(({ stdout }) => once(stdout, "data").then(String));
    for (const { stdin } of makers) stdin.write("go\n");
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(readdirSync(join(folder, "at-once"))).toEqual(["key-ring.json"]);
  });
});

describe("a key ring that gets another key for the public log", () => {
  const path = join(folder, "log", "key-ring.json");

  test("keeps the old ones, and names the newest first", () => {
    createKeyRing(path);
    const before = readKeyRing(path);
    expect(addKey(path, "log")).toBe(2);
    const { logKeys, fingerprints } = readKeyRing(path);
    expect(logKeys).toHaveLength(2);
    const [old] = before.logKeys;
    expect(old && logKeys[1]?.equals(old)).toBe(true);
    expect(fingerprints.slice(0, before.fingerprints.length)).toEqual(before.fingerprints);
    expect(readdirSync(join(folder, "log"))).toEqual(["key-ring.json"]);
  });

  test("may be from before the log", () => {
    const old = join(folder, "log", "old.json");
    const keys = entries().filter(({ use }) => use !== "log");
    writeFileSync(old, JSON.stringify({ version: 1, keys }));
    expect(readKeyRing(old).logKeys).toEqual([]);
    expect(addKey(old, "log")).toBe(1);
    expect(readKeyRing(old).logKeys).toHaveLength(1);
  });
});

describe("a key of the public log that is retired", () => {
  const path = join(folder, "retired", "key-ring.json");

  test("signs no more, and stays in the ring for what it signed", () => {
    createKeyRing(path);
    const before = readKeyRing(path);
    addKey(path, "log");
    retireKey(path, "log", 1);
    const { logKeys, retiredLogKeys, fingerprints } = readKeyRing(path);
    const [old] = before.logKeys;
    expect([logKeys.length, retiredLogKeys.length]).toEqual([1, 1]);
    expect(old && retiredLogKeys[0]?.equals(old)).toBe(true);
    // The database goes on recognising the ring.
    expect(fingerprints.slice(0, before.fingerprints.length)).toEqual(before.fingerprints);
    expect(addKey(path, "log")).toBe(3);
  });

  test("is not the last one, and not one that is not in use", () => {
    retireKey(path, "log", 2);
    expect(() => retireKey(path, "log", 3)).toThrow(/the only one/);
    expect(() => retireKey(path, "log", 2)).toThrow(/not-found/);
    expect(() => retireKey(path, "log", 9)).toThrow(/not-found/);
    expect(readKeyRing(path).logKeys).toHaveLength(1);
  });
});

describe("a rotated key ring", () => {
  test("seals with the newest key and opens with all", () => {
    const first = entries().find(({ use }) => use === "data");
    if (!first) throw new Error("the ring has no data key");
    const path = write("rotated", [...entries(), { ...first, number: 7, key: Buffer.alloc(32, 7).toString("base64") }]);
    const ring = readKeyRing(path);
    expect(ring.dataKey.number).toBe(7);
    expect([...ring.dataKeys.keys()]).toEqual([1, 7]);
  });
});

describe("a key ring that is not sound", () => {
  const changed = (use: string, change: Partial<Entry>) =>
    entries().map((entry) => (entry.use === use ? { ...entry, ...change } : entry));
  const key = Buffer.alloc(32, 9).toString("base64");

  test.each([
    ["is missing", () => join(folder, "nowhere.json"), "cannot be read"],
    ["is no JSON", () => writeText("text", `{"version":1,"keys":[{"key":"${key}"`), "is not a key ring of version 1"],
    ["is of another version", () => writeText("old", `{"version":2,"keys":[]}`), "is not a key ring of version 1"],
    ["has a short key", () => write("short", changed("data", { key: "c2hvcnQ=" })), "is not a key ring of version 1"],
    [
      "has two keys of a number",
      () => write("twice", [...entries(), ...changed("data", { key })]),
      "is not a key ring",
    ],
    [
      "lacks a use",
      () =>
        write(
          "lacks",
          entries().filter(({ use }) => use !== "data"),
        ),
      "no AES-256-GCM key for data",
    ],
    [
      "has another algorithm",
      () => write("algorithm", changed("blind-index", { algorithm: "AES-256-GCM", key })),
      "no HMAC-SHA-256 key for blind-index",
    ],
  ])("because it %s is refused without a word of its keys", (_, make, note) => {
    const error = refusalOf(make());
    expect(error.code).toBe("key-ring");
    expect(error.message).toContain(note);
    expect(error.message).not.toContain(key);
    for (const entry of entries()) expect(error.message).not.toContain(entry.key);
  });
});

function refusalOf(path: string): AppError {
  try {
    readKeyRing(path);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("the ring was taken");
}

function write(name: string, keys: Entry[]): string {
  return writeText(name, JSON.stringify({ version: 1, keys }));
}

function writeText(name: string, text: string): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, text);
  chmodSync(path, 0o400);
  return path;
}
