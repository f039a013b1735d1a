// The editions of the catalogue: imported once and never changed, one of them active. What was switched on for an agency
// keeps its words whatever edition comes after.
import { appendAudit } from "../audit/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Edition, parseEdition, shippedEdition } from "./edition.ts";
import { measureCodes } from "./measure.ts";
import {
  findActiveEdition,
  insertEdition,
  listEditions,
  listFurtherCodes,
  setActiveEdition,
} from "./measure-queries.ts";

export type EditionSummary = { name: string; active: boolean; measures: number; importedAt: Date | null };

/** Takes an edition in and makes it the active one; `conflict` where its name is taken. */
export async function importEdition(tx: Transaction, actor: string, json: unknown): Promise<Edition> {
  const content = parseEdition(json);
  const name = content.edition;
  const isTaken = name === shippedEdition.edition || !(await insertEdition(tx, { content, importedBy: actor }));
  if (isTaken) throw new AppError("conflict", { note: "an edition of this name exists, and editions do not change" });
  await setActiveEdition(tx, name);
  const detail = { measures: content.measures.length };
  await appendAudit(tx, { actor, action: "catalogue.import", subject: `catalogue_${name}`, detail });
  return content;
}

/** Makes a known edition the active one again: what is proposed from now on is taken from it. */
export async function activateEdition(tx: Transaction, actor: string, name: string, reason: string): Promise<void> {
  await readEdition(tx, name);
  await setActiveEdition(tx, name === shippedEdition.edition ? null : name);
  await appendAudit(tx, { actor, action: "catalogue.activate", subject: `catalogue_${name}`, reason });
}

export async function readActiveEdition(reader: Reader): Promise<Edition> {
  return (await findActiveEdition(reader))?.content ?? shippedEdition;
}

/** `not-found` where there is none of this name. */
export async function readEdition(reader: Reader, name: string): Promise<Edition> {
  const editions = [shippedEdition, ...(await listEditions(reader)).map(({ content }) => content)];
  const found = editions.find(({ edition }) => edition === name);
  if (!found) throw new AppError("not-found", { note: "no such edition" });
  return found;
}

/** The shipped one, and then as they were imported. */
export async function readEditions(reader: Reader): Promise<EditionSummary[]> {
  const rows = await listEditions(reader);
  const shipped = { name: shippedEdition.edition, active: !rows.some(({ active }) => active), importedAt: null };
  return [
    { ...shipped, measures: shippedEdition.measures.length },
    ...rows.map(({ name, active, content, importedAt }) => {
      return { name, active, measures: content.measures.length, importedAt };
    }),
  ];
}

/** The place of the first code that no edition and no agency's measure has; -1 where all are known. */
export async function findUnknownMeasure(reader: Reader, codes: readonly string[]): Promise<number> {
  if (codes.every((code) => measureCodes.has(code))) return -1;
  const further = new Set(await listFurtherCodes(reader));
  return codes.findIndex((code) => !measureCodes.has(code) && !further.has(code));
}
