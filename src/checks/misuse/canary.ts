// Canaries: invented numbers that nobody has reason to ask about. A check of one is answered as any other, and noticed in
// the record afterwards, so that neither its answer nor its time tells it apart.
import { appendAudit } from "../../audit/index.ts";
import { type DocumentKind, parseDocument } from "../../identity/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError, type FieldFault } from "../../platform/error.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { findingIndex } from "../check.ts";
import { deleteCanaries, insertCanaries, isAnyKnown } from "./canary-queries.ts";

export type GivenCanaries = { kind: DocumentKind; numbers: readonly string[]; reason: string };

/** How many of the numbers are new. `validation` for what is no number, `conflict` for one that the register knows. */
export async function addCanaries(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  { kind, numbers, reason }: GivenCanaries,
): Promise<number> {
  const indexes = indexesOf(ring, kind, numbers);
  if (await isAnyKnown(tx, indexes)) throw new AppError("conflict", { note: "a number is somebody's in the register" });
  const rows = indexes.map((blindIndex) => ({ blindIndex, note: reason, createdBy: actor }));
  const added = await insertCanaries(tx, rows);
  await appendAudit(tx, { actor, action: "canary.add", subject: "canaries", reason, detail: { kind, added } });
  return added;
}

export async function removeCanaries(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  { kind, numbers, reason }: GivenCanaries,
): Promise<number> {
  const removed = await deleteCanaries(tx, indexesOf(ring, kind, numbers));
  await appendAudit(tx, { actor, action: "canary.remove", subject: "canaries", reason, detail: { kind, removed } });
  return removed;
}

function indexesOf(ring: KeyRing, kind: DocumentKind, numbers: readonly string[]): Buffer[] {
  const faults: FieldFault[] = [];
  const indexes = numbers.flatMap((number, at) => {
    const read = parseDocument(kind, number);
    if (read.ok) return [Buffer.from(findingIndex(ring, read.document), "hex")];
    faults.push({ pointer: `#/numbers/${at}`, code: read.fault });
    return [];
  });
  if (numbers.length === 0) faults.push({ pointer: "#/numbers", code: "too_few" });
  if (faults.length > 0) throw new AppError("validation", { faults });
  return indexes;
}
