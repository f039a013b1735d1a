// The ten fixed people of the demonstration, one for each case that a newcomer should see. Births are in 1900, so none
// of them is anybody; their courts are real, their cases are not.
import type { DraftForm, EnteredListing } from "../registry/index.ts";

export type DemonstrationListing = { draft: EnteredListing; afterwards?: "removed" | "under_objection" };

const SIMING = { name: "厦门市思明区人民法院" };
const HULI = { name: "厦门市湖里区人民法院" };

const person = (name: string, number: string) => ({ name, document: { kind: "resident_id" as const, number } });
const debt = { obligation: "偿还借款人民币10000元及利息", performance: "全部未履行" };

/** `inDays` gives the day so many days from today. */
export function demonstrationListings(inDays: (days: number) => string): DemonstrationListing[] {
  return [...listedPeople(inDays), ...companyAndOfficers(inDays(-60)), ...peopleInMotion(inDays)];
}

/** 7 In the grace period: decided so many days ago, neither public nor answered. */
export const GRACE = { decided: -10, ends: 50 };

export function personInGrace(inDays: (days: number) => string): DraftForm {
  const noBars = { security_given: false, property_controlled: false, later_in_order: false, not_refusing: false };
  return {
    caseNumber: "(2026)闽0203执90000007号",
    initiatedBy: "creditor",
    receivedOn: inDays(GRACE.decided - 5),
    notice: { endsOn: inDays(GRACE.decided - 20), warned: true },
    parties: [
      {
        ...person("测试辛", "350212190007220062"),
        ...debt,
        listing: {
          grounds: ["G1"],
          groundAroseOn: inDays(GRACE.decided - 10),
          checklist: noBars,
          term: { kind: "open" },
        },
        limit: { capacity: "debtor" },
      },
    ],
  };
}

function listedPeople(inDays: (days: number) => string): DemonstrationListing[] {
  const recently = inDays(-60);
  return [
    // 1 Able to perform and refusing: exact, no fixed term.
    {
      draft: {
        party: person("测试甲", "110101190001010014"),
        court: SIMING,
        caseNumber: "(2019)闽0203执90000001号",
        publishedOn: "2019-03-04",
        details: debt,
      },
    },
    // 2 No property report: a term of two years, of which thirty days are left.
    {
      draft: {
        party: person("测试丙", "350203190002010027"),
        court: SIMING,
        caseNumber: "(2024)闽0203执90000002号",
        grounds: ["G4"],
        publishedOn: inDays(-700),
        term: { endsOn: inDays(30), runsFrom: "publication" },
      },
    },
    // 3 A masked row: name and visible digits of 350203190003151024 agree, which is no proof.
    {
      draft: {
        party: { name: "测试丁", document: { masked: "3502031900****1024" } },
        court: SIMING,
        caseNumber: "(2023)闽0203执90000003号",
        publishedOn: recently,
      },
    },
    // 4 Ask for this number with another name: the number agrees, the name does not.
    {
      draft: {
        party: person("测试戊", "350206190004100033"),
        court: HULI,
        caseNumber: "(2023)闽0206执90000004号",
        publishedOn: recently,
      },
    },
  ];
}

function companyAndOfficers(recently: string): DemonstrationListing[] {
  return [
    // 5 A listed company whose officer is not listed, only limited in consumption.
    {
      draft: {
        party: {
          name: "厦门测试建设有限公司（演示）",
          document: { kind: "uscc", number: "91350200MA0000007F" },
        },
        court: HULI,
        caseNumber: "(2023)闽0206执90000005号",
        publishedOn: recently,
        details: { ...debt, legalRepresentative: "测试己" },
      },
    },
    {
      draft: {
        list: "consumption_limit",
        capacity: "legal_representative",
        party: person("测试己", "350203190005200045"),
        court: HULI,
        caseNumber: "(2023)闽0206执90000005号",
        publishedOn: recently,
      },
    },
    // 6 An actual controller under a consumption limit: the one whose limit a court may open for a journey.
    {
      draft: {
        list: "consumption_limit",
        capacity: "actual_controller",
        party: person("测试庚", "350211190006180058"),
        court: HULI,
        caseNumber: "(2023)闽0206执90000006号",
        publishedOn: recently,
      },
    },
  ];
}

function peopleInMotion(inDays: (days: number) => string): DemonstrationListing[] {
  const recently = inDays(-60);
  return [
    // 8 Performed and removed: clear from then on.
    {
      draft: {
        party: person("测试壬", "350213190008250075"),
        court: SIMING,
        caseNumber: "(2022)闽0203执90000008号",
        publishedOn: recently,
      },
      afterwards: "removed",
    },
    // 9 An application for correction is under review: listed, and every answer says so.
    {
      draft: {
        party: person("测试癸", "350205190009300089"),
        court: SIMING,
        caseNumber: "(2022)闽0203执90000009号",
        publishedOn: recently,
      },
      afterwards: "under_objection",
    },
    // 10 Listed by two courts: one person, two listings.
    ...[SIMING, HULI].map((court, index) => ({
      draft: {
        party: person("测试子", "350203190010110095"),
        court,
        caseNumber: `(2022)闽0${index === 0 ? "203" : "206"}执90000010号`,
        publishedOn: recently,
      },
    })),
  ];
}
