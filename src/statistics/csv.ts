// Figures as a table that office programs open: UTF-8 by its mark, and no text that they would run as a formula.
import { stringify } from "csv-stringify/sync";

export type CsvCell = string | number | null;

export function csvOf(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    [head, ...rows].map((row) => [...row]),
    { bom: true, record_delimiter: "windows", escape_formulas: true },
  );
}
