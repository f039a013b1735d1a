// Identity requests as the API shows them, to the court and to the agency: every member that leaves is named here.
import { formatCode, type SealedParty } from "../../checks/index.ts";
import { ClockView, clockState, clockView, textField } from "../../courts/index.ts";
import { displayMask, type DocumentKind, documentKinds, maskName } from "../../identity/index.ts";
import { z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { lists } from "../../registry/schema.ts";
import { answeringCourts } from "./court.ts";
import { openAsked } from "./identity-request.ts";
import type { AskerRow, NamedAsker, RequestCase, RequestRow } from "./queries.ts";
import { redressCodeOf } from "./redress.ts";
import { findings, openGrades, proofKinds } from "./rules.ts";

const OPERATOR_LENGTH_MAX = 100;
const NOTE_LENGTH_MAX = 500;
const REASONS_LENGTH_MAX = 2_000;

const idOf = (prefix: "chk" | "lst") => z.string().refine((id) => uuidOf(prefix, id) !== null);

export const NewIdentityRequest = z
  .strictObject({
    checkId: idOf("chk").openapi({ description: "The agency's own check that left it open", example: "chk_…" }),
    listingId: idOf("lst").openapi({ description: "Of a match that is `conflict` or `probable`", example: "lst_…" }),
    operator: textField(OPERATOR_LENGTH_MAX).openapi({ description: "The officer who asks" }),
    proofs: z
      .array(z.enum(proofKinds))
      .min(1)
      .max(proofKinds.length)
      .openapi({ description: "What the agency has seen of whom it asks about" }),
    note: textField(NOTE_LENGTH_MAX).optional(),
  })
  .openapi("NewIdentityRequest");

export const IdentityAnswer = z
  .strictObject({
    finding: z.enum(findings).openapi({
      description:
        "same: the holder of the document is the listed party; different: they are not; unable: it cannot be told",
    }),
    reasons: textField(REASONS_LENGTH_MAX).openapi({ description: "For the court's file and the audit trail" }),
  })
  .openapi("IdentityAnswer");

export const Reason = z.strictObject({ reason: textField(NOTE_LENGTH_MAX) });

const states = ["open", "answered", "revoked"] as const;
export type RequestState = (typeof states)[number];
const time = z.iso.datetime({ offset: true }).nullable();

const shared = {
  id: z.string(),
  state: z.enum(states),
  askedOn: z.iso.date(),
  dueOn: z.iso.date().nullable().openapi({ description: "Of the answer; null while no holiday notice covers it" }),
  overdue: z.boolean(),
  finding: z.enum(findings).nullable(),
  answeredAt: time,
  revokedAt: time,
};

const Asked = z.object({
  name: z.string(),
  document: z.object({ type: z.enum(documentKinds), masked: z.string() }),
});

export const IdentityRequestView = z
  .object({
    ...shared,
    version: z.int(),
    court: z.string().openapi({ description: "That has to answer, or did" }),
    listing: z.object({ id: z.string(), list: z.enum(lists), caseNumber: z.string(), name: z.string() }),
    grade: z.enum(openGrades),
    asked: Asked.openapi({ description: "Masked; the whole is revealed for a reason" }),
    askers: z.array(
      z.object({
        agency: z.string(),
        operator: z.string(),
        proofs: z.array(z.enum(proofKinds)),
        note: z.string().nullable(),
        askedAt: z.iso.datetime({ offset: true }),
      }),
    ),
    clock: ClockView.nullable(),
    reasons: z.string().nullable(),
    answeredBy: z.string().nullable(),
    revokedBy: z.string().nullable(),
    revocationReason: z.string().nullable(),
  })
  .openapi("IdentityRequest");

/** The court's file is not shown, and of the listing nothing that the check did not say. */
export const AskedIdentityRequest = z
  .object({
    ...shared,
    court: z.string(),
    listingId: z.string(),
    checkId: z.string(),
    operator: z.string(),
    proofs: z.array(z.enum(proofKinds)),
    redressCode: z.string().nullable().openapi({
      description: "Of whoever is not the listed party, to be handed over on paper; null otherwise",
      example: "7K2M-9QXT-4D0V-WZ8B",
    }),
  })
  .openapi("AskedIdentityRequest");

/** For whoever oversees courts and agencies: who waits for whom. */
export const OverseenIdentityRequest = z
  .object({ ...shared, court: z.string(), agencies: z.array(z.string()) })
  .openapi("OverseenIdentityRequest");

export const RevealedParty = z
  .object({
    names: z.array(z.string()),
    document: z.object({ type: z.enum(documentKinds), number: z.string(), country: z.string().nullable() }),
  })
  .openapi("RevealedParty");

function sharedView({ request, clock }: Pick<RequestCase, "request" | "clock">, now: Date) {
  const { id, askedOn, finding, answeredAt, revokedAt } = request;
  return {
    id: publicId("idr", id),
    state: stateOf(request),
    askedOn,
    dueOn: clock?.dueOn ?? null,
    overdue: clock !== null && clockState(clock, clock.stoppedAt, now) === "overdue",
    finding,
    answeredAt: answeredAt && shanghaiTime(answeredAt),
    revokedAt: revokedAt && shanghaiTime(revokedAt),
  };
}

function stateOf({ finding, revokedAt }: RequestRow): RequestState {
  if (finding === null) return "open";
  return revokedAt === null ? "answered" : "revoked";
}

/** The court that has to answer, or did. */
function courtOf(found: RequestCase): string {
  return found.request.finding === null ? (answeringCourts(found)[0] ?? found.request.court) : found.request.court;
}

export function identityRequestView(
  ring: KeyRing,
  found: RequestCase,
  askers: readonly NamedAsker[],
  now: Date,
): z.infer<typeof IdentityRequestView> {
  const { request, listing, clock } = found;
  const type = request.documentKind as DocumentKind;
  const { names, number } = openAsked(ring, request);
  return {
    ...sharedView(found, now),
    version: request.version,
    court: courtOf(found),
    listing: {
      id: publicId("lst", listing.id),
      list: listing.list,
      caseNumber: listing.caseNumberRaw,
      name: listing.name,
    },
    grade: request.grade,
    asked: { name: maskName(names[0] ?? ""), document: { type, masked: displayMask(type, number) } },
    askers: askers.map(({ agencyName: agency, operator, proofs, note, askedAt }) => {
      return { agency, operator, proofs, note, askedAt: shanghaiTime(askedAt) };
    }),
    clock: clock && clockView(clock, now),
    reasons: request.reasons,
    answeredBy: request.answeredBy,
    revokedBy: request.revokedBy,
    revocationReason: request.revocationReason,
  };
}

export function overseenRequestView(
  found: RequestCase,
  askers: readonly NamedAsker[],
  now: Date,
): z.infer<typeof OverseenIdentityRequest> {
  const agencies = askers.map(({ agencyName }) => agencyName);
  return { ...sharedView(found, now), court: courtOf(found), agencies };
}

export function askedRequestView(
  ring: KeyRing,
  found: RequestCase & { asker: AskerRow },
  now: Date,
): z.infer<typeof AskedIdentityRequest> {
  const { request, asker } = found;
  const hasRedress = request.finding === "different" && request.revokedAt === null;
  return {
    ...sharedView(found, now),
    court: courtOf(found),
    listingId: publicId("lst", request.listingId),
    checkId: publicId("chk", asker.checkId),
    operator: asker.operator,
    proofs: asker.proofs,
    redressCode: hasRedress ? formatCode(redressCodeOf(ring, request.id)) : null,
  };
}

export function revealedView({ documentKind }: RequestRow, party: SealedParty): z.infer<typeof RevealedParty> {
  const { names, number, country } = party;
  return { names, document: { type: documentKind as DocumentKind, number, country } };
}
