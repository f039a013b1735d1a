// Published vectors of every document kind, what is refused and why, and detection without a stated kind.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  detectDocumentKinds,
  documentKeys,
  documentKinds,
  parseDocument,
  residentIdOf,
  type DocumentFault,
  type DocumentKind,
  type IdentityDocument,
} from "../../src/identity/index.ts";

describe("numbers that are valid", () => {
  test.each<[DocumentKind, string, string]>([
    ["resident_id", "110101190001010014", "110101190001010014"],
    ["resident_id", "350203190003151024", "350203190003151024"],
    ["resident_id", "35021119000102008X", "35021119000102008X"],
    ["resident_id", "110101000101001", "110101190001010014"],
    ["resident_id", "350203000315102", "350203190003151024"],
    ["resident_id", "650101000615208", "650101190006152084"],
    ["resident_id", "810000190001010018", "810000190001010018"],
    ["resident_id", "820000190001010028", "820000190001010028"],
    ["resident_id", "830000190001010038", "830000190001010038"],
    ["uscc", "91350200MA0000007F", "91350200MA0000007F"],
    ["uscc", "91110000XX0000019G", "91110000XX0000019G"],
    ["uscc", "11350200000000000Y", "11350200000000000Y"],
    ["uscc", "123502001234567883", "123502001234567883"],
    ["uscc", "N2350211MF00000051", "N2350211MF00000051"],
    ["organization_code", "12345678-8", "123456788"],
    ["organization_code", "XX000001-9", "XX0000019"],
    ["organization_code", "MA000000-7", "MA0000007"],
    ["organization_code", "000000000", "000000000"],
    ["registration_number", "350200100000007", "350200100000007"],
    ["registration_number", "110000000000017", "110000000000017"],
    ["registration_number", "440300600000091", "440300600000091"],
    ["hk_macau_permit", "H00000001", "H00000001"],
    ["hk_macau_permit", "M00000002", "M00000002"],
    ["hk_macau_permit", "H0000000301", "H00000003"],
    ["taiwan_permit", "00000001", "00000001"],
    ["taiwan_permit", "00000002", "00000002"],
    ["taiwan_permit", "0000000301", "00000003"],
    ["foreign_permanent_resident", "USA110000010104", "USA110000010104"],
    ["foreign_permanent_resident", "JPN350200020201", "JPN350200020201"],
    ["foreign_permanent_resident", "GBR440300030316", "GBR440300030316"],
    ["foreign_permanent_resident", "935840190001010014", "935840190001010014"],
    ["foreign_permanent_resident", "911392190001010024", "911392190001010024"],
    ["foreign_permanent_resident", "944826190001010034", "944826190001010034"],
  ])("a %s of %s has the canonical form %s", (kind, raw, number) => {
    expect(parsed(kind, raw)).toMatchObject({ kind, number, country: null });
  });

  test.each<[string, string]>([
    ["a lower-case check character", "35021119000102008x"],
    ["full-width digits", "３５０２１１１９０００１０２００８Ｘ"],
    ["inner and ideographic spaces", " 350211 19000102\u3000008X "],
    ["hyphens of any kind", "350211-19000102\u2013008X"],
  ])("%s is read as the same number", (_what, raw) => {
    expect(parsed("resident_id", raw).number).toBe("35021119000102008X");
  });

  test.each<[string, string, string]>([
    ["CHN", "E00000001", "CHNE00000001"],
    ["chn", "ea0000001", "CHNEA0000001"],
    ["CHN", "G00000001", "CHNG00000001"],
    ["CHN", "DE0000001", "CHNDE0000001"],
    ["USA", "000000001", "USA000000001"],
  ])("a passport of %s is found under its State", (country, raw, key) => {
    const document = parsed("passport", raw, country);
    expect(document.country).toBe(country.toUpperCase());
    expect(documentKeys(document)).toEqual([{ kind: "passport", number: key }]);
  });
});

describe("what a number says of its holder", () => {
  test.each<[DocumentKind, string, IdentityDocument["birthDate"], IdentityDocument["sex"]]>([
    ["resident_id", "110101190001010014", "1900-01-01", "male"],
    ["resident_id", "350203000315102", "1900-03-15", "female"],
    ["foreign_permanent_resident", "935840190001010014", "1900-01-01", null],
    ["foreign_permanent_resident", "USA110000010104", null, null],
    ["uscc", "91350200MA0000007F", null, null],
  ])("a %s of %s holds the birth date %s and the sex %s", (kind, raw, birthDate, sex) => {
    expect(parsed(kind, raw)).toMatchObject({ birthDate, sex });
  });

  test.each(["996", "997", "998", "999"])("a 15-digit number of sequence %s is of a birth before 1900", (sequence) => {
    expect(parsed("resident_id", `350203000315${sequence}`)).toMatchObject({
      number: `350203000315${sequence}`,
      birthDate: "1800-03-15",
    });
  });
});

describe("numbers that are refused", () => {
  test.each<[DocumentKind, string, DocumentFault]>([
    ["resident_id", "110101190001010015", "bad_checksum"],
    ["resident_id", "110101190002290011", "bad_date"],
    ["resident_id", "110101000229001", "bad_date"],
    ["resident_id", residentIdOf("11010100010101001"), "bad_date"],
    ["resident_id", "35020319000315102", "bad_form"],
    ["resident_id", "3502031900****1024", "bad_form"],
    ["resident_id", residentIdOf("99010119000101001"), "bad_province"],
    ["resident_id", "", "bad_form"],
    ["uscc", "91350200MA0000007G", "bad_checksum"],
    ["uscc", "91350200MAO000007F", "bad_form"],
    ["organization_code", "12345678-9", "bad_checksum"],
    ["organization_code", "1234567-8", "bad_form"],
    ["registration_number", "350200100000008", "bad_checksum"],
    ["registration_number", "35020010000000", "bad_form"],
    ["hk_macau_permit", "X00000001", "bad_form"],
    ["taiwan_permit", "000000001", "bad_form"],
    ["foreign_permanent_resident", "USA110000010105", "bad_checksum"],
    ["foreign_permanent_resident", "935840190001010015", "bad_checksum"],
    ["foreign_permanent_resident", "110101190001010014", "bad_form"],
  ])("a %s of %s is refused as %s", (kind, raw, fault) => {
    expect(parseDocument(kind, raw)).toEqual({ ok: false, fault });
  });

  test.each<[DocumentKind, string, string | undefined, DocumentFault]>([
    ["passport", "E00000001", undefined, "country_required"],
    ["passport", "E00000001", "CN", "country_required"],
    ["passport", "X00000001", "CHN", "bad_form"],
    ["passport", "0001", "USA", "bad_form"],
    ["resident_id", "110101190001010014", "CHN", "country_not_allowed"],
  ])("a %s of %s with the country %s is refused as %s", (kind, raw, country, fault) => {
    expect(parseDocument(kind, raw, country)).toEqual({ ok: false, fault });
  });

  test("letters that only upper case would make Latin are refused", () => {
    expect(parseDocument("passport", "\u00DF0000001", "USA").ok).toBe(false);
    expect(parseDocument("passport", "\u01310000001", "USA").ok).toBe(false);
  });

  test("no text makes a parser throw, and what it accepts it accepts again unchanged", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[HMmh]?[0-9 -]{8,10}$/));
    fc.assert(
      fc.property(fc.constantFrom(...documentKinds), text, (kind, raw) => {
        const country = kind === "passport" ? "USA" : undefined;
        const outcome = parseDocument(kind, raw, country);
        const again = outcome.ok ? parseDocument(kind, outcome.document.number, country) : outcome;
        expect(again).toEqual(outcome);
      }),
    );
  });
});

describe("numbers without a stated kind", () => {
  test.each<[string, DocumentKind[]]>([
    ["110101190001010014", ["resident_id"]],
    ["110101000101001", ["resident_id"]],
    ["935840190001010014", ["foreign_permanent_resident"]],
    ["USA110000010104", ["foreign_permanent_resident"]],
    ["91350200MA0000007F", ["uscc"]],
    ["350200100000007", ["registration_number"]],
    ["12345678-8", ["organization_code"]],
    ["00000001", []],
    ["E00000001", []],
    ["", []],
    ["测试甲", []],
  ])("%s passes as %s", (raw, kinds) => {
    expect(detectDocumentKinds(raw)).toEqual(kinds);
  });

  test("a number that passes as two kinds is reported as both", () => {
    expect(detectDocumentKinds(twoKinds())).toEqual(["resident_id", "registration_number"]);
  });
});

test("a social credit code is found under the organisation code it carries too", () => {
  expect(documentKeys(parsed("uscc", "91350200MA0000007F"))).toEqual([
    { kind: "uscc", number: "91350200MA0000007F" },
    { kind: "organization_code", number: "MA0000007" },
  ]);
});

function parsed(kind: DocumentKind, raw: string, country?: string): IdentityDocument {
  const outcome = parseDocument(kind, raw, country);
  if (!outcome.ok) throw new Error(outcome.fault);
  return outcome.document;
}

/** A 15-digit resident id that passes the registration number's check by chance, as one in ten does. */
function twoKinds(): string {
  for (let sequence = 100; sequence < 200; sequence++) {
    const number = `350203000315${sequence}`;
    if (parseDocument("registration_number", number).ok) return number;
  }
  throw new Error("none in a hundred");
}
