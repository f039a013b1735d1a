// A measure of an agency as the API shows it: every member that leaves is named here.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import { isSwitchedOn } from "./agency-measure.ts";
import { measureLists } from "./edition.ts";
import { type Approval, measureDecisions, measureEffects } from "./measure.ts";
import type { MeasureRow } from "./measure-queries.ts";

const time = z.iso.datetime({ offset: true });
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
