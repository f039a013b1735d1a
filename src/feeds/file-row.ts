// A row as a file gives it, before anything is known about its columns.
import type { RejectionCode } from "./rejection.ts";

/**
 * `line` counts from 1 and is the row's own: of a row of several lines the first, in a JSON array the place of the
 * element. A row that cannot be read at all says why.
 */
export type FileRow =
  { line: number; record: Record<string, unknown> } | { line: number; record: null; fault: RejectionCode };

/** What is longer is rejected, so that a file without line ends fills no memory. */
export const ROW_BYTES_MAX = 1024 * 1024;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
