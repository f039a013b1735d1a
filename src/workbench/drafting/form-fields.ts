// The fields of a draft's form between three shapes: what a browser sends, what is kept sealed, and what the API reads.
import { type FieldKinds, type FormState, readValues, refusedForm, type Refusal } from "../../ui/index.ts";
import { draftOf } from "../draft-values.ts";

/** Each field by its name; of a group of boxes a line for each that is ticked. */
export type Fields = Record<string, string>;

/** Fields of the page itself. */
const OWN_FIELDS = new Set(["csrf", "do", "after"]);
const COUNT = "count";
/** As many as the API takes in one form. */
const PARTIES_MAX = 50;
const IN_PARTY = /^parties\/(\d{1,2})\/(.+)$/;

const nothingWrong = { status: 0, code: "validation", title: "", detail: "", retryAfter: null } as const;

export function fieldsIn(form: FormData): Fields {
  const entries = Object.entries(refusedForm(form, nothingWrong).values);
  return Object.fromEntries(entries.filter(([name, value]) => !OWN_FIELDS.has(name) && value !== ""));
}

export function partyCount(fields: Fields): number {
  const count = Number(fields[COUNT]);
  return Number.isInteger(count) ? Math.min(Math.max(count, 1), PARTIES_MAX) : 1;
}

export function withParty(fields: Fields): Fields {
  return { ...fields, [COUNT]: String(Math.min(partyCount(fields) + 1, PARTIES_MAX)) };
}

/** Without the party at `place`; those behind it move up, and so do the units that are named by their place. */
export function withoutParty(fields: Fields, place: number): Fields {
  const moved = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const [, at = "", rest = ""] = IN_PARTY.exec(name) ?? [];
    if (at === "") return [[name, value]];
    const unit = movedUnit(value, place);
    if (Number(at) === place || unit === null) return [];
    return [[Number(at) > place ? `parties/${Number(at) - 1}/${rest}` : name, unit]];
  });
  return { ...Object.fromEntries(moved), [COUNT]: String(Math.max(partyCount(fields) - 1, 1)) };
}

/** Null for a unit that is no longer in the form. */
function movedUnit(value: string, place: number): string | null {
  const [, at] = /^party:(\d{1,2})$/.exec(value) ?? [];
  if (at === undefined) return value;
  if (Number(at) === place) return null;
  return Number(at) > place ? `party:${Number(at) - 1}` : value;
}

/** The body that the API reads of these fields. */
export function bodyOf(fields: Fields): Record<string, unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (name !== COUNT) for (const part of isGroup(name) ? value.split("\n") : [value]) form.append(name, part);
  return draftOf(readValues(form, kindsOf(partyCount(fields))));
}

const isGroup = (name: string) => /\/(?:grounds|lists)$/.test(name);

function kindsOf(count: number): FieldKinds {
  const inParties = (rest: string) => Array.from({ length: count }, (_, at) => `parties/${at}/${rest}`);
  return {
    booleans: ["notice/warned", ...inParties("performed")],
    lists: [...inParties("lists"), ...inParties("listing/grounds")],
    numbers: inParties("listing/term/months"),
  };
}

/** What is shown of these fields; each fault at the field that the page has for it. */
export function stateOf(fields: Fields, refusal: Refusal | null = null): FormState {
  const errors = refusal?.errors?.map((error) => ({ ...error, pointer: placeOf(error.pointer) }));
  return { values: fields, refusal: refusal && { ...refusal, ...(errors && { errors }) } };
}

/** Whether a party is listed, limited or both is one field; so is the unit of an officer. */
function placeOf(pointer: string): string {
  return pointer.replace(/\/listing$/, "/lists").replace(/\/limit\/unit\/.*$/, "/limit/unit");
}
