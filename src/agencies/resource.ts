// Agencies and their measures as the API shows them: every member that leaves is named here.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import { isSwitchedOn } from "./agency-measure.ts";
import { type CatalogueMeasure, measureLists } from "./edition.ts";
import { type Approval, measureDecisions, measureEffects } from "./measure.ts";
import type { MeasureRow } from "./measure-queries.ts";
import { findPurpose } from "./purpose.ts";
import type { AgencyRow, PurposeRow } from "./queries.ts";

const time = z.iso.datetime({ offset: true });

export const AgencyView = z
  .object({
    id: z.string().openapi({ example: "agy_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    name: z.string(),
    state: z.enum(["active", "suspended"]),
    liaison: z.string().nullable(),
    deputyLiaison: z.string().nullable(),
    agreement: z.object({
      number: z.string().nullable(),
      from: z.iso.date().nullable(),
      until: z.iso.date().nullable(),
    }),
    parentSystem: z.string().nullable(),
    purposes: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        lists: z.array(z.enum(measureLists)),
        roles: z.array(z.string()).openapi({ description: "In which capacities a party may be asked about" }),
        validFrom: z.iso.date(),
        validUntil: z.iso.date().nullable(),
        inForce: z.boolean().openapi({ description: "Today" }),
      }),
    ),
    createdAt: time,
  })
  .openapi("Agency");

export function agencyView(row: AgencyRow, purposes: readonly PurposeRow[], today: string): z.infer<typeof AgencyView> {
  const { name, state, liaison, deputyLiaison, parentSystem } = row;
  return {
    id: publicId("agy", row.id),
    name,
    state,
    liaison,
    deputyLiaison,
    agreement: { number: row.agreementNumber, from: row.agreementFrom, until: row.agreementUntil },
    parentSystem,
    purposes: purposes.map(({ purpose: code, validFrom, validUntil }) => {
      const { title = code, lists = [], roles = [] } = findPurpose(code) ?? {};
      const inForce = validFrom <= today && today <= (validUntil ?? today);
      return { code, title, lists, roles, validFrom, validUntil, inForce };
    }),
    createdAt: shanghaiTime(row.createdAt),
  };
}

const ApprovalView = z
  .object({
    name: z.string(),
    at: time,
    document: z
      .object({ number: z.string(), datedOn: z.iso.date() })
      .nullable()
      .openapi({ description: "The paper, where it was given on one" }),
  })
  .nullable();

/** A measure as an edition words it, before any agency has it. */
export const CatalogueMeasureView = z
  .object({
    code: z.string(),
    title: z.string(),
    effect: z.enum(measureEffects),
    decision: z.enum(measureDecisions),
    purposes: z.array(z.string()),
    lists: z.array(z.enum(measureLists)),
    roles: z.array(z.string()),
    conditions: z.array(z.string()),
    legalBasis: z.string(),
  })
  .openapi("CatalogueMeasure");

export function catalogueMeasureView(measure: CatalogueMeasure): z.infer<typeof CatalogueMeasureView> {
  const { code, title, effect, decision, purposes, lists, roles, conditions, legalBasis } = measure;
  return { code, title, effect, decision, purposes, lists, roles, conditions, legalBasis };
}

export const AgencyMeasureView = z
  .object({
    id: z.string().openapi({ example: "ams_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    agencyId: z.string(),
    code: z.string(),
    title: z.string(),
    effect: z.enum(measureEffects),
    decision: z.enum(measureDecisions),
    purposes: z.array(z.string()),
    lists: z.array(z.enum(measureLists)),
    roles: z.array(z.string()),
    subjectKinds: z.array(z.string()),
    conditions: z.array(z.string()),
    legalBasis: z.string(),
    article: z.string(),
    edition: z.string().nullable().openapi({ description: "Of the catalogue; null for a local measure" }),
    basicList: z.object({ edition: z.string(), item: z.string() }).nullable(),
    regulation: z.object({ title: z.string(), number: z.string(), article: z.string(), link: z.string() }).nullable(),
    humanDesk: z.string().nullable(),
    validFrom: z.iso.date(),
    validUntil: z.iso.date().nullable(),
    state: z.enum(["proposed", "switched_on", "withdrawn"]),
    proposedAt: time,
    approvals: z
      .object({ creditAuthority: ApprovalView, court: ApprovalView })
      .openapi({ description: "With both it is switched on, from its first day" }),
    withdrawal: z.object({ at: time, reason: z.string() }).nullable(),
  })
  .openapi("AgencyMeasure");

export function measureView(row: MeasureRow): z.infer<typeof AgencyMeasureView> {
  const { code, title, effect, decision, purposes, roles, subjectKinds, conditions } = row;
  const { legalBasis, article, edition, basicListEdition, basicListItem, regulation, humanDesk } = row;
  const { validFrom, validUntil, withdrawnAt, withdrawalReason } = row;
  return {
    id: publicId("ams", row.id),
    agencyId: publicId("agy", row.agencyId),
    code,
    title,
    effect,
    decision,
    purposes,
    roles,
    subjectKinds,
    conditions,
    lists: measureLists.filter((list) => row.lists.includes(list)),
    legalBasis,
    article,
    edition,
    regulation,
    humanDesk,
    validFrom,
    validUntil,
    basicList: basicListEdition === null ? null : { edition: basicListEdition, item: basicListItem ?? "" },
    state: withdrawnAt !== null ? "withdrawn" : isSwitchedOn(row) ? "switched_on" : "proposed",
    proposedAt: shanghaiTime(row.proposedAt),
    approvals: { creditAuthority: approvalView(row.creditApproval), court: approvalView(row.courtApproval) },
    withdrawal: withdrawnAt === null ? null : { at: shanghaiTime(withdrawnAt), reason: withdrawalReason ?? "" },
  };
}

function approvalView(approval: Approval | null): z.infer<typeof ApprovalView> {
  return approval && { name: approval.name, at: shanghaiTime(new Date(approval.at)), document: approval.document };
}
