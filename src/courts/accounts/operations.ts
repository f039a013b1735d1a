// The description of every operation on sessions, one's own account, and the accounts of a court's staff.
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { forCourt, forEverybodySignedIn } from "../access.ts";
import { trailOperation } from "../trail/index.ts";
import {
  AccountView,
  EnrolledView,
  EnrollingView,
  EnrolmentView,
  Factors,
  NewDelegation,
  NewEnrolment,
  NewPassword,
  NewSession,
  NewStaff,
  OpenedSessionView,
  ReadEnrolment,
  Reasoned,
  RecoveryCodesView,
  SessionView,
} from "./resource.ts";
import { securityKeyOperations } from "./security-keys/operations.ts";

const PAGE_ROWS_MAX = 200;

export const StaffQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

const knocking = [...bodyProblems, "sign-in-paused", "temporary-reduced-capacity", "register-unavailable"] as const;
const reading = ["unauthenticated", "authority", "register-unavailable"] as const;
const writing = [...reading, "cross-site"] as const;

const accounts = { tags: ["accounts"], security: forEverybodySignedIn };
const ofSession = z.object({ id: z.string().openapi({ example: "ses_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofAccount = z.object({ id: z.string().openapi({ example: "acc_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const cookie = z.object({ "Set-Cookie": z.string().openapi({ description: "The session's token: `__Host-sid`" }) });
const done = { 204: { description: "Done" } };

export const signInOperation = {
  operationId: "signIn",
  method: "post" as const,
  path: "/sessions",
  tags: ["accounts"],
  summary: "登录 · Sign in",
  description:
    "Password and one-time code together, or a security key in the place of the code; the answer does not tell which of " +
    "them was wrong. A code works once. Failures make for growing pauses, and never lock an account.",
  security: [],
  request: { body: jsonBody(NewSession) },
  responses: {
    201: { ...jsonResponse("The session", OpenedSessionView), headers: cookie },
    ...problems(...knocking, "sign-in-failed"),
  },
};

export const listSessionsOperation = {
  ...accounts,
  operationId: "listSessions",
  method: "get" as const,
  path: "/sessions",
  summary: "本人的登录 · One's own open sessions",
  responses: { 200: jsonResponse("Newest first", z.object({ data: z.array(SessionView) })), ...problems(...reading) },
};

export const getSessionOperation = {
  ...accounts,
  operationId: "getSession",
  method: "get" as const,
  path: "/sessions/current",
  summary: "当前登录 · Who is signed in",
  responses: { 200: jsonResponse("The session of this cookie", OpenedSessionView), ...problems(...reading) },
};

export const endSessionOperation = {
  ...accounts,
  operationId: "endSession",
  method: "delete" as const,
  path: "/sessions/{id}",
  summary: "退出登录 · End one of one's own sessions",
  description: "The id of a session, or `current`.",
  request: { params: ofSession },
  responses: { ...done, ...problems(...writing, "not-found") },
};

export const readEnrolmentOperation = {
  operationId: "readEnrolment",
  method: "post" as const,
  path: "/enrolments",
  tags: ["accounts"],
  summary: "首次登录：取得动态码密钥 · First sign-in: the secret for the authenticator app",
  security: [],
  request: { body: jsonBody(ReadEnrolment) },
  responses: {
    200: jsonResponse("Whose account it is, and the secret", EnrolmentView),
    ...problems(...knocking, "enrolment-failed"),
  },
};

export const completeEnrolmentOperation = {
  operationId: "completeEnrolment",
  method: "post" as const,
  path: "/enrolments/completion",
  tags: ["accounts"],
  summary: "首次登录：设置密码 · First sign-in: set the password",
  description: "Uses the enrolment code up and opens a session. The recovery codes are shown this once.",
  security: [],
  request: { body: jsonBody(NewEnrolment) },
  responses: {
    201: { ...jsonResponse("The session and the recovery codes", EnrolledView), headers: cookie },
    ...problems(...knocking, "enrolment-failed"),
  },
};

export const changePasswordOperation = {
  ...accounts,
  operationId: "changePassword",
  method: "post" as const,
  path: "/account/password",
  summary: "修改密码 · Change one's password",
  description: "Asks for both factors again, and ends every other session of the account. This one gets another token.",
  request: { body: jsonBody(NewPassword) },
  responses: { 204: { ...done[204], headers: cookie }, ...problems(...writing, ...knocking, "sign-in-failed") },
};

export const replaceRecoveryCodesOperation = {
  ...accounts,
  operationId: "replaceRecoveryCodes",
  method: "post" as const,
  path: "/account/recovery-codes",
  summary: "重新生成备用码 · New recovery codes",
  description: "Asks for both factors again. The old codes end, and the session gets another token.",
  request: { body: jsonBody(Factors) },
  responses: {
    201: { ...jsonResponse("Ten codes, shown this once", RecoveryCodesView), headers: cookie },
    ...problems(...writing, ...knocking, "sign-in-failed"),
  },
};

const staff = { tags: ["staff"], security: forCourt(["security_admin"]) };
const changing = { 200: jsonResponse("The account as it is now", AccountView) };

export const listStaffOperation = {
  ...staff,
  operationId: "listStaff",
  method: "get" as const,
  path: "/staff",
  summary: "人员账号 · Accounts of one's own court and of those below it",
  security: forCourt(["president", "auditor", "security_admin"]),
  request: { query: StaffQuery },
  responses: {
    200: jsonResponse("By login", pageOf(AccountView)),
    ...problems(...reading, "invalid-cursor", "validation"),
  },
};

export const getStaffTrail = trailOperation({
  operationId: "listAuditOfStaff",
  of: "/staff/{id}",
  params: ofAccount,
  tags: staff.tags,
  summary: "人员账号的办理留痕 · Who created, disabled, reset or authorised an account, and its refused sign-ins",
  security: forCourt(["president", "auditor", "security_admin"]),
});

export const createStaffOperation = {
  ...staff,
  operationId: "createStaff",
  method: "post" as const,
  path: "/staff",
  summary: "新增人员账号 · An account at one's own court",
  request: { body: jsonBody(NewStaff) },
  responses: {
    201: jsonResponse("The account, with the code for its first sign-in", EnrollingView),
    ...problems(...writing, ...bodyProblems, "conflict"),
  },
};

export const disableStaffOperation = {
  ...staff,
  operationId: "disableStaff",
  method: "post" as const,
  path: "/staff/{id}/disable",
  summary: "停用账号 · Disable an account and end its sessions",
  request: { params: ofAccount, body: jsonBody(Reasoned) },
  responses: { ...changing, ...problems(...writing, ...bodyProblems, "not-found", "jurisdiction", "conflict") },
};

export const resetStaffOperation = {
  ...staff,
  operationId: "resetStaff",
  method: "post" as const,
  path: "/staff/{id}/reset",
  summary: "重置账号 · Forget both factors and let them enrol again",
  request: { params: ofAccount, body: jsonBody(Reasoned) },
  responses: {
    200: jsonResponse("The account, with the code for its next first sign-in", EnrollingView),
    ...problems(...writing, ...bodyProblems, "not-found", "jurisdiction", "conflict"),
  },
};

export const delegateOperation = {
  ...staff,
  operationId: "delegateAuthority",
  method: "post" as const,
  path: "/staff/{id}/delegation",
  summary: "院长授权 · The president's authority to a judge of the same court",
  security: forCourt(["president"]),
  request: { params: ofAccount, body: jsonBody(NewDelegation) },
  responses: { ...changing, ...problems(...writing, ...bodyProblems, "not-found", "jurisdiction", "conflict") },
};

export const accountOperations = [
  ...securityKeyOperations,
  signInOperation,
  listSessionsOperation,
  getSessionOperation,
  endSessionOperation,
  readEnrolmentOperation,
  completeEnrolmentOperation,
  changePasswordOperation,
  replaceRecoveryCodesOperation,
  listStaffOperation,
  getStaffTrail,
  createStaffOperation,
  disableStaffOperation,
  resetStaffOperation,
  delegateOperation,
];
