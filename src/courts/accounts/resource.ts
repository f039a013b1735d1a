// Accounts, sessions and enrolments as they go over the wire: every field that leaves, and what requests hold.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import type { FieldCode } from "../../platform/problem-catalogue.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { staffRoles } from "../authority.ts";
import { accountRoles } from "../schema.ts";
import { Assertion, Attestation, KeyName } from "./security-keys/resource.ts";
import type { AccountRow, SessionRow } from "./session-queries.ts";

const PASSWORD_CHARACTERS_MAX = 1_000;

const accountId = z.string().openapi({ example: "acc_01jd8m2v0q7f4t9s6k3n5r8w2x" });
const sessionId = z.string().openapi({ example: "ses_01jd8m2v0q7f4t9s6k3n5r8w2x" });
const time = z.iso.datetime({ offset: true });
const password = z.string().min(1).max(PASSWORD_CHARACTERS_MAX).openapi({ format: "password" });
const code = z.string().min(1).max(40).openapi({ description: "The six digits of the app, or a recovery code" });
const enrolmentCode = z.string().min(1).max(60).openapi({ description: "As the administrator gave it" });
const reason = z.string().min(1).max(500);

const second = {
  code: code.optional(),
  assertion: Assertion.optional().openapi({ description: "Of a security key, in the place of the code" }),
};
type Second = { [K in keyof typeof second]?: z.infer<(typeof second)[K]> };

/** Of a request that shows both factors: a password, and one of the two. */
export const factorFields = { password, ...second };

/** One of the two. */
export function requireOneFactor({ code, assertion }: Second, context: z.RefinementCtx): void {
  if (code === undefined && assertion === undefined) addFault(context, "code", "required");
  if (code !== undefined && assertion !== undefined) addFault(context, "assertion", "not_allowed");
}

function addFault(context: z.RefinementCtx, member: string, code: FieldCode): void {
  context.addIssue({ code: "custom", path: [member], params: { code } });
}

export const NewSession = z
  .strictObject({ login: z.string().min(1).max(100), password, ...second })
  .superRefine(requireOneFactor);
export const ReadEnrolment = z.strictObject({ enrolmentCode });
export const NewEnrolment = z.strictObject({
  enrolmentCode,
  password: password.openapi({ description: "At least 12 characters, and none that guessers try first" }),
  code: z.string().length(6).openapi({ description: "The six digits of the app, to show that it has the secret" }),
});
export const NewPassword = z.strictObject({ password, newPassword: password, ...second }).superRefine(requireOneFactor);
export const Factors = z.strictObject({ password, ...second }).superRefine(requireOneFactor);
export const NewSecurityKey = z
  .strictObject({ name: KeyName, credential: Attestation, password, ...second })
  .superRefine(requireOneFactor);
export const NewStaff = z.strictObject({
  login: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  role: z.enum(staffRoles),
});
export const Reasoned = z.strictObject({ reason });
export const NewDelegation = z.strictObject({
  from: z.iso.date(),
  until: z.iso.date(),
  document: z.string().min(1).max(200).openapi({ description: "The number of the written authority" }),
});

const Delegation = z.object({ from: z.iso.date(), until: z.iso.date(), document: z.string() });

export const AccountView = z
  .object({
    id: accountId,
    login: z.string(),
    name: z.string(),
    role: z.enum(accountRoles),
    court: z.string().nullable().openapi({ description: "The code of their court", example: "闽0203" }),
    agency: z.string().nullable(),
    delegation: Delegation.nullable().openapi({ description: "The president's authority to a judge" }),
    state: z.enum(["to_enrol", "active", "disabled"]),
  })
  .openapi("Account");

export const SessionView = z
  .object({
    id: sessionId,
    current: z.boolean(),
    userAgent: z.string(),
    createdAt: time,
    lastSeenAt: time.openapi({ description: "To the minute" }),
    expiresAt: time,
  })
  .openapi("Session");

export const OpenedSessionView = z
  .object({
    session: SessionView,
    account: AccountView,
    csrfToken: z.string().openapi({ description: "Goes back in X-CSRF-Token with everything that writes" }),
  })
  .openapi("OpenedSession");

export const EnrolmentView = z
  .object({
    login: z.string(),
    name: z.string(),
    secret: z.string().openapi({ description: "Base32, to be typed into the app" }),
    uri: z.string().openapi({ description: "The same as a QR code holds it" }),
  })
  .openapi("Enrolment");

export const RecoveryCodesView = z.object({ recoveryCodes: z.array(z.string()) }).openapi("RecoveryCodes");
export const EnrolledView = OpenedSessionView.extend(RecoveryCodesView.shape).openapi("Enrolled");
export const EnrollingView = z
  .object({ account: AccountView, enrolmentCode: z.string().openapi({ description: "Shown this once; 72 hours" }) })
  .openapi("EnrollingAccount");

export function accountView(row: AccountRow): z.infer<typeof AccountView> {
  const { id, login, name, role, courtCode, agencyId, disabledAt, passwordHash } = row;
  const state = disabledAt !== null ? "disabled" : passwordHash === null ? "to_enrol" : "active";
  const agency = agencyId === null ? null : publicId("agy", agencyId);
  const delegation = delegationView(row);
  return { id: publicId("acc", id), login, name, role, court: courtCode, agency, delegation, state };
}

function delegationView({ delegatedFrom, delegatedUntil, delegationDocument }: AccountRow) {
  if (delegatedFrom === null || delegatedUntil === null || delegationDocument === null) return null;
  return { from: delegatedFrom, until: delegatedUntil, document: delegationDocument };
}

export function sessionView(row: SessionRow, current: SessionRow): z.infer<typeof SessionView> {
  return {
    id: publicId("ses", row.id),
    current: row.id === current.id,
    userAgent: row.userAgent,
    createdAt: shanghaiTime(row.createdAt),
    lastSeenAt: shanghaiTime(row.lastSeenAt),
    expiresAt: shanghaiTime(row.expiresAt),
  };
}
