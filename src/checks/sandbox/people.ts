// The ten people of the sandbox, one for each case that a system must know how to take. They are those of the
// demonstration: born in 1900, so that none of them is anybody. The README lists them.
import type { DocumentKind } from "../../identity/index.ts";
import { addDays } from "../../platform/time.ts";
import type { StoredMatch } from "../answer.ts";

export type SampleListing = Omit<StoredMatch, "grade">;
export type SamplePerson = {
  name: string;
  document: { kind: DocumentKind; number: string };
  listings: SampleListing[];
  /** The row shows part of the number only. */
  isMasked?: true;
  /** A court has excepted them for these days: matches, and nothing to be done. */
  isExcepted?: true;
};

const SIMING = { courtCode: "闽0203", courtName: "厦门市思明区人民法院" };
const HULI = { courtCode: "闽0206", courtName: "厦门市湖里区人民法院" };

/** What the sandbox answers about on `today`. */
export function samplePeople(today: string): SamplePerson[] {
  const recently = addDays(today, -60);
  const twoYears = { publishedOn: addDays(today, -700), termKind: "fixed", termEndsOn: addDays(today, 30) } as const;
  const at = (court: typeof SIMING, place: number, year: number, rest: Partial<SampleListing> = {}): SampleListing => ({
    listingId: `00000000-0000-7000-8000-${String(place).padStart(12, "0")}`,
    list: "dishonest",
    ...court,
    caseNumber: `(${year})${court.courtCode}执${90_000_000 + place}号`,
    grounds: ["G1"],
    publishedOn: recently,
    termKind: "open",
    termEndsOn: null,
    capacity: "debtor",
    underObjection: false,
    ...rest,
  });
  const limited = (capacity: string): Partial<SampleListing> => ({ list: "consumption_limit", grounds: [], capacity });
  return [
    person("测试甲", "110101190001010014", at(SIMING, 1, 2019, { publishedOn: "2019-03-04" })),
    person("测试丙", "350203190002010027", at(SIMING, 2, 2024, { ...twoYears, grounds: ["G4"] })),
    { ...person("测试丁", "350203190003151024", at(SIMING, 3, 2023)), isMasked: true },
    person("测试戊", "350206190004100033", at(HULI, 4, 2023)),
    {
      name: "厦门测试建设有限公司（演示）",
      document: { kind: "uscc", number: "91350200MA0000007F" },
      listings: [at(HULI, 5, 2023)],
    },
    person("测试己", "350203190005200045", at(HULI, 5, 2023, limited("legal_representative"))),
    { ...person("测试庚", "350211190006180058", at(HULI, 6, 2023, limited("actual_controller"))), isExcepted: true },
    // In grace, and performed and removed: neither is answered.
    person("测试辛", "350212190007220062"),
    person("测试壬", "350213190008250075"),
    person("测试癸", "350205190009300089", at(SIMING, 9, 2022, { underObjection: true })),
    person("测试子", "350203190010110095", at(SIMING, 10, 2022), at(HULI, 11, 2022)),
  ];
}

function person(name: string, number: string, ...listings: SampleListing[]): SamplePerson {
  return { name, document: { kind: "resident_id", number }, listings };
}
