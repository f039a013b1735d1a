// From the fields of a form to the JSON that an operation reads: a field's name is the JSON Pointer of its member, without
// the leading slash. What was left empty is not sent.

/** Names of ours are far from both; a form is hostile input. */
const MEMBERS_MAX = 2_000;
const DEPTH_MAX = 5;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
/** Fields of the page itself. */
const OWN_FIELDS = new Set(["csrf", "version"]);

export type FieldKinds = {
  /** Names of boxes that are sent as true or false. */
  booleans?: readonly string[];
  /** Names of fields that hold a whole number. */
  numbers?: readonly string[];
  /** Names of groups of boxes, and of areas with a value a line: sent as lists. */
  lists?: readonly string[];
};

type Node = Map<string, unknown>;

/**
 * @example
 * // servedOn=2026-11-22&debtor/name=…&grounds=G1&grounds=G4
 * readValues(form, { lists: ["grounds"] }) // { servedOn: "2026-11-22", debtor: { name: "…" }, grounds: ["G1", "G4"] }
 */
export function readValues(form: FormData, kinds: FieldKinds = {}): Record<string, unknown> {
  const root: Node = new Map();
  for (const name of [...new Set(form.keys())].slice(0, MEMBERS_MAX)) {
    const value = valueOf(form, name, kinds);
    if (value !== undefined && !OWN_FIELDS.has(name)) place(root, name.split("/"), value);
  }
  // A box that is not ticked is not in the form.
  for (const name of kinds.booleans ?? []) if (!form.has(name)) place(root, name.split("/"), false);
  return jsonOf(root) as Record<string, unknown>;
}

function valueOf(form: FormData, name: string, { booleans = [], numbers = [], lists = [] }: FieldKinds): unknown {
  const texts = form.getAll(name).flatMap((value) => (typeof value === "string" ? value.trim() : []));
  if (lists.includes(name)) {
    const lines = texts.flatMap((text) => text.split(/\r?\n/)).map((line) => line.trim());
    const filled = lines.filter((line) => line !== "");
    return filled.length > 0 ? filled : undefined;
  }
  const [text = ""] = texts;
  if (booleans.includes(name)) return text === "true" || text === "on";
  if (text === "") return undefined;
  return numbers.includes(name) && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function place(root: Node, members: string[], value: unknown): void {
  if (members.length > DEPTH_MAX || members.some((member) => member === "" || FORBIDDEN.has(member))) return;
  let node = root;
  for (const member of members.slice(0, -1)) {
    const next = node.get(member);
    const inner: Node = next instanceof Map ? (next as Node) : new Map();
    node.set(member, inner);
    node = inner;
  }
  node.set(members.at(-1) ?? "", value);
}

/** Members that are all numbers make a list, in their order. */
function jsonOf(node: unknown): unknown {
  if (!(node instanceof Map)) return node;
  const entries = [...(node as Node)].map(([member, value]): [string, unknown] => [member, jsonOf(value)]);
  const isList = entries.length > 0 && entries.every(([member]) => /^\d{1,4}$/.test(member));
  if (!isList) return Object.fromEntries(entries);
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}
