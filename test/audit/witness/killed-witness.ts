// A witness in a process of its own that kills itself at its n-th step on the disk: DIRECTORY LOG_KEY SUBMISSION_FILE N.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { pino } from "pino";
import { parseVerifierKey } from "../../../src/audit/log/index.ts";
import { openWitnessState } from "../../../src/audit/witness/state.ts";
import { createWitness } from "../../../src/audit/witness/witness.ts";

const [directory = "", logKey = "", file = "", last = ""] = process.argv.slice(2);
const body = fs.readFileSync(file);
let steps = 0;

function step(): void {
  if (++steps === Number(last)) process.kill(process.pid, "SIGKILL");
}

for (const name of [
  "readdirSync",
  "readFileSync",
  "openSync",
  "closeSync",
  "fsyncSync",
  "renameSync",
  "rmSync",
] as const) {
  const call = fs[name] as (...given: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...given: unknown[]) => {
      step();
      return call(...given);
    },
  });
}
const write = fs.writeFileSync;
Object.assign(fs, {
  writeFileSync(path: string, text: string, options: object) {
    step();
    // A process may die half way through a file.
    if (steps + 1 === Number(last)) write(path, text.slice(0, text.length / 2), options);
    step();
    write(path, text, options);
  },
});
syncBuiltinESMExports();

const keys = [parseVerifierKey(logKey)].filter((key) => key !== null);
const log = pino({ enabled: false });
const witness = createWitness({ state: openWitnessState(directory, undefined), logKeys: keys, directory, log });
const answer = witness.answer(body);
step();
process.stdout.write(answer.ok ? answer.cosignature : answer.refusal);
