// Each act on an objection as it is taken over HTTP: who may, what they send, and the verb behind it.
import { type CourtActor, courtOfficers, type CourtScope, type StaffRole } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { z } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import { carryOutCorrection } from "./correction.ts";
import { closeObjection, verifyObjection, withdrawObjection } from "./objection.ts";
import { applyForReconsideration, decideReconsideration } from "./reconsideration.ts";
import {
  CarryOut,
  NewReconsideration,
  Reasoned,
  RecordService,
  Reject,
  RejectReconsideration,
  Uphold,
  UpholdReconsideration,
  Verify,
} from "./resource.ts";
import { type DecisionPaper, recordRejectionService, rejectObjection, upholdObjection } from "./review.ts";
import type { Step, Target } from "./step.ts";

export type ObjectionActRoute = {
  /** The last part of the address. */
  name: string;
  operationId: string;
  summary: string;
  description?: string;
  roles: readonly StaffRole[];
  /** Absent: nothing for a court's system. */
  scope?: CourtScope;
  body: z.ZodType;
  take: (tx: Transaction, actor: CourtActor, target: Target, body: unknown) => Promise<Step>;
};

const judges = ["judge", "president"] as const;

function actOf<Body extends z.ZodType>(
  route: Omit<ObjectionActRoute, "body" | "take">,
  body: Body,
  take: (tx: Transaction, actor: CourtActor, target: Target, given: z.infer<Body>) => Promise<Step>,
): ObjectionActRoute {
  return { ...route, body, take: (tx, actor, target, given) => take(tx, actor, target, given as z.infer<Body>) };
}

export const objectionActs: readonly ObjectionActRoute[] = [
  actOf(
    {
      name: "verify",
      operationId: "verifyObjection",
      summary: "核实申请人身份并立案 · Place an unverified application; its time runs from the day identity was shown",
      roles: courtOfficers,
      scope: "objections:write",
    },
    Verify,
    (tx, actor, target, { listing, receivedOn }) =>
      verifyObjection(tx, actor, target, { listingId: requireListingId(listing), receivedOn }),
  ),
  actOf(
    {
      name: "close",
      operationId: "closeObjection",
      summary: "未核实身份，不予立案 · Close an application whose applicant never showed who they are",
      roles: judges,
    },
    Reasoned,
    (tx, actor, target, { reason }) => closeObjection(tx, actor, target, reason),
  ),
  actOf(
    {
      name: "withdraw",
      operationId: "withdrawObjection",
      summary: "申请人撤回 · The applicant takes it back",
      roles: courtOfficers,
      scope: "objections:write",
    },
    Reasoned,
    (tx, actor, target, { reason }) => withdrawObjection(tx, actor, target, reason),
  ),
  actOf(
    {
      name: "uphold",
      operationId: "upholdObjection",
      summary: "理由成立，予以纠正 · Uphold: the correction is due within three working days",
      description: "By another person than those who drew up or decided the listing.",
      roles: judges,
    },
    Uphold,
    (tx, actor, target, { reasons, correction }) => upholdObjection(tx, actor, target, { reasons, correction }),
  ),
  actOf(
    {
      name: "reject",
      operationId: "rejectObjection",
      summary: "驳回 · Reject with reasons",
      description: "By another person than those who drew up or decided the listing.",
      roles: judges,
    },
    Reject,
    (tx, actor, target, { reasons, paper }) =>
      rejectObjection(tx, actor, target, { reasons, paper: decisionPaper(paper) }),
  ),
  actOf(
    {
      name: "record-service",
      operationId: "recordRejectionService",
      summary: "登记驳回决定送达 · The rejection is served; the ten days for reconsideration begin",
      roles: courtOfficers,
      scope: "objections:write",
    },
    RecordService,
    (tx, actor, target, { servedOn, how }) => recordRejectionService(tx, actor, target, { servedOn, servedHow: how }),
  ),
  actOf(
    {
      name: "correct",
      operationId: "carryOutCorrection",
      summary: "执行纠正 · Carry out what was upheld: revoke, delete, lift or rectify",
      roles: judges,
    },
    CarryOut,
    carryOutCorrection,
  ),
  actOf(
    {
      name: "apply-for-reconsideration",
      operationId: "applyForReconsideration",
      summary: "收到复议申请 · Take in the application for reconsideration, at the next higher court",
      description: "What was decided stays in force meanwhile (art. 12 para. 2).",
      roles: courtOfficers,
      scope: "objections:write",
    },
    NewReconsideration,
    applyForReconsideration,
  ),
  actOf(
    {
      name: "uphold-reconsideration",
      operationId: "upholdReconsideration",
      summary: "复议：理由成立 · Uphold on reconsideration: the enforcing court corrects within three working days",
      roles: judges,
    },
    UpholdReconsideration,
    (tx, actor, target, { paper, ...decision }) =>
      decideReconsideration(tx, actor, target, { ...decision, outcome: "upheld", paper: decisionPaper(paper) }),
  ),
  actOf(
    {
      name: "reject-reconsideration",
      operationId: "rejectReconsideration",
      summary: "复议：驳回 · Reject on reconsideration",
      roles: judges,
    },
    RejectReconsideration,
    (tx, actor, target, { paper, reasons }) =>
      decideReconsideration(tx, actor, target, { reasons, outcome: "rejected", paper: decisionPaper(paper) }),
  ),
];

export function requireListingId(id: string): string {
  const uuid = uuidOf("lst", id);
  if (uuid === null) throw new AppError("not-found");
  return uuid;
}

function decisionPaper({ sha256, ...paper }: { number: string; datedOn: string; sha256: string }): DecisionPaper {
  return { ...paper, sha256: Buffer.from(sha256, "hex") };
}
