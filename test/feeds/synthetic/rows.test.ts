// Invented rows: repeatable, believable, parseable, and each with a truth that the rows alone bear out.
import { describe, expect, test } from "vitest";
import {
  syntheticCourts,
  syntheticFaults,
  syntheticRows,
  type RowWithTruth,
  type SyntheticOptions,
  type Truth,
} from "../../../src/feeds/synthetic/index.ts";
import {
  detectDocumentKinds,
  parseCaseNumber,
  parseDocument,
  parseMaskedNumber,
  parseName,
  textFault,
} from "../../../src/identity/index.ts";
import { answerFromRows, bookOf, documentOf } from "./oracle.ts";

const rows = 20_000;
const national = read({ rows, seed: 11, kind: "national" });
const local = read({ rows, seed: 11, kind: "local" });
const flawed = read({ rows, seed: 11, kind: "national", flaws: 0.1 });

function read(options: SyntheticOptions): RowWithTruth[] {
  return [...syntheticRows(options)];
}

function share(list: readonly RowWithTruth[], holds: (one: RowWithTruth) => boolean): number {
  return list.filter(holds).length / list.length;
}

const isOrganisation = ({ row }: RowWithTruth) => row.partyTypeName === "581" || row.partyTypeName === "1";
const isMasked = ({ row }: RowWithTruth) => String(row.cardNum).includes("*");

describe("a list", () => {
  test("has as many rows as asked for, numbered from 1", () => {
    for (const count of [0, 1, 2, 63, 64, 65, 1000]) {
      const lines = read({ rows: count, seed: 3, kind: "local" }).map(({ truth }) => truth.line);
      expect(lines).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    }
  });

  test("refuses options that it cannot keep", () => {
    for (const wrong of [
      { rows: -1 },
      { rows: 1.5 },
      { rows: 10_000_001 },
      { seed: 0.5 },
      { flaws: 2 },
      { asOf: "2026-02-30" },
    ]) {
      expect(() => read({ rows: 1, seed: 1, kind: "local", ...wrong })).toThrow(RangeError);
    }
  });

  test("has every row once", () => {
    for (const list of [national, local]) expect(new Set(list.map(({ row }) => row.id)).size).toBe(rows);
  });

  test("mixes organisations, masks, grades and the two manners in about the stated shares", () => {
    for (const list of [national, local]) {
      expect(share(list, isOrganisation)).toBeCloseTo(0.15, 1);
      expect(share(list, ({ row }) => row.publishDateStamp !== undefined)).toBeCloseTo(0.4, 1);
      expect(share(list, ({ truth }) => truth.outcome === "clear")).toBeGreaterThan(0.01);
      expect(share(list, ({ truth }) => truth.outcome === "clear")).toBeLessThan(0.08);
    }
    const people = national.filter((one) => !isOrganisation(one));
    expect(share(people, isMasked)).toBeCloseTo(0.3, 1);
    expect(share(national, ({ truth }) => truth.grade === "probable")).toBeGreaterThan(0.1);
    expect(share(local, isMasked)).toBe(0);
  });

  test("holds the forms that real lists mix", () => {
    const forms: ((one: RowWithTruth) => boolean)[] = [
      ({ row }) => /^（\d{4}）/.test(String(row.caseCode)),
      ({ row }) => String(row.caseCode).includes("字第"),
      ({ row }) => /^\d{9}$|^\d{8}X$/.test(String(row.cardNum)),
      ({ row }) => /^\d{15}$/.test(String(row.cardNum)),
      ({ row }) => String(row.disruptTypeName).includes(","),
      ({ row }) => String(row.disruptTypeName).includes("违反限制高消费令"),
      ({ row }) => /^.[ 　].$/u.test(String(row.iname)),
      ({ row }) => /[·•‧∙⋅・･．.●]/u.test(String(row.iname)),
      ({ row }) => /^\d{8}$/.test(String(row.publishDate)),
      ({ row }) => Array.isArray(row.qysler) && row.qysler.length > 0,
      ({ row }) => String(row.duty).includes("\r\n"),
    ];
    expect(forms.filter((form) => !national.some(form)).map(String)).toEqual([]);
  });
});

describe("a good row", () => {
  test("carries a number, a name and a case number that identity accepts, and no control character", () => {
    for (const one of [...national, ...local]) {
      const { row } = one;
      const name = parseName(String(row.iname));
      expect(name.key).toBe(parseName(one.truth.check?.name ?? "").key);
      expect(name.mojibake || textFault(String(row.iname)) !== null).toBe(false);
      expect(documentOf(row)).not.toBeNull();
      const caseNumber = parseCaseNumber(String(row.caseCode));
      expect(caseNumber.ok && Number(caseNumber.caseNumber.number)).toBeGreaterThanOrEqual(90_000_000);
    }
  });

  test("never reads as two kinds of document, unless a person's number passes as a code by chance", () => {
    for (const { row } of [...national, ...local].filter((one) => isOrganisation(one))) {
      expect(detectDocumentKinds(String(row.cardNum))).toHaveLength(1);
    }
  });

  test("names people born in 1900 only", () => {
    const births = new Set<string | undefined>();
    for (const { truth } of [...national, ...local]) {
      if (truth.check?.document.type !== "resident_id") continue;
      const parsed = parseDocument("resident_id", truth.check.document.number);
      births.add(parsed.ok ? parsed.document.birthDate?.slice(0, 4) : undefined);
    }
    expect([...births]).toEqual(["1900"]);
  });

  test("names a court of the published table, whose code its case number carries", () => {
    const written = syntheticCourts("national").flatMap(({ code, name, aliases }) =>
      [name, ...aliases].map((form) => [form, code] as const),
    );
    const codes = new Map(written);
    const strangers = [...national, ...local].filter(({ row }) => {
      const code = codes.get(String(row.courtName));
      const parsed = parseCaseNumber(String(row.caseCode));
      return !code || !parsed.ok || (parsed.caseNumber.courtCode ?? code) !== code;
    });
    expect(strangers).toEqual([]);
    const localNames = syntheticCourts("local").map(({ name }) => name);
    expect(new Set(local.map(({ row }) => String(row.courtName).replace("福建省", "")))).toEqual(new Set(localNames));
  });

  test("ends the name of every organisation and every invented court with 演示", () => {
    for (const one of national.filter((candidate) => isOrganisation(candidate)))
      expect(one.row.iname).toMatch(/演示[）)]$/);
    for (const { name, code } of syntheticCourts("national"))
      expect(code.startsWith("闽") || name.endsWith("（演示）")).toBe(true);
  });
});

describe("flawed rows", () => {
  test("come in the share asked for and show every fault", () => {
    expect(share(flawed, ({ truth }) => !truth.accepted)).toBeCloseTo(0.1, 1);
    expect(new Set(flawed.flatMap(({ truth }) => truth.fault ?? []))).toEqual(new Set(syntheticFaults));
    expect(share(national, ({ truth }) => !truth.accepted)).toBe(0);
  });

  test("have a party that is on no good row", () => {
    const good = new Set(flawed.filter(({ truth }) => truth.accepted).map(({ truth }) => truth.check?.document.number));
    for (const { truth } of flawed) {
      if (truth.accepted || truth.fault === "duplicate") continue;
      expect(truth.outcome).toBe("clear");
      expect(good.has(truth.check?.document.number)).toBe(false);
    }
  });

  test("show the fault that they are said to have", () => {
    const seen: Record<string, (one: RowWithTruth, index: number) => boolean> = {
      bad_checksum: ({ row }) => detectDocumentKinds(String(row.cardNum)).length === 0,
      bad_form: ({ row }) =>
        detectDocumentKinds(String(row.cardNum)).length === 0 && parseMaskedNumber(String(row.cardNum)) === null,
      bad_date: ({ row }) =>
        /02月30日|0431|13月/.test(String(row.publishDate)) || faultOfPerson(row.cardNum) === "bad_date",
      minor: ({ row }) =>
        String(row.cardNum).startsWith("359999") && parseDocument("resident_id", String(row.cardNum)).ok,
      kind_conflict: (one) => parseDocument("resident_id", String(one.row.cardNum)).ok === isOrganisation(one),
      mojibake: ({ row }) => parseName(String(row.iname)).mojibake,
      name_missing: ({ row }) => ["", "暂无", "无数据"].includes(String(row.iname)),
      case_number_missing: ({ row }) => ["", "无", "/"].includes(String(row.caseCode)),
      bad_court_code: ({ row }) => faultOfCase(row.caseCode) === "bad_court_code",
      several_numbers: ({ row }) => faultOfCase(row.caseCode) === "several_numbers",
      control_character: ({ row }) => textFault(String(row.iname)) === "control_character",
      duplicate: ({ row }, index) => row === flawed[index - 1]?.row,
    };
    const sound = flawed.filter((one, index) => one.truth.fault && !seen[one.truth.fault]?.(one, index));
    expect(sound).toEqual([]);
  });
});

describe("the truth", () => {
  test("is what somebody finds who reads only the rows", () => {
    for (const list of [national, local, flawed]) expect(disagreements(list, list, "2026-11-01")).toEqual([]);
  });

  test("holds for two more years", () => {
    expect(disagreements(national, national, "2028-10-01")).toEqual([]);
  });

  test("is missed by somebody who lacks a tenth of the rows, or reads in another time", () => {
    const most = national.filter(({ truth }) => truth.line % 10 !== 0);
    expect(disagreements(most, national, "2026-11-01").length).toBeGreaterThan(500);
    expect(disagreements(national, national, "2030-11-01").length).toBeGreaterThan(500);
  });
});

test("a national and a local list of one seed share no number and no mask", () => {
  expect(masksOf(national).intersection(masksOf(local)).size).toBe(0);
  expect(masksOf(national).intersection(masksOf(flawed)).size).toBeGreaterThan(0);
});

/** Truths that a reader of `read` contradicts. */
function disagreements(read: readonly RowWithTruth[], truths: readonly RowWithTruth[], asOf: string): Truth[] {
  const accepted = read.filter(({ truth }) => truth.accepted);
  const book = bookOf(
    accepted.map(({ row }) => row),
    asOf,
  );
  return truths
    .map(({ truth }) => truth)
    .filter(({ check, outcome, grade }) => {
      if (check === null) return false;
      const found = answerFromRows(book, check);
      return found.outcome !== outcome || found.grade !== grade;
    });
}

function masksOf(list: readonly RowWithTruth[]): Set<string> {
  return new Set(
    list.flatMap(({ truth }) => truth.check?.document.number.replace(/^(.{10}).{4}(.{4})$/, "$1$2") ?? []),
  );
}

function faultOfPerson(cardNum: unknown): string | null {
  const parsed = parseDocument("resident_id", String(cardNum));
  return parsed.ok ? null : parsed.fault;
}

function faultOfCase(caseCode: unknown): string | null {
  const parsed = parseCaseNumber(String(caseCode));
  return parsed.ok ? null : parsed.fault;
}
