// The commands on the key ring: a new key of the public log, and the end of an old one.
import { type Command, InvalidArgumentError } from "commander";
import { print, wholeNumber } from "../platform/command-line.ts";
import { addKey, retireKey } from "../platform/key-ring.ts";
import { keyRingPathOf } from "./runtime.ts";

type Settings = Parameters<typeof keyRingPathOf>[0];

export function registerKeyRingCommands(program: Command, settings: () => Settings): void {
  const ring = program.command("key-ring").description("the key ring");
  ring
    .command("add")
    .description("add a key to the ring; the service uses it from its next start on")
    .requiredOption("--use <use>", "what for: log", logUse)
    .action(({ use }: { use: "log" }) => {
      const path = keyRingPathOf(settings());
      print(`The ring ${path} has got ${use} key ${addKey(path, use)}.`);
    });
  ring
    .command("retire")
    .description("end the use of an older key: it signs no more from the next start on, and what it signed stays valid")
    .requiredOption("--use <use>", "of which use: log", logUse)
    .requiredOption("--number <n>", "its number in the ring", wholeNumber)
    .action(({ use, number }: { use: "log"; number: number }) => {
      const path = keyRingPathOf(settings());
      retireKey(path, use, number);
      print(`${use} key ${number} of the ring ${path} is retired.`);
    });
}

function logUse(text: string): "log" {
  if (text !== "log") throw new InvalidArgumentError("Only keys of the public log are exchanged so.");
  return text;
}
