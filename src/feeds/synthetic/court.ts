// The courts of invented listings: those of Xiamen by their codes, all others under neutral invented names.
import type { SyntheticKind } from "./options.ts";
import { fujian, provinces, twoDigits, type Province } from "./province.ts";

export type SyntheticCourt = {
  code: string;
  name: string;
  /** Other ways in which rows write the name. */
  aliases: readonly string[];
  province: Province;
  /** How case numbers before 2016 name it. */
  legacySign: string;
};

const CHINESE_DIGITS = "零一二三四五六七八九";
const DISTRICTS_PER_PREFECTURE = 5;

function xiamenCourt(code: string, name: string, legacySign: string): SyntheticCourt {
  return { code, name, aliases: [`福建省${name}`], province: fujian, legacySign };
}

const xiamenCourts: readonly SyntheticCourt[] = [
  xiamenCourt("闽02", "厦门市中级人民法院", "厦"),
  xiamenCourt("闽0203", "厦门市思明区人民法院", "思法"),
  xiamenCourt("闽0205", "厦门市海沧区人民法院", "海法"),
  xiamenCourt("闽0206", "厦门市湖里区人民法院", "湖"),
  xiamenCourt("闽0211", "厦门市集美区人民法院", "集法"),
  xiamenCourt("闽0212", "厦门市同安区人民法院", "同"),
  xiamenCourt("闽0213", "厦门市翔安区人民法院", "翔法"),
  xiamenCourt("闽72", "厦门海事法院", "厦海法"),
];

function inventedCourts(province: Province): SyntheticCourt[] {
  const courts: SyntheticCourt[] = [];
  const add = (digits: string, level: string) => {
    const name = `${province.fullName}第${digits}${level}人民法院（演示）`;
    const inWords = digits.replace(/\d/g, (digit) => CHINESE_DIGITS[Number(digit)] ?? "");
    const legacySign = `${province.sign}${inWords}法`;
    courts.push({ code: province.sign + digits, name, aliases: [], province, legacySign });
  };
  for (let prefecture = 1; prefecture <= province.weight * 2; prefecture++) {
    add(twoDigits(prefecture), "中级");
    for (let district = 1; district <= DISTRICTS_PER_PREFECTURE; district++) {
      add(twoDigits(prefecture) + twoDigits(district), "基层");
    }
  }
  return courts;
}

const nationalCourts = provinces.flatMap((province) => (province === fujian ? xiamenCourts : inventedCourts(province)));

/** Every court that rows of the kind name, for the court table of whoever loads them. */
export function syntheticCourts(kind: SyntheticKind): readonly SyntheticCourt[] {
  return kind === "local" ? xiamenCourts : nationalCourts;
}

const courtsByProvince = Map.groupBy(nationalCourts, ({ province }) => province);

export function courtsIn(province: Province): readonly SyntheticCourt[] {
  return courtsByProvince.get(province) ?? [];
}
