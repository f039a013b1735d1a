// The witness as a program of its own: another organisation runs it with a directory, and without a database.
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  createWitness,
  formatVerifierKey,
  openWitnessState,
  type VerifierKey,
  verifierKeyOf,
  witnessRoutes,
} from "../audit/index.ts";
import { print, warn } from "../platform/command-line.ts";
import { createLog } from "../platform/log.ts";
import { startServer } from "../platform/server.ts";
import { logUncaught } from "../platform/uncaught.ts";
import { collectLogKeys } from "./key-option.ts";

type Address = { host: string; port: number };
const listen = new Option("--listen <host:port>", "where logs submit their checkpoints")
  .argParser(address)
  .default({ host: "127.0.0.1", port: 8081 }, "127.0.0.1:8081");

type WitnessOptions = { log: VerifierKey[]; listen: Address; data: string; name?: string };

export function registerWitnessCommand(program: Command): void {
  program
    .command("witness")
    .description("witness logs: cosign every checkpoint that continues what was seen before, and refuse any other")
    .requiredOption("--log <vkey>", "the verifier key of a log; may be given more than once", collectLogKeys)
    .requiredOption("--data <directory>", "its key and what it has seen; lost or set back, it needs a new one")
    .addOption(listen)
    .option("--name <name>", "what a new witness is called, as in witness.example")
    .addHelpText(
      "after",
      "\nPrints its verifier key, then serves until it is told to stop. Each decision is a line on standard error.",
    )
    .action(runWitness);
}

async function runWitness({ log: logKeys, listen, data: directory, name }: WitnessOptions): Promise<void> {
  const log = createLog();
  logUncaught(log);
  const ended = Promise.withResolvers<void>();
  const state = openWitnessState(directory, name);
  const witness = createWitness({ state, logKeys, directory, log });
  const server = await startServer(witnessRoutes({ witness, log, fail: ended.reject }), listen);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  print(formatVerifierKey(verifierKeyOf(state.key)));
  warn(`The witness serves ${server.url}/add-checkpoint`);
  try {
    await ended.promise;
  } finally {
    await server.stop();
  }
}

function address(text: string): Address {
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === "" || Number(port) > 65_535) throw new InvalidArgumentError("It takes HOST:PORT.");
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
}
