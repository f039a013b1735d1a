// One row in the published field names, in the manner of the national site or of a feed that copies it.
import { dayAt, type CalendarDay } from "./calendar.ts";
import { caseNumberOf, courtOf, titleOf } from "./case.ts";
import type { SyntheticCourt } from "./court.ts";
import { chance, draw, facets, fraction, pick } from "./draw.ts";
import type { Listing } from "./listing.ts";
import { personName, writtenName } from "./name.ts";
import type { Organisation, Party, Person } from "./party.ts";
import { groundWordings, obligations, officerPosts, performances, placeholders } from "./vocabulary.ts";
import type { World } from "./world.ts";

/** The published field names, the feed's two additions last. */
export const columns = [
  "id",
  "iname",
  "caseCode",
  "age",
  "sexy",
  "cardNum",
  "businessEntity",
  "courtName",
  "areaName",
  "partyTypeName",
  "gistId",
  "regDate",
  "gistUnit",
  "duty",
  "performance",
  "performedPart",
  "unperformPart",
  "disruptTypeName",
  "publishDate",
  "qysler",
  "areaNameNew",
  "publishDateStamp",
] as const;

/** Fields that a source leaves out are undefined, so that all rows have one shape: a quarter less time than spreading. */
export type SyntheticRow = Record<(typeof columns)[number], unknown>;

const FEED_SHARE = 0.4;
const OFFICERS_SHARE = 0.3;
const OFFICERS_MAX = 100_000;
const FIRST_ROW_ID = 900_000_000;

export function rowOf(world: World, party: Party, listing: Listing, row: number): SyntheticRow {
  const { calendar, seed } = world;
  const isPerson = party.kind === "person";
  const isFeed = chance(draw(seed, facets.variant, row), FEED_SHARE);
  const wording = draw(seed, facets.wording, row);
  const published = dayAt(calendar, listing.published);
  const filed = dayAt(calendar, listing.published - filingWait(seed, row));
  const court = courtOf(world, party, row);
  const title = titleOf(seed, court, filed.year, row);
  const amount = 1000 * (1 + Math.floor(fraction(draw(seed, facets.amount, row)) ** 3 * 5000));
  const performance = pick(performances, draw(seed, facets.performance, row));
  const age = isPerson ? ageOf(party, published) : 0;
  return {
    id: FIRST_ROW_ID + row,
    iname: writtenName(party.name, draw(seed, facets.written, row)),
    caseCode: caseNumberOf(seed, court, filed.year, row),
    age: isFeed ? String(age) : age,
    sexy: isPerson ? sexOf(party, isFeed) : isFeed ? "" : undefined,
    cardNum: publishedNumber(world, party, listing, row),
    businessEntity: isPerson ? "" : personName(seed, officerIndex(world, party)),
    courtName: writtenCourt(court, wording),
    areaName: court.province.name,
    partyTypeName: isFeed ? (isPerson ? "0" : "1") : isPerson ? "580" : "581",
    gistId: title.number,
    regDate: isFeed ? filed.feed : filed.site,
    gistUnit: title.maker,
    duty: pick(obligations, draw(seed, facets.duty, row))(amount),
    performance,
    performedPart: performance === "部分未履行" ? `已履行人民币${amount / 10}元` : pick(placeholders, wording >>> 4),
    unperformPart: pick(placeholders, wording >>> 12),
    disruptTypeName: groundsText(listing, wording >>> 18),
    publishDate: isFeed && wording % 5 === 0 ? published.feed : published.site,
    qysler: isPerson || !chance(wording, OFFICERS_SHARE) ? [] : officersOf(world, party),
    areaNameNew: isFeed ? court.province.name : undefined,
    publishDateStamp: isFeed ? published.stamp : undefined,
  };
}

/** Days from filing to publication. */
function filingWait(seed: number, row: number): number {
  return 20 + Math.floor(fraction(draw(seed, facets.filed, row)) * 580);
}

function writtenCourt({ name, aliases }: SyntheticCourt, wording: number): string {
  return wording % 3 === 0 && aliases.length > 0 ? pick(aliases, wording >>> 2) : name;
}

function sexOf({ female }: Person, isFeed: boolean): string {
  if (isFeed) return female ? "女性" : "男性";
  return female ? "女" : "男";
}

function ageOf(party: Person, on: CalendarDay): number {
  return on.year - 1900 - (on.monthDay < party.monthDay ? 1 : 0);
}

/** Organisations carry nine characters before the code reform; some old persons' rows keep the 15-digit form. */
function publishedNumber({ calendar, seed }: World, party: Party, listing: Listing, row: number): string {
  const { number } = party;
  if (party.kind === "organisation") return listing.published < calendar.codeReform ? number.slice(8, 17) : number;
  if (listing.masked) return maskedNumber(number);
  const isOldForm = listing.published < calendar.codeReform && chance(draw(seed, facets.numberForm, row), 0.05);
  return isOldForm ? number.slice(0, 6) + number.slice(8, 17) : number;
}

function maskedNumber(number: string): string {
  return `${number.slice(0, 10)}****${number.slice(14)}`;
}

function groundsText({ grounds }: Listing, wording: number): string {
  return grounds.map((ground) => pick(groundWordings[ground], wording)).join(wording % 4 === 0 ? "，" : ",");
}

/** Officers are parties that are never listed: a listed company makes none of them a hit. */
function officerIndex({ population, layout, seed }: World, party: Organisation): number {
  const range = Math.min(OFFICERS_MAX, population.capacity - layout.parties);
  let index = population.capacity - 1 - (draw(seed, facets.officer, party.index) % range);
  while (population.kindOf(index) !== "person") index--;
  return index;
}

function officersOf(world: World, party: Organisation): Record<string, unknown>[] {
  const { name, number, index } = world.population.partyAt(officerIndex(world, party));
  return [{ iname: name, cardNum: maskedNumber(number), corporationtypename: pick(officerPosts, index) }];
}
