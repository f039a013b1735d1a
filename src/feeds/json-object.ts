// One row in JSON: an object whose members are named once, and not nested without end.
import { isObject } from "./file-row.ts";
import type { RejectionCode } from "./rejection.ts";

/** A published row has two levels. */
const DEPTH_MAX = 16;

type ObjectReading = { record: Record<string, unknown> } | { record: null; fault: RejectionCode };

export function readObject(text: string): ObjectReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { record: null, fault: "bad_form" };
  }
  if (!isObject(value)) return { record: null, fault: "bad_form" };
  const members = countMembers(value, 1);
  if (members === null) return { record: null, fault: "bad_form" };
  // JSON.parse takes the last of two members with one name: which of them is meant cannot be known.
  if (countNamesAtMost(text) !== members && countNames(text) !== members) {
    return { record: null, fault: "repeated_member" };
  }
  return { record: value };
}

/** Null where it is nested too deep. */
function countMembers(value: object, depth: number): number | null {
  if (depth > DEPTH_MAX) return null;
  const inner = Object.values(value) as unknown[];
  let members = Array.isArray(value) ? 0 : inner.length;
  for (const item of inner) {
    if (typeof item !== "object" || item === null) continue;
    const further = countMembers(item, depth + 1);
    if (further === null) return null;
    members += further;
  }
  return members;
}

/** Quotes with a colon behind them: every member's name ends so, and rarely anything else. */
function countNamesAtMost(text: string): number {
  let count = 0;
  for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", colon + 1)) {
    let before = colon - 1;
    while (text.charCodeAt(before) <= 0x20) before--;
    if (text.charCodeAt(before) === 0x22) count++;
  }
  return count;
}

function countNames(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) count++;
  return count;
}
