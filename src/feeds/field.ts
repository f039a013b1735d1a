// The fields of a published row under all their names: the national site's, the shared feed's and the vendors' variants.

/** Field to its other names. */
const aliases = {
  iname: ["pname", "siname", "name"],
  cardNum: ["idcardNo", "cardnum", "sfz"],
  caseCode: ["caseNo", "caseNumber"],
  age: [],
  sexy: [],
  businessEntity: ["lerepName", "ownerName"],
  courtName: ["court"],
  areaName: ["province"],
  partyTypeName: [],
  orgType: ["OrgType"],
  gistId: ["yjCode", "caseNo_r"],
  gistUnit: ["yjdw", "reg"],
  regDate: ["sortTime", "sortTimeString", "sortTime(String)"],
  publishDate: ["postTime", "ptime"],
  duty: ["yiwu", "yw"],
  performance: ["lxqk"],
  performedPart: [],
  unperformPart: [],
  disruptTypeName: ["jtqx", "xwqx"],
  qysler: [],
  removed: [],
} as const;

export type Field = keyof typeof aliases;

/** A row by field; a column that is absent is undefined. */
export type Row = Partial<Record<Field, unknown>>;

/** Columns of the site and the feed that say nothing about the listing. */
const technical = [
  "id",
  "areaNameNew",
  "publishDateStamp",
  "focusNumber",
  "StdStg",
  "StdStl",
  "_update_time",
  "_select_time",
  "_version",
  "lastmod",
  "loc",
  "priority",
  "SiteId",
  "changefreq",
  "type",
  "sitelink",
];

const fieldOf = new Map<string, Field | null>(technical.map((name) => [name, null]));
for (const [field, others] of Object.entries<readonly string[]>(aliases)) {
  if (isField(field)) for (const name of [field, ...others]) fieldOf.set(name, field);
}

function isField(name: string): name is Field {
  return name in aliases;
}

/** Domain reference: what stands for "no value". */
const placeholders = new Set(["", "暂无", "无", "/", "-", "null", "无数据"]);

/** Longer texts are values, whatever white space they hold: most fields of a row are, and need no copy to know it. */
const PADDED_LENGTH_MAX = 16;

/**
 * The row with its fields under their first names; of two names of one field the first with a value counts, and one
 * that says something else is as unknown as a column that nobody knows.
 */
export function readFields(record: Record<string, unknown>): { row: Row; unknown: string[] } {
  const row: Row = {};
  const unknown: string[] = [];
  for (const column of Object.keys(record)) {
    const field = fieldOf.get(column);
    const value = record[column];
    if (field === undefined) unknown.push(column);
    else if (field === null) continue;
    else if (isPlaceholder(row[field])) row[field] = value;
    else if (!isPlaceholder(value) && value !== row[field]) unknown.push(column);
  }
  return { row, unknown };
}

/** The name under which a row has the field. */
export function columnOf(record: Record<string, unknown>, field: string): string {
  const columns = Object.keys(record).filter((column) => fieldOf.get(column) === field);
  return columns.find((column) => !isPlaceholder(record[column])) ?? columns[0] ?? field;
}

export function isFieldName(column: string): boolean {
  return fieldOf.has(column);
}

export function isPlaceholder(value: unknown): boolean {
  if (typeof value !== "string") return value === null || value === undefined;
  return placeholders.has(value) || (value.length <= PADDED_LENGTH_MAX && placeholders.has(value.trim()));
}
