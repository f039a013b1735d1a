// What may be searched for: the full name of a party, three characters or more of an organisation's name, or an
// organisation's code; nobody is found by a person's number.
import { COURT_CODE, textField } from "../../courts/index.ts";
import {
  blindIndex,
  documentKeys,
  nameKey,
  nameKeys,
  parseDocument,
  redactNumbers,
  textFault,
} from "../../identity/index.ts";
import { AppError } from "../../platform/error.ts";
import { z } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { FieldCode } from "../../platform/problem-catalogue.ts";
import { lists } from "../../registry/schema.ts";
import { piecesOf, textOfPieces } from "./piece.ts";
import type { Sought } from "./queries.ts";

const NAME_LENGTH_MAX = 200;
const COURT_LENGTH_MAX = 100;
const CURSOR_LENGTH_MAX = 400;
export const PAGE_ROWS_MAX = 20;
/** To find a row costs little beside showing it. */
const PAGE_ROWS = 10;

/** The provinces as rows of the national list name them, with the character of their courts' codes (法〔2015〕137号). */
export const provinces = {
  北京: "京",
  天津: "津",
  河北: "冀",
  山西: "晋",
  内蒙古: "内",
  辽宁: "辽",
  吉林: "吉",
  黑龙江: "黑",
  上海: "沪",
  江苏: "苏",
  浙江: "浙",
  安徽: "皖",
  福建: "闽",
  江西: "赣",
  山东: "鲁",
  河南: "豫",
  湖北: "鄂",
  湖南: "湘",
  广东: "粤",
  广西: "桂",
  海南: "琼",
  重庆: "渝",
  四川: "川",
  贵州: "黔",
  云南: "云",
  西藏: "藏",
  陕西: "陕",
  甘肃: "甘",
  青海: "青",
  宁夏: "宁",
  新疆: "新",
} as const;
const provinceNames = Object.keys(provinces) as (keyof typeof provinces)[];

export const SearchRequest = z
  .strictObject({
    name: z.string().min(1).max(NAME_LENGTH_MAX).optional().openapi({
      description:
        "The full name of a person or an organisation, or three characters or more of an organisation's name",
      example: "厦门测试建设有限公司（演示）",
    }),
    uscc: z.string().min(1).max(40).optional().openapi({ description: "An organisation's unified social credit code" }),
    list: z.enum(lists).optional().openapi({ description: "Both where it is left out" }),
    province: z.enum(provinceNames).optional(),
    court: textField(COURT_LENGTH_MAX).optional().openapi({
      description: "The enforcing court, by its full name or by its code in case numbers",
      example: "闽0203",
    }),
    cursor: z.string().max(CURSOR_LENGTH_MAX).optional(),
    limit: z.int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS),
  })
  .superRefine(({ name, uscc }, context) => {
    if (name === undefined && uscc === undefined)
      context.addIssue({ code: "custom", path: ["name"], params: { code: "required" } });
    if (name !== undefined && uscc !== undefined)
      context.addIssue({ code: "custom", path: ["uscc"], params: { code: "not_allowed" } });
    const fault = name === undefined ? null : nameFault(name);
    if (fault) context.addIssue({ code: "custom", path: ["name"], params: { code: fault } });
  })
  .openapi("PublicSearch");
export type SearchRequest = z.infer<typeof SearchRequest>;

function nameFault(name: string): FieldCode | null {
  const fault = textFault(name);
  if (fault) return fault;
  if (redactNumbers(name) !== name) return "number_not_searched";
  return nameKey(name) === "" ? "name_without_letters" : null;
}

/** What of a search does not depend on the register; `courts` are the codes of whoever bears or bore the court's name. */
export function soughtBy(
  { blindIndexKey }: KeyRing,
  { name, uscc, list, province, court }: SearchRequest,
  { courts, common }: { courts: readonly string[]; common: ReadonlySet<string> },
): Sought {
  const names = name === undefined ? [] : nameKeys(name);
  return {
    names,
    piece: name === undefined ? null : pieceOf(name, names, common),
    documents: uscc === undefined ? [] : indexesOf(blindIndexKey, uscc),
    lists: list === undefined ? lists : [list],
    places: [
      ...(province === undefined ? [] : [[province, provinces[province]]]),
      ...(court === undefined ? [] : [COURT_CODE.test(court) ? [court] : [court, ...courts]]),
    ],
  };
}

function pieceOf(name: string, whole: readonly string[], common: ReadonlySet<string>): Sought["piece"] {
  const text = textOfPieces(nameKey(name));
  const { pieces, isCommon } = piecesOf(text, common);
  return pieces.length === 0 ? null : { text, whole, pieces, isCommon };
}

function indexesOf(key: KeyRing["blindIndexKey"], uscc: string): string[] {
  const read = parseDocument("uscc", uscc);
  if (!read.ok) throw new AppError("validation", { faults: [{ pointer: "#/uscc", code: read.fault }] });
  return documentKeys(read.document).map(({ kind, number }) => blindIndex(key, kind, number));
}
