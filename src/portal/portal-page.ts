// What the public's pages have in common beside their frame: their headers, and refusals in the words of people.
import type { FieldFault } from "../platform/error.ts";
import { problemDocument } from "../platform/problem.ts";
import { type FormState, PAGE_HEADERS, type Refusal } from "../ui/index.ts";

/** Of every page about somebody: kept by nobody, and in no search engine. */
export const PRIVATE_HEADERS = {
  ...PAGE_HEADERS,
  "Cache-Control": "no-store",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "Content-Language": "zh-CN",
} as const;
export const PUBLIC_HEADERS = { ...PAGE_HEADERS, "Cache-Control": "no-cache", "Content-Language": "zh-CN" } as const;

/** What was refused, in the words of somebody who fills in a form and knows of no interface. */
export function plainRefusal(refusal: Refusal): Refusal {
  if (refusal.code !== "validation") return refusal;
  const { status, code, errors, retryAfter } = refusal;
  const told = { title: "提交内容有误", detail: "请改正下列各项后重新提交。" };
  return { status, code, retryAfter, ...told, ...(errors && { errors }) };
}

export function plainState(state: FormState): FormState {
  return { ...state, refusal: state.refusal && plainRefusal(state.refusal) };
}

/** The refusal of a form that no operation of the API reads. */
export function refusalOfFaults(faults: readonly FieldFault[]): Refusal {
  return plainRefusal({ ...problemDocument("validation", "zh", [...faults]), retryAfter: null });
}
