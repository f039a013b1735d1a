// What visitors type into the search, as the search reads it.
import { detectDocumentKinds, redactNumbers } from "../../identity/index.ts";
import { AppError } from "../../platform/error.ts";
import { textOf } from "../../platform/form-request.ts";
import { parseAs } from "../../platform/http.ts";
import type { FormState } from "../../ui/index.ts";
import { refusalOfFaults } from "../portal-page.ts";
import { SearchRequest } from "../search/request.ts";

/** The fields of the form, which go along with every page of what was found. */
const searchFields = ["name", "list", "province", "court"] as const;
export type SearchValues = Record<(typeof searchFields)[number], string>;

export function searchValuesIn(form: FormData): SearchValues {
  return Object.fromEntries(searchFields.map((name) => [name, textOf(form, name)])) as SearchValues;
}

/** The search that is asked for, or the form again with what is wrong at its fields. */
export function readSearch(
  { name, ...narrowed }: SearchValues,
  cursor: string,
): { asked: SearchRequest } | { refused: FormState } {
  // One box takes names and codes: what has the form of a code is one.
  const isCode = detectDocumentKinds(name).includes("uscc");
  const given = Object.entries({ [isCode ? "uscc" : "name"]: name, ...narrowed, cursor });
  try {
    return { asked: parseAs(SearchRequest, Object.fromEntries(given.filter(([, value]) => value !== ""))) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "validation") throw error;
    // A person's number has no place here, and is not shown again.
    const values = { ...narrowed, name: redactNumbers(name) };
    return { refused: { values, refusal: refusalOfFaults(error.detail.faults ?? []) } };
  }
}
