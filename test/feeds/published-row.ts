// Published rows for tests: the i-th invented person in the i-th case; name only what matters.
import { residentIdOf } from "../../src/identity/index.ts";

export type PublishedRow = Record<string, unknown>;

/** Born on 1 January 1900; `i` from 0 to 9,999. */
export function numberOf(i: number): string {
  return residentIdOf(
    `1101${String(1 + (i % 90)).padStart(2, "0")}19000101${String(100 + Math.floor(i / 90)).padStart(3, "0")}`,
  );
}

export function publishedRow(i: number, over: PublishedRow = {}): PublishedRow {
  return {
    id: 900_000_000 + i,
    iname: "测试甲",
    caseCode: `（2019）闽0203执${90_000_000 + i}号`,
    age: 119,
    sexy: "男",
    cardNum: numberOf(i),
    businessEntity: "",
    courtName: "厦门市思明区人民法院",
    areaName: "福建",
    partyTypeName: "580",
    gistId: "(2018)闽0203民初90000001号",
    regDate: "2019年01月02日",
    gistUnit: "厦门市思明区人民法院",
    duty: "偿还借款人民币10000元及利息",
    performance: "全部未履行",
    performedPart: "暂无",
    unperformPart: "暂无",
    disruptTypeName: "有履行能力而拒不履行生效法律文书确定义务",
    publishDate: "2019年03月04日",
    qysler: [],
    ...over,
  };
}

export const rowsOf = (count: number, over: PublishedRow = {}): PublishedRow[] =>
  Array.from({ length: count }, (_, i) => publishedRow(i, over));

/** The case number of row `i` as the register keeps it. */
export const caseOf = (i: number): string => `(2019)闽0203执${90_000_000 + i}号`;

export function jsonLines(rows: PublishedRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
