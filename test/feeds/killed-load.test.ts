// A load that is killed, or loses its database, leaves a register on which the next run ends as one clean run does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KilledLoad } from "./killed-load.ts";
import { publishedRow } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

const script = fileURLToPath(new URL("killed-load.ts", import.meta.url));
const before = Array.from({ length: 400 }, (_, i) => publishedRow(i));
/** Of the 400 rows 100 stay, 100 change and 200 are missing; 800 are new. The file is longer than one chunk of the reader. */
const after = Array.from({ length: 1_000 }, (_, i) =>
  publishedRow(i < 200 ? i : i + 1_000, i < 100 ? {} : { duty: "新义务" }),
);
const complete = { expected: after.length, gates: { shrink: 1, growth: 10, churn: 1 } };

let register: Register;
beforeEach(async () => {
  register = await openRegister();
  await register.load(before);
});
afterEach(() => register.close());

async function cleanEnd() {
  const other = await openRegister();
  try {
    await other.load(before);
    await other.load(after, complete);
    return await other.snapshot();
  } finally {
    await other.close();
  }
}

async function failAt(at: string, by: KilledLoad["by"]) {
  const file = register.write(after, "after.jsonl");
  const path = join(register.folder, "request.json");
  const request: KilledLoad = { url: register.url, file, ...complete, rejectedTo: `${file}.rejected`, at, by };
  writeFileSync(path, JSON.stringify(request));
  const [code, signal] = await once(spawn(process.execPath, [script, path], { stdio: "ignore" }), "exit");
  return { code, signal };
}

test.each(["receiving 0", "receiving", "validating", "comparing", "applying", "activated"])(
  "killed at %s, then run again",
  async (phase) => {
    expect(await failAt(phase, "kill")).toEqual({ code: null, signal: "SIGKILL" });
    const { counts } = await register.load(after, complete);
    const isActivated = phase === "activated";
    expect(counts.unchanged).toBe(isActivated ? after.length : 100);
    expect(await register.snapshot()).toEqual(await cleanEnd());
    const states = (await register.loads()).map(({ state }) => String(state));
    expect(states).toEqual(["activated", isActivated ? "activated" : "failed", "activated"]);
  },
);

test.each(["receiving", "validating", "comparing", "applying"])(
  "its connections ended at %s, then run again",
  async (phase) => {
    expect(await failAt(phase, "cut")).not.toEqual({ code: 0, signal: null });
    await register.load(after, complete);
    expect(await register.snapshot()).toEqual(await cleanEnd());
  },
);
