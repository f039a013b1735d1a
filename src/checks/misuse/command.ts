// The command that keeps canaries. Numbers come on standard input, where no list of processes shows them.
import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { type DocumentKind, documentKinds } from "../../identity/index.ts";
import { actor, actorOf, type CommonOptions, json, print } from "../../platform/command-line.ts";
import type { Database } from "../../platform/database.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { countCanaries } from "./canary-queries.ts";
import { addCanaries, removeCanaries } from "./canary.ts";

type WithRuntime = (work: (runtime: { db: Database; ring: KeyRing }) => Promise<void>) => Promise<void>;
type Options = CommonOptions & { type: DocumentKind; reason: string };

export function addCanaryCommand(program: Command, withRuntime: WithRuntime): void {
  const canary = program
    .command("canary")
    .description("invented numbers that nobody has reason to ask about (警示号码)");
  for (const [name, verb, sentence] of [
    ["add", addCanaries, "watch for checks of the numbers on standard input, one a line"],
    ["remove", removeCanaries, "watch for those no more"],
  ] as const)
    canary
      .command(name)
      .description(sentence)
      .addOption(new Option("--type <kind>", "kind of document").choices(documentKinds).default("resident_id"))
      .requiredOption("--reason <text>", "why, for the audit trail")
      .addOption(actor)
      .addOption(json)
      .action(async (options: Options) => {
        const lines = (await text(process.stdin)).split(/\s+/);
        const numbers = lines.filter((line) => line !== "");
        await withRuntime(async ({ db, ring }) => {
          const given = { kind: options.type, numbers, reason: options.reason };
          const changed = await db.transaction((tx) => verb(tx, ring, actorOf(options.actor), given));
          const canaries = await countCanaries(db);
          print(options.json ? JSON.stringify({ changed, canaries }) : `${changed} changed; ${canaries} in all.`);
        });
      });
}
