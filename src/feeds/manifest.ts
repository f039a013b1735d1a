// The manifest that may come with a file: what it is, what it must hold, and which state of the list it goes on from.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { refuse } from "./gate.ts";

const Manifest = z.strictObject({
  /** Of the file, for people. */
  name: z.string().max(200).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
  rows: z.int().nonnegative().optional(),
  asOf: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  sequence: z.int().nonnegative().max(2_147_483_647).optional(),
  baseState: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST_BYTES_MAX = 64 * 1024;

export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, "utf8").catch(() => refuse(`${basename(path)} is not a file that can be read`));
  if (text.length > MANIFEST_BYTES_MAX) refuse(`${basename(path)} is too long for a manifest`);
  const parsed = Manifest.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const faulty = [...new Set(parsed.error.issues.map((issue) => memberOf(issue)))];
  return refuse(`the manifest is not as it must be: ${faulty.join(", ")}`);
}

/** A name of the schema; a member that is not ours may be called anything. */
function memberOf({ path, code }: z.core.$ZodIssue): string {
  if (code === "unrecognized_keys") return "a member that no manifest has";
  return path.length > 0 ? path.join(".") : "it is no JSON object";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
