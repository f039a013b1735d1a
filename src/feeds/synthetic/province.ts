// Provinces, with the number ranges from which invented people take the area code of their identity number.
import type { SyntheticKind } from "./options.ts";

export type Province = {
  /** The character that opens its court codes and case numbers. */
  sign: string;
  /** First two digits of its area codes. */
  digits: string;
  /** As `areaName` gives it. */
  name: string;
  fullName: string;
  /** Share of the people, in about a hundredth. */
  weight: number;
};

function province(sign: string, digits: string, name: string, suffix: string, weight: number): Province {
  return { sign, digits, name, fullName: name + suffix, weight };
}

export const fujian = province("闽", "35", "福建", "省", 4);

export const provinces: readonly Province[] = [
  province("京", "11", "北京", "市", 2),
  province("津", "12", "天津", "市", 2),
  province("冀", "13", "河北", "省", 5),
  province("晋", "14", "山西", "省", 3),
  province("内", "15", "内蒙古", "自治区", 3),
  province("辽", "21", "辽宁", "省", 4),
  province("吉", "22", "吉林", "省", 2),
  province("黑", "23", "黑龙江", "省", 3),
  province("沪", "31", "上海", "市", 2),
  province("苏", "32", "江苏", "省", 7),
  province("浙", "33", "浙江", "省", 6),
  province("皖", "34", "安徽", "省", 5),
  fujian,
  province("赣", "36", "江西", "省", 4),
  province("鲁", "37", "山东", "省", 7),
  province("豫", "41", "河南", "省", 6),
  province("鄂", "42", "湖北", "省", 4),
  province("湘", "43", "湖南", "省", 4),
  province("粤", "44", "广东", "省", 8),
  province("桂", "45", "广西", "壮族自治区", 3),
  province("琼", "46", "海南", "省", 1),
  province("渝", "50", "重庆", "市", 2),
  province("川", "51", "四川", "省", 5),
  province("黔", "52", "贵州", "省", 3),
  province("云", "53", "云南", "省", 3),
  province("藏", "54", "西藏", "自治区", 1),
  province("陕", "61", "陕西", "省", 3),
  province("甘", "62", "甘肃", "省", 2),
  province("青", "63", "青海", "省", 1),
  province("宁", "64", "宁夏", "回族自治区", 1),
  province("新", "65", "新疆", "维吾尔自治区", 2),
];

export type Area = { code: string; province: Province };

const PREFECTURES_PER_WEIGHT = 10;
/** The two kinds take different counties, so a national and a local list never hold the same number. */
const COUNTIES = { national: { first: 50, last: 98 }, local: { first: 1, last: 49 } } as const;
/** A city's debtors come from its province and from the provinces that send it workers. */
const LOCAL_WEIGHTS = new Map([
  ["35", 10],
  ["34", 1],
  ["36", 1],
  ["41", 1],
  ["42", 1],
  ["43", 1],
  ["51", 1],
]);

/** Every area code of the kind, each once: a heavier province has more of them. */
export function areasOf(kind: SyntheticKind): Area[] {
  const { first, last } = COUNTIES[kind];
  const areas: Area[] = [];
  for (const home of provinces) {
    const weight = kind === "national" ? home.weight : (LOCAL_WEIGHTS.get(home.digits) ?? 0);
    for (let prefecture = 0; prefecture < weight * PREFECTURES_PER_WEIGHT; prefecture++) {
      for (let county = first; county <= last; county++) {
        areas.push({ code: home.digits + twoDigits(prefecture) + twoDigits(county), province: home });
      }
    }
  }
  return areas;
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
