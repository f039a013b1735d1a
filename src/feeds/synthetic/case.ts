// The case behind a row: its court, its number before and after the reform of 2016, and the title that is enforced.
import { courtsIn, syntheticCourts, type SyntheticCourt } from "./court.ts";
import { draw, facets, pick, weighted } from "./draw.ts";
import type { Party } from "./party.ts";
import type { World } from "./world.ts";

/** Invented cases are numbered from here. */
export const FIRST_CASE = 90_000_000;
/** 法〔2015〕137号 is in force for cases filed from this year on. */
const NUMBER_REFORM_YEAR = 2016;

const brackets = weighted([
  ["()", 80],
  ["（）", 17],
  ["〔〕", 2],
  ["[]", 1],
]);

/** A party's cases mostly lie with one court of its province. */
export function courtOf(world: World, party: Party, row: number): SyntheticCourt {
  const drawn = draw(world.seed, facets.court, row);
  const usual = draw(world.seed, facets.court, -1 - party.index);
  const all = syntheticCourts(world.kind);
  if (world.kind === "local") return pick(all, drawn % 10 < 7 ? usual : drawn >>> 8);
  if (drawn % 10 === 0) return pick(all, drawn >>> 8);
  return pick(courtsIn(party.home), drawn % 10 < 8 ? usual : drawn >>> 8);
}

export function caseNumberOf(seed: number, court: SyntheticCourt, year: number, row: number): string {
  const form = draw(seed, facets.caseForm, row);
  const [open, close] = pick(brackets, form);
  const number = FIRST_CASE + row;
  const date = `${open}${year}${close}`;
  if (year < NUMBER_REFORM_YEAR)
    return `${date}${court.legacySign}执${pick(["", "", "行"], form >>> 8)}字第${number}号`;
  const type = pick(["执", "执", "执", "执", "执", "执恢"], form >>> 8);
  return `${date}${court.code}${type}${number}号${(form >>> 16) % 200 === 0 ? "之一" : ""}`;
}

export type Title = { number: string; maker: string };

export function titleOf(seed: number, court: SyntheticCourt, filedYear: number, row: number): Title {
  const form = draw(seed, facets.title, row) % 20;
  const number = FIRST_CASE + row;
  const year = filedYear - 1;
  if (form === 0)
    return { number: `仲裁字〔${year}〕第${number}号`, maker: `${court.province.name}仲裁委员会（演示）` };
  if (form === 1) return { number: `(${year})公证执字第${number}号`, maker: `${court.province.name}公证处（演示）` };
  const suffix = form < 6 ? "民事判决书" : "";
  if (year < NUMBER_REFORM_YEAR) {
    return { number: `(${year})${court.legacySign}民初字第${number}号${suffix}`, maker: court.name };
  }
  return { number: `(${year})${court.code}民初${number}号${suffix}`, maker: court.name };
}
