// A list of parties as people paste it: a line each, its cells parted by tabs or commas. What a line says is for the API
// to judge.
import { parse } from "csv-parse/sync";

/** The columns of a list, in the order of one without a heading, under every name that a heading may have. */
const columns = {
  name: ["姓名", "名称", "姓名（名称）", "name"],
  number: ["证件号码", "号码", "统一社会信用代码", "documentnumber"],
  type: ["证件类型", "documenttype"],
  role: ["身份", "role"],
  reference: ["备注", "序号", "reference"],
} as const;
type Column = keyof typeof columns;
const order = Object.keys(columns) as Column[];

export type PastedParty = {
  name?: string;
  document: { type: string; number?: string };
  role?: string;
  reference?: string;
};

/** `unsaid` is what stands for a type or role that a line leaves out. */
export function readPasted(text: string, unsaid: { type: string; role: string }): PastedParty[] {
  const rows = parse(text.trim(), {
    delimiter: ["\t", ",", "，"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  });
  const [first = []] = rows;
  const heading = first.map(columnNamed);
  const isHeading = heading.includes("name");
  const places = isHeading ? heading : order;
  return rows.slice(isHeading ? 1 : 0).map((cells) => partyOf(cells, places, unsaid));
}

function partyOf(cells: string[], places: readonly (Column | null)[], unsaid: { type: string; role: string }) {
  const said = (column: Column) => cells[places.indexOf(column)] || undefined;
  const [name, number, reference] = [said("name"), said("number"), said("reference")];
  return {
    ...(name !== undefined && { name }),
    document: { type: said("type") ?? unsaid.type, ...(number !== undefined && { number }) },
    role: said("role") ?? unsaid.role,
    ...(reference !== undefined && { reference }),
  };
}

function columnNamed(cell: string): Column | null {
  const given = cell.toLowerCase();
  return order.find((column) => columns[column].some((name) => name === given)) ?? null;
}
