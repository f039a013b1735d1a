// Private-use characters of GBK decoders and what becomes of them in names.
import { expect, test } from "vitest";
import { nameKey, parseName } from "../../src/identity/index.ts";

test.each<[string, number, number]>([
  ["FE50, the first of the regular run", 0xe815, 0x2e81],
  ["FE59, private in other decoders", 0xe81e, 0x9fb4],
  ["FE7E, before the gap of the byte 7F", 0xe843, 0x9fb9],
  ["FE80, after it", 0xe844, 0x4723],
  ["FE9F 䶮", 0xe863, 0x4dae],
  ["FEA0, the last", 0xe864, 0x9fbb],
  ["A8BF", 0xe7c8, 0x01f9],
  ["GB 18030-2022, 1 of 6", 0xe816, 0x20087],
  ["GB 18030-2022, 2 of 6", 0xe817, 0x20089],
  ["GB 18030-2022, 3 of 6", 0xe818, 0x200cc],
  ["GB 18030-2022, 4 of 6", 0xe831, 0x215d7],
  ["GB 18030-2022, 5 of 6", 0xe83b, 0x2298f],
  ["GB 18030-2022, 6 of 6", 0xe855, 0x241fe],
])("%s folds to its character", (_code, privatePoint, point) => {
  const folded = `张${String.fromCodePoint(point)}`;
  const form = parseName(`张${String.fromCodePoint(privatePoint)}`);
  expect(form).toMatchObject({ display: folded, key: folded, unencodable: false });
});

test("the run of FE50 to FEA0 is folded whole", () => {
  const left = Array.from({ length: 80 }, (_, i) => String.fromCodePoint(0xe815 + i)).filter((character) =>
    /\p{Co}/u.test(nameKey(character)),
  );
  expect(left).toEqual([]);
});

test.each(["\uE000", "\uF8FF", "\u{F0000}", "\u{10FFFD}"])(
  "a private character without a fold is kept and flagged",
  (left) => {
    expect(parseName(`张${left}`)).toMatchObject({ key: `张${left}`, unencodable: true });
  },
);
