// One published row: the variants that are read, and the faults that are named.
import { describe, expect, test } from "vitest";
import { organizationCodeOf, residentIdOf, usccOf } from "../../src/identity/index.ts";
import { readRow } from "../../src/feeds/row.ts";
import { EXTRA_COLUMNS_MAX, EXTRA_LENGTH_MAX, LEFT_OUT } from "../../src/feeds/extra.ts";
import { FREE_TEXT_LENGTH_MAX } from "../../src/feeds/text.ts";
import { testKeys } from "../registry/keys.ts";
import { numberOf, type PublishedRow, publishedRow } from "./published-row.ts";

const read = (over: PublishedRow = {}) => readRow(publishedRow(1, over), testKeys);

function accepted(over: PublishedRow = {}) {
  const reading = read(over);
  if (!reading.ok) throw new Error(`rejected: ${JSON.stringify(reading.faults)}`);
  return reading.staged;
}

function codes(over: PublishedRow): string[] {
  const reading = read(over);
  return reading.ok ? [] : reading.faults.map(({ field, code }) => `${String(field)} ${code}`);
}

const minor = residentIdOf("35999920100601101");
const uscc = usccOf("91350200MA0000007");
const organisation = { iname: "测试公司（演示）", cardNum: uscc, partyTypeName: "581", sexy: "", age: 0 };

describe("an accepted row", () => {
  test("says who, where, why and since when", () => {
    const { party, content, removed } = accepted();
    expect(removed).toBe(false);
    expect(party).toMatchObject({ kind: "person", documentKind: "resident_id", further: null });
    expect(content).toMatchObject({
      name: "测试甲",
      nameKeys: ["测试甲"],
      sex: "male",
      ageAtPublication: 119,
      courtCode: "闽0203",
      caseNumber: "(2019)闽0203执90000001号",
      grounds: ["G1"],
      performedPart: null,
      filedOn: "2019-01-02",
      publishedOn: "2019-03-04",
      termKind: "open",
    });
  });

  test("is the same in the manner of the feed as in the manner of the site", () => {
    const feed = { partyTypeName: "0", sexy: "男性", age: "119", regDate: "20190102", publishDate: "20190304" };
    expect(accepted({ ...feed, StdStg: 1, areaNameNew: "福建" }).content).toEqual(accepted().content);
  });

  test("is the same under the vendors' names of its columns", () => {
    const { iname, cardNum, caseCode, duty, publishDate, ...rest } = publishedRow(1);
    const vendor = { ...rest, pname: iname, sfz: cardNum, caseNo: caseCode, yiwu: duty, ptime: publishDate };
    const reading = readRow(vendor, testKeys);
    expect(reading.ok && reading.staged.content).toEqual(accepted().content);
    expect(reading.unknownColumns).toEqual([]);
  });

  test("is found by a 15-digit number as by its 18-digit form", () => {
    const number = numberOf(1);
    const old = number.slice(0, 6) + number.slice(8, 17);
    expect(accepted({ cardNum: old }).party.identity.blindIndex).toEqual(accepted().party.identity.blindIndex);
  });

  test("is one party under a USCC and under the organisation code within, hyphen or not", () => {
    const byUscc = accepted(organisation).party;
    const code = uscc.slice(8, 17);
    const byCode = accepted({ ...organisation, cardNum: `${code.slice(0, 8)}-${code.slice(8)}` }).party;
    expect(byCode.subjectId).toBe(byUscc.subjectId);
    expect(byUscc.further?.kind).toBe("uscc");
    expect(byCode.further).toBeNull();
  });

  test("may be masked: then it is found by mask and name together", () => {
    const masked = { cardNum: "3502031900****1024" };
    const [one, other] = [accepted(masked).party, accepted({ ...masked, iname: "测试乙" }).party];
    expect(one).toMatchObject({ documentKind: "masked_resident_id", identity: { number: null } });
    expect(other.subjectId).not.toBe(one.subjectId);
  });

  test("keeps the officers of an organisation by name and office, without their numbers", () => {
    const officer = { iname: "测试乙", cardNum: "3502031900****1024", corporationtypename: "法定代表人" };
    const { content } = accepted({ ...organisation, businessEntity: "测试乙", qysler: [officer] });
    expect(content.officers).toEqual([{ name: "测试乙", office: "法定代表人" }]);
    expect(content.legalRepresentative).toBe("测试乙");
    expect(JSON.stringify(content)).not.toContain("1024");
    expect(accepted({ ...organisation, qysler: JSON.stringify([officer]) }).content.officers).toEqual(content.officers);
  });

  test("has free texts with line breaks, without other control characters, numbers or excess length", () => {
    const duty = `一、向${numberOf(2)}\u0000支付\r\n二、${"长".repeat(FREE_TEXT_LENGTH_MAX)}`;
    const { obligation } = accepted({ duty }).content;
    expect(obligation?.startsWith(`一、向${"*".repeat(18)}支付\n二、长`)).toBe(true);
    expect(obligation).toHaveLength(FREE_TEXT_LENGTH_MAX);
  });

  test("answers to its other names too", () => {
    expect(accepted({ iname: "测试甲（曾用名测试丙）" }).content.nameKeys).toEqual(["测试甲", "测试丙"]);
  });

  test("says itself that its listing has ended", () => {
    expect(accepted({ removed: true }).removed).toBe(true);
    expect(accepted({ removed: "true" }).removed).toBe(true);
    expect(accepted({ removed: "no" }).removed).toBe(false);
  });

  test("of an adult whose mask leaves no doubt is kept", () => {
    expect(codes({ cardNum: "3599992000****1014" })).toEqual([]);
  });

  test("keeps the columns that nobody knows, and reports them", () => {
    const over = {
      备注: "x",
      金额: 10_000.5,
      已结: false,
      空: "",
      附: [{ 号: numberOf(2) }],
      [numberOf(3)]: Number(numberOf(4)),
    };
    const { 备注, 金额, 已结 } = over;
    const extra = { 备注, 金额, 已结, 附: `[{"号":"${"*".repeat(18)}"}]`, ["*".repeat(18)]: "*".repeat(18) };
    expect(accepted(over).content.extra).toEqual(extra);
    expect(read(over).unknownColumns).toEqual(["备注", "金额", "已结", "空", "附", "*".repeat(18)]);
    expect(accepted().content.extra).toBeNull();
  });

  test("keeps what a second column of a field says, where it says something else", () => {
    expect(accepted({ sfz: numberOf(1), court: "某法院", name: "无" }).content.extra).toEqual({ court: "某法院" });
  });

  test("keeps unknown columns whatever their order, within bounds, and says how many it left out", () => {
    const columns = Array.from({ length: EXTRA_COLUMNS_MAX + 2 }, (_, i) => [`甲${100 + i}`, "x"] as const);
    const extra = accepted(Object.fromEntries(columns.toReversed())).content.extra ?? {};
    expect(Object.keys(extra)).toEqual([...columns.slice(0, -2).map(([name]) => name), LEFT_OUT]);
    expect(extra[LEFT_OUT]).toBe(2);
    const long = accepted({ 甲: "长".repeat(EXTRA_LENGTH_MAX - 1), 乙: "x", 丙: "\u0000y\uD800" }).content.extra;
    expect(long).toEqual({ 丙: "y\uFFFD", 乙: "x", [LEFT_OUT]: 1 });
    expect(JSON.parse(JSON.stringify(accepted(JSON.parse('{"__proto__":"x"}') as PublishedRow).content.extra))).toEqual(
      JSON.parse('{"__proto__":"x"}'),
    );
  });
});

test.each<[string, PublishedRow]>([
  ["iname name_missing", { iname: "暂无" }],
  ["iname name_missing", { iname: undefined }],
  ["iname name_without_letters", { iname: "··" }],
  ["iname mojibake", { iname: "测??甲" }],
  ["iname mojibake", { iname: "测\uFFFD甲" }],
  ["iname control_character", { iname: "测\u0000甲" }],
  ["iname too_long", { iname: "长".repeat(10_000) }],
  ["iname bad_form", { iname: { toString: "x" } }],
  ["caseCode case_number_missing", { caseCode: "" }],
  ["caseCode bad_court_code", { caseCode: "(2019)闽020执90000001号" }],
  ["caseCode several_numbers", { caseCode: "(2019)闽0203执90000001号、90000002号" }],
  ["caseCode bad_form", { caseCode: "2019年第1号" }],
  ["courtName court_missing", { courtName: null }],
  ["publishDate published_missing", { publishDate: "无" }],
  ["publishDate bad_date", { publishDate: "2019年02月30日" }],
  ["publishDate bad_form", { publishDate: "去年" }],
  ["regDate bad_date", { regDate: "20191301" }],
  ["iname bad_form", { iname: Infinity }],
  ["publishDate date_in_future", { publishDate: "2099年01月01日" }],
  ["publishDate date_in_future", { publishDate: "2099年01月01日", cardNum: minor }],
  ["cardNum number_missing", { cardNum: "/" }],
  ["cardNum number_rounded", { cardNum: Number(numberOf(1)) }],
  ["cardNum number_rounded", { cardNum: Infinity }],
  ["cardNum number_rounded", { cardNum: "1.10101E+17" }],
  ["sfz bad_form", { cardNum: "无", sfz: "1" }],
  ["cardNum bad_checksum", { cardNum: "110101190001010015" }],
  ["cardNum bad_date", { cardNum: "110101190002290011" }],
  ["cardNum bad_form", { cardNum: "35020319000315102" }],
  ["cardNum bad_form", { cardNum: "00000001" }],
  ["cardNum bad_form", { cardNum: "35020319****1024" }],
  ["cardNum minor", { cardNum: minor }],
  ["cardNum minor", { cardNum: "3599992002****1014" }],
  ["cardNum minor_unclear", { cardNum: "3599992001****1014" }],
  ["partyTypeName kind_conflict", { cardNum: uscc }],
  ["partyTypeName kind_conflict", { ...organisation, cardNum: "110101190001010014" }],
  ["partyTypeName kind_conflict", { ...organisation, cardNum: "3502031900****1024" }],
  ["cardNum bad_checksum", { ...organisation, cardNum: organizationCodeOf("12345678").replace(/.$/, "0") }],
])("%s", (fault, over) => {
  expect(codes(over)).toEqual([fault]);
});

test("a day is in the future by the calendar of the reading", () => {
  const codesOn = (today: string) => {
    const reading = readRow(publishedRow(1), testKeys, today);
    return reading.ok ? [] : reading.faults.map(({ code }) => code);
  };
  expect(codesOn("2019-03-04")).toEqual([]);
  expect(codesOn("2019-03-03")).toEqual(["date_in_future"]);
});

test("a row with several faults names them all", () => {
  expect(codes({ iname: "", caseCode: "", cardNum: "" })).toEqual([
    "iname name_missing",
    "caseCode case_number_missing",
    "cardNum number_missing",
  ]);
});
