// shixin check bulk: an agency's own way to have a file checked, over HTTP like any other caller.
import { createReadStream, createWriteStream } from "node:fs";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import { json, print } from "../../platform/command-line.ts";
import { AppError } from "../../platform/error.ts";
import { problemCatalogue, type ProblemCode } from "../../platform/problem-catalogue.ts";
import { createProgress } from "../../platform/progress.ts";
import type { z } from "../../platform/http.ts";
import type { BulkCheck } from "./resource.ts";

const POLL_MS = 1_000;

type Options = { url: string; purpose: string; case: string; operator: string; out?: string; json?: boolean };
type Bulk = z.infer<typeof BulkCheck>;

export function addCheckCommand(program: Command): void {
  program
    .command("check")
    .description("checks (核查), asked as an agency")
    .command("bulk")
    .description("have a file of up to a million parties checked by a running service")
    .argument("<file>", "JSON Lines (.jsonl) or CSV (.csv), plain or with .gz")
    .option("--url <address>", "of the service", "http://127.0.0.1:8080")
    .requiredOption("--purpose <code>", "of the catalogue")
    .requiredOption("--case <reference>", "the number of the matter, where a row has none of its own")
    .requiredOption("--operator <name>", "who asks")
    .option("--out <file>", "where results go: .jsonl, or .csv for a spreadsheet")
    .addOption(json)
    .addHelpText("after", "\nThe agency's key is read from SHIXIN_KEY, where no list of processes shows it.")
    .action(async (file: string, options: Options) => {
      const bulk = await checkFile(file, options, process.env["SHIXIN_KEY"] ?? "");
      const { state, counts, progress } = bulk;
      const said = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
      print(options.json ? JSON.stringify(bulk) : `${bulk.id} ${state}: ${progress.done} rows, ${said.join(", ")}`);
      if (state !== "succeeded") throw new AppError("conflict", { note: bulk.problem?.title ?? state });
    });
}

async function checkFile(file: string, { url, out, ...options }: Options, key: string): Promise<Bulk> {
  const headers = { Authorization: `Bearer ${key}` };
  const asked = { purpose: options.purpose, caseReference: options.case, operator: options.operator };
  const isPacked = extname(file) === ".gz";
  const isCsv = extname(isPacked ? file.slice(0, -".gz".length) : file) === ".csv";
  const address = `${url}/v1/bulk-checks`;
  const sent = await ask(`${address}?${new URLSearchParams(asked).toString()}`, {
    method: "POST",
    headers: {
      ...headers,
      "Content-Type": isCsv ? "text/csv" : "application/jsonl",
      ...(isPacked && { "Content-Encoding": "gzip" }),
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: "half",
  });
  let bulk = (await sent.json()) as Bulk;
  const progress = createProgress("check bulk", "rows");
  while (bulk.finishedAt === null) {
    await pause(POLL_MS);
    bulk = (await (await ask(`${address}/${bulk.id}`, { headers })).json()) as Bulk;
    progress.update(bulk.progress.done, bulk.progress.total ?? undefined);
  }
  progress.finish();
  if (out !== undefined && bulk.results !== null) {
    const Accept = extname(out) === ".csv" ? "text/csv" : "application/jsonl";
    const { body } = await ask(url + bulk.results, { headers: { ...headers, Accept } });
    if (body) await pipeline(Readable.fromWeb(body as never), createWriteStream(out, { mode: 0o600 }));
  }
  return bulk;
}

function isProblemCode(code: string): code is ProblemCode {
  return code in problemCatalogue;
}

/** The answer, or the problem that the service names. */
async function ask(url: string, init: RequestInit & { duplex?: "half" }): Promise<Response> {
  const response = await fetch(url, init).catch(() => {
    throw new AppError("register-unavailable", { note: "the service does not answer" });
  });
  if (response.ok) return response;
  const { code } = (await response.json()) as { code: string };
  throw new AppError(isProblemCode(code) ? code : "internal", { note: `the service answered ${response.status}` });
}
