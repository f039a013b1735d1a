// A row as a file gives it, before anything is known about its columns.

/** `record` is null where the row cannot be read at all. `line` counts from 1; of a row of several lines it is the first. */
export type FileRow = { line: number; record: Record<string, unknown> | null };

/** Characters of a row: what is longer is rejected, so that a file without line ends fills no memory. */
export const ROW_LENGTH_MAX = 1024 * 1024;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
