// Canonical JSON of RFC 8785: one text for one value, so that its hash can be computed again anywhere.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Numbers and strings are written as JSON.stringify does; names stand in the order of their UTF-16 units. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join()}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no such number");
  if (typeof value === "string" && !value.isWellFormed()) throw new RangeError("JSON has no lone surrogates");
  return JSON.stringify(value);
}
