// What a file is, by its first bytes: how it is packed, and in which format its rows are.
import type { Format } from "./block-bytes.ts";
import { isFieldName } from "./field.ts";
import { refuse } from "./gate.ts";

export type Compression = "none" | "gzip" | "zip";

const packed: readonly (readonly [Exclude<Compression, "none">, string])[] = [
  ["gzip", "1f8b"],
  ["zip", "504b0304"],
  // Without an entry, or the first of several volumes.
  ["zip", "504b0506"],
  ["zip", "504b0708"],
];

const foreign: readonly (readonly [string, string])[] = [
  ["an old office document: export the list as CSV", "d0cf11e0"],
  ["a PDF: send the list as data", "25504446"],
  ["a RAR archive: send a zip or gzip", "52617221"],
  ["a 7z archive: send a zip or gzip", "377abcaf271c"],
  ["an xz archive: send a zip or gzip", "fd377a585a00"],
];

export function compressionOf(start: Buffer): Compression {
  const hex = start.toString("hex", 0, 8);
  return packed.find(([, signature]) => hex.startsWith(signature))?.[0] ?? "none";
}

/** `start` is the file unpacked. */
export function refuseForeign(start: Buffer): void {
  if (compressionOf(start) !== "none") refuse("the file is packed twice: send the list in one zip or gzip");
  const hex = start.toString("hex", 0, 8);
  const found = foreign.find(([, signature]) => hex.startsWith(signature));
  if (found) refuse(`the file is ${found[0]}`);
}

/** `text` begins with the first line that is not empty. */
export function formatOf(text: string): Format {
  const first = text.trimStart()[0];
  if (first === "{") return "json-lines";
  if (first === "[") return "json-array";
  if (first === "<") refuse("the file is an HTML or XML page, not a list: it may be the error page of a server");
  const [header = ""] = text.split("\n", 1);
  return header.split("\t").some((column) => isFieldName(column.replaceAll('"', "").trim())) && header.includes("\t")
    ? "tsv"
    : "csv";
}
