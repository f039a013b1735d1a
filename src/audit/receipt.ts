// Receipts: the file by which the holder of an entry proves, to anybody and without this service, what it commits to.
import type { Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type RequestContext, z } from "../platform/http.ts";
import { findLastFact, findPlaceOfRow } from "./log-queries.ts";
import { formatOpening, formatReceipt, type Json, type Opening } from "./log/index.ts";
import { proveEntry } from "./stored-log.ts";

/** The file, or `pending` until a checkpoint covers the entry. */
export type Receipt = { text: string } | "pending";

/** Where an entry stands, or the row of a series that it was made of. */
export type EntryPlace = { group: number; place: number } | { kind: "listing"; row: number };

const PENDING = "已留存记录，尚未列入公开日志，请稍后再取。\n";

const textFile = (description: string) => ({ description, content: { "text/plain": { schema: z.string() } } });

/** The successful answers of an operation that gives a receipt. */
export const receiptResponses = {
  200: textFile("The receipt"),
  202: textFile("It is on record and not in the public log yet: ask again after `Retry-After`"),
};

/** `erased` where the row's salt is: the entry stands in the log and means nothing any more. */
export async function readReceipt(sql: Sql, where: EntryPlace, opening: Opening | null): Promise<Receipt> {
  if (!opening) throw new AppError("erased");
  const entry = "row" in where ? await findPlaceOfRow(sql, where.kind, where.row) : where;
  const proof = entry ? await proveEntry(sql, entry.group, entry.place) : null;
  return proof ? { text: formatReceipt({ extra: formatOpening(opening), ...proof }) } : "pending";
}

/** The receipt of the newest fact on `subject`; `not-found` where there is none. */
export async function readFactReceipt(sql: Sql, subject: string): Promise<Receipt> {
  const found = await findLastFact(sql, subject);
  if (!found) throw new AppError("not-found");
  const { salt, fact } = found;
  return readReceipt(sql, found, salt && { fact: fact as { readonly [name: string]: Json }, salt });
}

/** `name` is the file's, without its extension. */
export function answerReceipt(c: Pick<RequestContext, "text">, name: string, receipt: Receipt) {
  if (receipt === "pending") return c.text(PENDING, 202, { "Cache-Control": "no-store", "Retry-After": "2" });
  const attachment = `attachment; filename="${name}.tlog-proof"`;
  return c.text(receipt.text, 200, { "Cache-Control": "no-store", "Content-Disposition": attachment });
}
