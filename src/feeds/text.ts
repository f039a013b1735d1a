// Texts of a row: single-line values, free texts and dates, each with its bound.
import { redactNumbers, textFault } from "../identity/index.ts";
import { isCalendarDate } from "../platform/time.ts";
import { isPlaceholder } from "./field.ts";
import type { RejectionCode } from "./rejection.ts";
import { remember } from "./remember.ts";

/** `null` is "no value"; a fault is told from a value by its shape. */
export type Reading = { value: string | null } | { fault: RejectionCode };

/** Characters of a single-line value. */
export const LINE_LENGTH_MAX = 300;
/** Characters of a free text; what is longer is cut. The longest judgments' obligations run to a few thousand. */
export const FREE_TEXT_LENGTH_MAX = 4_000;

const plain = /^[\u4E00-\u9FFF\w()（）.,，、:：;；。·-]*$/;
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
const dateForms =
  /^(\d{4})(?:年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2})|[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{2}:\d{2}.*)?)$/;

/** A value of one line: no control characters, nothing lost to a wrong encoding. */
export function readLine(raw: unknown): Reading {
  if (isPlaceholder(raw)) return { value: null };
  if (typeof raw !== "string" && !Number.isSafeInteger(raw)) return { fault: "bad_form" };
  const text = String(raw).trim();
  if (text.length > LINE_LENGTH_MAX) return { fault: "too_long" };
  const fault = plain.test(text) ? null : textFault(text);
  if (fault === "control_character") return { fault };
  return fault === "replacement_character" || fault === "lone_surrogate" ? { fault: "mojibake" } : { value: text };
}

/** A text of several lines as it may be shown: numbers of persons in it are masked, other control characters dropped. */
export function readFreeText(raw: unknown): string | null {
  return isPlaceholder(raw) || (typeof raw !== "string" && !Number.isFinite(raw))
    ? null
    : cleanText(String(raw).trim());
}

/** The same for values that recur: regions, courts, labels. */
export function readLabel(raw: unknown): string | null {
  return isPlaceholder(raw) || typeof raw !== "string" ? null : cleanedLabel(raw.trim());
}

/** Cut after masking: a number that the cut divides would pass unseen. */
export function cleanText(raw: string): string {
  const text = plain.test(raw) ? raw : raw.replaceAll("\r\n", "\n").replace(controls, "").toWellFormed();
  const masked = redactNumbers(text);
  return masked.length > FREE_TEXT_LENGTH_MAX ? masked.slice(0, FREE_TEXT_LENGTH_MAX).toWellFormed() : masked;
}

const cleanedLabel = remember(cleanText);

/** `YYYY年MM月DD日`, `YYYYMMDD` and ISO forms as `YYYY-MM-DD`. */
export function readDate(raw: unknown): Reading {
  if (isPlaceholder(raw)) return { value: null };
  return typeof raw === "number" || typeof raw === "string" ? readDateText(String(raw).trim()) : { fault: "bad_form" };
}

const readDateText = remember((text): Reading => {
  const match = dateForms.exec(text);
  if (!match) return { fault: "bad_form" };
  const [, year = ""] = match;
  const month = match[2] ?? match[4] ?? match[6] ?? "";
  const day = match[3] ?? match[5] ?? match[7] ?? "";
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isCalendarDate(date) ? { value: date } : { fault: "bad_date" };
});
