// Any sequence of files, decisions, court acts and kills leaves the register that a few lists in memory say it must be.
import * as fc from "fast-check";
import { test } from "vitest";
import { modelCommands, openModel } from "./load-model.ts";
import { openRegister } from "./register.ts";

/** More for a night: MODEL_RUNS=500. */
const RUNS = Number(process.env["MODEL_RUNS"] ?? 10);
const COMMANDS_MAX = 14;

test(
  "files of two sources, court acts, kills and roll-backs in any order end in the register of the model",
  { timeout: 120_000 + RUNS * 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(modelCommands, { minLength: 2, maxLength: COMMANDS_MAX }), async (commands) => {
        const register = await openRegister();
        try {
          const model = openModel();
          for (const command of commands) await command.run(model, register);
        } finally {
          await register.close();
        }
      }),
      { numRuns: RUNS },
    );
  },
);
