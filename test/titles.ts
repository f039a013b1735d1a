// The titles of all tests, with those of the groups they stand in: what they name is tested.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = import.meta.dirname;

/** `test("…")`, `describe("…")`, and the names behind `.each([…])`. */
const TITLE =
  /\b(?:test|describe)(?:\.each)?(?:<[^(]*>)?\(\s*"((?:[^"\\]|\\.)+)"|\]\s*(?:as const)?,?\s*\)\(\s*"((?:[^"\\]|\\.)+)"/g;

/** Of every test file below these folders. */
export function titlesIn(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(root, folder, name)),
  );
  const sources = files.filter((file) => file.endsWith(".test.ts")).map((file) => readFileSync(file, "utf8"));
  return sources.flatMap((source) => Array.from(source.matchAll(TITLE), ([, plain, each]) => plain ?? each ?? ""));
}
