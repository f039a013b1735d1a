// Names: separators, widths, brackets, spaces, aliases and lost characters, by table and by property.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameKey, nameKeys, parseName } from "../../src/identity/index.ts";

const dots = Array.from("\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65\uFF0E\u002E\u3002\u25CF");

describe("separators", () => {
  test.each(dots.map((dot) => [dot.codePointAt(0)?.toString(16), dot]))(
    "U+%s between Han is shown as U+00B7 and dropped from the key",
    (_code, dot) => {
      expect(parseName(`测试${dot}甲乙`)).toMatchObject({ display: "测试·甲乙", key: "测试甲乙" });
    },
  );

  test.each(dots)("the key does not depend on %s", (dot) => {
    const han = fc.stringMatching(/^[\u4E00-\u9FFF]{1,12}$/);
    fc.assert(
      fc.property(han, han, (first, last) => {
        expect(nameKey(`${first}${dot}${last}`)).toBe(first + last);
      }),
    );
  });

  test("a full stop between Latin letters stays as it is shown", () => {
    expect(parseName("Test Co., Ltd.")).toMatchObject({ display: "Test Co., Ltd.", key: "TESTCO,LTD" });
  });
});

describe("match keys", () => {
  test.each<[string, string]>([
    ["测试甲", "测试甲"],
    ["测 甲", "测甲"],
    ["测\u3000甲", "测甲"],
    ["测\u200B甲\uFEFF", "测甲"],
    ["Ｔｅｓｔ１", "TEST1"],
    ["测试（厦门）有限公司", "测试(厦门)有限公司"],
    ["㈱测试", "(株)测试"],
    ["\uFA0C", "\u5140"],
    ["\uFA0E", "\uFA0E"],
    ["甲", "甲"],
    ["", ""],
  ])("%s has the key %s", (raw, key) => {
    expect(nameKey(raw)).toBe(key);
  });

  test.each<[string, string]>([
    ["淩测试", "凌测试"],
    ["测试喆", "测试哲"],
    ["測試", "测试"],
    ["测试有限公司", "测试有限责任公司"],
    ["测试有限公司", "测试有限公司厦门分公司"],
  ])("%s and %s are different names", (one, other) => {
    expect(nameKeys(one).some((key) => nameKeys(other).includes(key))).toBe(false);
  });

  test("brackets of any source agree by the loose key, their content counts", () => {
    expect(nameKeys("测试（厦门）公司")).toEqual(["测试(厦门)公司", "测试厦门公司"]);
    expect(nameKeys("测试〔厦门〕公司")).toContain("测试厦门公司");
    expect(nameKeys("测试厦门公司")).toEqual(["测试厦门公司"]);
    expect(nameKeys("测试（福州）公司")).not.toContain("测试厦门公司");
  });

  test("a key of a key is the key, and a name with a letter has one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...dots, "甲", " "), (text, more) => {
        const key = nameKey(text + more);
        expect(nameKey(key)).toBe(key);
        expect(key !== "" || !/\p{L}/u.test(text)).toBe(true);
        expect(nameKeys(text).includes("")).toBe(nameKey(text) === "");
      }),
      { numRuns: 2000 },
    );
  });

  test("the key of a plain name does not depend on how it is reached", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\u3400-\u4DBF\u4E00-\u9FFF]{1,30}$/), (name) => {
        expect(nameKey(name)).toBe(name);
        expect(nameKey(`${name} `)).toBe(name);
      }),
    );
  });
});

describe("notes and aliases", () => {
  test.each<[string, string, string[]]>([
    ["测试甲（已死亡）", "测试甲", []],
    ["测试甲(已死亡)", "测试甲", []],
    ["测试甲（又名测试乙）", "测试甲", ["测试乙"]],
    ["测试甲，又名测试乙", "测试甲", ["测试乙"]],
    ["测试甲 曾用名：测试乙、测试丙", "测试甲", ["测试乙", "测试丙"]],
    ["测试甲曾用名测试乙", "测试甲", ["测试乙"]],
    ["测试甲（又名测试乙，曾用名测试丙）", "测试甲", ["测试乙", "测试丙"]],
    ["测试甲（又名测试乙）（已死亡）", "测试甲", ["测试乙"]],
    ["测试公司（曾用名：旧测试（厦门）公司）", "测试公司", ["旧测试（厦门）公司"]],
    ["测试（又名测试乙）公司", "测试（又名测试乙）公司", []],
    ["测试（厦门）公司", "测试（厦门）公司", []],
    ["又名", "又名", []],
    ["（已死亡）", "（已死亡）", []],
  ])("%s is %s with the aliases %j", (raw, display, aliases) => {
    const form = parseName(raw);
    expect(form.display).toBe(display);
    expect(form.aliases.map((alias) => alias.display)).toEqual(aliases);
    expect(form.key).toBe(nameKey(display));
    expect(form.aliases.map((alias) => alias.key)).toEqual(aliases.map(nameKey));
  });
});

describe("lost characters", () => {
  test.each<[string, boolean]>([
    ["测\uFFFD甲", true],
    ["测?甲", true],
    ["测？甲", true],
    ["测shi甲yi丙", true],
    ["测shi甲yi 丙", true],
    ["测? 甲", true],
    ["测试Ｅ通公司", false],
    ["TEST测试公司", false],
    ["测试甲", false],
    ["测试?", false],
  ])("that %s has lost characters is %s", (raw, mojibake) => {
    expect(parseName(raw).mojibake).toBe(mojibake);
  });
});
