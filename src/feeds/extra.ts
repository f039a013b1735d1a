// What a row says in columns that nobody knows: kept in bounds, and without numbers of persons.
import { redactNumbers } from "../identity/index.ts";
import { cleanText, readFreeText } from "./text.ts";

export type Extra = Record<string, string | number | boolean>;

/** Beyond these bounds a row keeps how many columns were left out, under `LEFT_OUT`. */
export const EXTRA_COLUMNS_MAX = 50;
export const EXTRA_LENGTH_MAX = 4_000;
export const LEFT_OUT = "…";
const COLUMN_NAME_LENGTH_MAX = 60;

/** In the order of their names: the order of a file's columns is no change of its rows. */
export function readExtra(record: Record<string, unknown>, columns: readonly string[]): Extra | null {
  const extra = new Map<string, string | number | boolean>();
  let length = 0;
  let leftOut = 0;
  for (const column of columns.toSorted()) {
    const value = readValue(record[column]);
    if (value === null) continue;
    const name = columnName(column);
    const size = name.length + String(value).length;
    if (extra.has(name) || extra.size >= EXTRA_COLUMNS_MAX || length + size > EXTRA_LENGTH_MAX) leftOut++;
    else {
      extra.set(name, value);
      length += size;
    }
  }
  if (leftOut > 0) extra.set(LEFT_OUT, leftOut);
  return extra.size > 0 ? Object.fromEntries(extra) : null;
}

/** A column's name as it may be shown: it is the file's own text, and may hold a number. */
export function columnName(column: string): string {
  return cleanText(column).slice(0, COLUMN_NAME_LENGTH_MAX).toWellFormed();
}

/** Lists and objects are kept as their JSON. */
function readValue(raw: unknown): string | number | boolean | null {
  if (typeof raw === "boolean") return raw;
  if (typeof raw === "number")
    return Number.isFinite(raw) && redactNumbers(String(raw)) === String(raw) ? raw : readFreeText(String(raw));
  return readFreeText(typeof raw === "object" && raw !== null ? JSON.stringify(raw) : raw);
}
