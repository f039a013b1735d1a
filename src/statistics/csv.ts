// Figures as a table that office programs open: UTF-8 by its mark, and no cell that they would run as a formula.

export type CsvCell = string | number | null;

/** Office programs take a file for UTF-8 by its byte order mark. Lines end as RFC 4180 says. */
export function csvOf(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** A text that begins like a formula stays a text behind an apostrophe; a number is none. */
function csvCell(value: CsvCell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
