// Flawed rows on request: a good row is spoilt in one way, and the truth names the fault that a loader must find.
import { detectDocumentKinds, residentIdOf } from "../../identity/index.ts";
import { FIRST_CASE } from "./case.ts";
import { draw, facets, pick } from "./draw.ts";
import type { Party, Person } from "./party.ts";
import type { SyntheticRow } from "./row.ts";
import type { World } from "./world.ts";

export const syntheticFaults = [
  "bad_checksum",
  "bad_form",
  "bad_date",
  "minor",
  "kind_conflict",
  "mojibake",
  "name_missing",
  "case_number_missing",
  "bad_court_code",
  "several_numbers",
  "control_character",
  "duplicate",
] as const;

export type SyntheticFault = (typeof syntheticFaults)[number];

/** Never assigned, so that no invented minor is a child's number. */
const MINORS_AREA = "359999";
const MINOR_AGE = 9;
const faultsOfOrganisations = syntheticFaults.filter((fault) => fault !== "minor");

export function faultOf({ seed }: World, party: Party, row: number): SyntheticFault {
  const fault = pick(party.kind === "person" ? syntheticFaults : faultsOfOrganisations, draw(seed, facets.flaw, row));
  // One in 31 resident numbers passes as a social credit code too and contradicts nothing.
  return fault === "kind_conflict" && detectDocumentKinds(party.number).length > 1 ? "name_missing" : fault;
}

type SpoiltFault = Exclude<SyntheticFault, "duplicate">;
/** The fields that a flaw overwrites; `number` tells rows apart, `drawn` chooses among the forms of the flaw. */
type Flaw = (row: SyntheticRow, party: Party, number: number, drawn: number) => Partial<SyntheticRow>;

const flaws: Record<SpoiltFault, Flaw> = {
  bad_checksum: (_, { number }) => ({ cardNum: withWrongCheck(number) }),
  bad_form: (_, { number }, __, drawn) => ({
    cardNum: pick([number.slice(0, 17), `证${number.slice(0, 12)}`, "12-3456"], drawn),
  }),
  bad_date: (_, party, __, drawn) =>
    party.kind === "person" && drawn % 2 === 0
      ? { cardNum: withImpossibleBirth(party) }
      : { publishDate: pick(["2019年02月30日", "20190431", "2019年13月01日"], drawn >>> 1) },
  minor: (row, _, __, drawn) => ({ cardNum: minorNumber(publicationYear(row), drawn), age: MINOR_AGE }),
  kind_conflict: (row, party) => ({ cardNum: party.number, partyTypeName: otherPartyType(party, row) }),
  mojibake: ({ iname }, _, __, drawn) => {
    const [first = "", ...rest] = String(iname);
    return { iname: pick([`${first}??${rest.join("")}某`, `${first}zh某g${rest.join("")}`], drawn) };
  },
  name_missing: (_, __, ___, drawn) => ({ iname: pick(["", "暂无", "无数据"], drawn) }),
  case_number_missing: (_, __, ___, drawn) => ({ caseCode: pick(["", "无", "/"], drawn) }),
  bad_court_code: (_, __, number) => ({ caseCode: `(2019)闽020执${FIRST_CASE + number}号` }),
  several_numbers: (_, __, number, drawn) => ({ caseCode: severalNumbers(FIRST_CASE + number, drawn) }),
  control_character: ({ iname }, _, __, drawn) => ({
    iname: pick(["\u0000", "\u0007", "\u001B[0m"], drawn) + String(iname),
  }),
};

export function spoil(
  { seed }: World,
  row: SyntheticRow,
  party: Party,
  number: number,
  fault: SpoiltFault,
): SyntheticRow {
  return { ...row, ...flaws[fault](row, party, number, draw(seed, facets.spoil, number)) };
}

/** A wrong check character with which the number passes as no other kind either. */
function withWrongCheck(number: string): string {
  const wrong = Array.from("0123456789X")
    .map((check) => number.slice(0, -1) + check)
    .find((candidate) => detectDocumentKinds(candidate).length === 0);
  return wrong ?? number.slice(0, -1);
}

function withImpossibleBirth({ number }: Person): string {
  const impossible = ["0230", "0431", "1301", "0000"]
    .map((monthDay) => residentIdOf(number.slice(0, 10) + monthDay + number.slice(14, 17)))
    .find((candidate) => detectDocumentKinds(candidate).length === 0);
  return impossible ?? number.slice(0, -1);
}

function publicationYear(row: SyntheticRow): number {
  return Number(String(row.publishDate).slice(0, 4));
}

function minorNumber(publishedIn: number, drawn: number): string {
  const sequence = String(110 + (drawn % 800));
  return residentIdOf(`${MINORS_AREA}${publishedIn - MINOR_AGE}0601${sequence}`);
}

function otherPartyType(party: Party, row: SyntheticRow): string {
  const isSiteManner = String(row.partyTypeName).length > 1;
  if (party.kind === "person") return isSiteManner ? "581" : "1";
  return isSiteManner ? "580" : "0";
}

function severalNumbers(number: number, drawn: number): string {
  return pick(
    [
      `(2019)闽0203执${number}号、${number + 1}号`,
      `(2019)闽0203执${number}、${number + 1}号`,
      `(2014)思法执字第${number}号、第${number + 1}号`,
    ],
    drawn,
  );
}
