// Case numbers: the form in force since 2016-01-01 (法〔2015〕137号), and the legacy forms before it.

/** `courtCode` is null for legacy numbers, whose court short names were free: their key also needs the court's name. */
export type CaseNumber = {
  raw: string;
  normal: string;
  year: number;
  courtCode: string | null;
  typeCode: string;
  number: string;
  legacy: boolean;
};

export type CaseNumberFault = "bad_form" | "bad_court_code" | "several_numbers";

export type CaseNumberOutcome = { ok: true; caseNumber: CaseNumber } | { ok: false; fault: CaseNumberFault };

const rawLengthMax = 200;
const provinces = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云藏陕甘青宁新兵军";
const year = String.raw`^\(((?:19|20)\d{2})\)`;
const count = String.raw`(?=\d{1,8}号)0*([1-9]\d*)号`;

// 字 and 第 are letters of legacy numbers only: without that, 闽执字第1号 would pass as a modern one of type 执字第.
const modern = new RegExp(
  String.raw`${year}(最高法|[${provinces}](?:\d{4}|\d{2})?)([知破环金海]?)((?:(?![字第])\p{Script=Han}){1,3})${count}(之[^号]+)?$`,
  "u",
);
const legacy = new RegExp(
  String.raw`${year}(\p{Script=Han}{1,8}?)(法?[民刑行]?执[行恢异复监保他]?)字?第?${count}(之[^号]+|-\d+)?$`,
  "u",
);
const wrongCourtCode = new RegExp(String.raw`${year}[${provinces}](?:\d|\d{3}|\d{5,})\p{Script=Han}`, "u");
const several = /\d号.*\d号|\d[、,;~至和与及-]\D{0,3}\d+号/u;

export function parseCaseNumber(raw: string): CaseNumberOutcome {
  if (raw.length > rawLengthMax) return { ok: false, fault: "bad_form" };
  const text = foldCaseNumber(raw);
  const caseNumber = readModern(raw, text) ?? readLegacy(raw, text);
  return caseNumber ? { ok: true, caseNumber } : { ok: false, fault: faultOf(text) };
}

function foldCaseNumber(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(/[〔【[]/g, "(")
    .replace(/[〕】\]]/g, ")")
    .replace(/\s+/g, "");
}

function readModern(raw: string, text: string): CaseNumber | null {
  const match = modern.exec(text);
  if (!match) return null;
  const [, year = "", courtCode = "", special = "", typeCode = "", number = "", suffix = ""] = match;
  const normal = `(${year})${courtCode}${special}${typeCode}${number}号${suffix}`;
  return { raw, normal, year: Number(year), courtCode, typeCode, number, legacy: false };
}

/** 字第 may be written or left out; the normal form always writes it. */
function readLegacy(raw: string, text: string): CaseNumber | null {
  const match = legacy.exec(text);
  if (!match) return null;
  const [, year = "", court = "", typeCode = "", number = "", suffix = ""] = match;
  const normal = `(${year})${court}${typeCode}字第${number}号${suffix}`;
  return { raw, normal, year: Number(year), courtCode: null, typeCode, number, legacy: true };
}

function faultOf(text: string): CaseNumberFault {
  if (wrongCourtCode.test(text)) return "bad_court_code";
  return several.test(text) ? "several_numbers" : "bad_form";
}
