// The objects that operations are about, by the address of their collection, and a body that each operation takes.
// A new operation with an object or a body fails the matrix until it stands here.
import { createAccount } from "../../src/courts/accounts/index.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { newUuid, publicId, uuidOf } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { draftListings, type Listing } from "../../src/registry/index.ts";
import { takeInObjection } from "../../src/remedies/objection.ts";
import { answerIdentity } from "../../src/sanctions/identity/answer.ts";
import { recordPublication } from "../../src/subscriptions/notices/take-down.ts";
import { endByCourt } from "../registry/ending.ts";
import { signInStaff } from "../courts/staff.ts";
import { checkOf, listingOf, type TestService } from "../service.ts";

export type ObjectKind =
  /** Somebody's matter: `make` makes one of the court `court` and says its id; of a path with several ids, all of them. */
  | {
      of: "court";
      make: (service: TestService, court: string, operationId: string) => Promise<string | string[]>;
      /** Operations that belong to another court than the object, and the test that they have of their own. */
      apart?: { operations: readonly string[]; rule: string };
      /** Operations that take of a judge the written authority that their description names. */
      delegated?: readonly string[];
      /** What its list is asked with, where one has to say whose. */
      query?: string;
    }
  /** Open to everybody, or judged by another rule that has tests of its own, which `rule` names. */
  | { of: "everybody" | "other"; rule: string };

export const objects: Record<string, ObjectKind> = {
  "/v1/staff": {
    of: "court",
    make: async ({ db, ring }, court) => {
      const login = `matrix.${newUuid().slice(-12)}`;
      const draft = { login, name: "测试人员", role: "judge" as const, court };
      const { row } = await db.transaction((tx) => createAccount(tx, ring, "operator:test", draft));
      return publicId("acc", row.id);
    },
  },
  "/v1/listings": {
    of: "court",
    // What is not open to a listing in its first version is refused by the law, to its own court only.
    make: (service, court, operationId) =>
      draftActs.includes(operationId) ? draftNew(service, court) : publishNew(service, listOf(operationId)),
    apart: {
      operations: ["closeWindow"],
      rule: "about a window with an id of its own: test/registry/routes.test.ts and life.test.ts",
    },
    delegated: ["decideListing", "openWindow"],
    query: "court=闽0203",
  },
  "/v1/draft-forms": { of: "other", rule: "one's own forms: test/registry/desk.test.ts" },
  "/v1/objections": {
    of: "court",
    make: async (service, court) => {
      const { actor } = await signInStaff(service, "clerk", { court });
      const listingId = uuidOf("lst", await publishNew(service)) ?? "";
      const application = { party: null, statement: "债务早已清偿。", agent: null, contact: null };
      const now = new Date();
      const given = {
        kind: "correction" as const,
        ground: "not_listable" as const,
        channel: "window" as const,
        applicant: "party" as const,
        application,
        listingId,
        receivedOn: shanghaiDate(now),
      };
      const row = await service.db.transaction((tx) => takeInObjection(tx, service.ring, actor, given, now));
      return publicId("obj", row.id);
    },
    apart: {
      operations: ["verifyObjection", "applyForReconsideration", "upholdReconsideration", "rejectReconsideration"],
      rule: "with a listing of its own, or at the next higher court: test/remedies/party.test.ts and journeys.test.ts",
    },
  },
  "/v1/identity-requests": {
    of: "court",
    make: (service, _court, operationId) => requestNew(service, operationId === "revokeIdentityAnswer"),
  },
  "/v1/identity-requests/asked": {
    of: "other",
    rule: "an agency's own questions: test/sanctions/identity/identity-request.test.ts",
  },
  "/v1/take-down-tasks": {
    of: "court",
    make: async (service, court) => {
      const { actor } = await signInStaff(service, "judge", { court });
      const listingId = uuidOf("lst", await publishNew(service)) ?? "";
      const publication = {
        channel: "newspaper" as const,
        recipient: "测试报社（演示）",
        agencyId: null,
        publishedOn: today,
        document: null,
      };
      const now = new Date();
      await service.db.transaction(async (tx) => {
        await endByCourt(tx, listingId);
        await recordPublication(tx, actor, listingId, publication, now);
      });
      const [row] = await service.sql`
        select t.id from take_down_task t join publication p on p.id = t.publication_id where p.listing_id = ${listingId}`;
      return publicId("tdn", String(row?.["id"]));
    },
  },
  "/v1/oversight/misuse-alerts": {
    of: "other",
    rule: "the credit authority's, of all agencies: test/checks/misuse/misuse.test.ts",
  },
  "/v1/watches": { of: "other", rule: "an agency's own watches: test/subscriptions/watches.test.ts" },
  "/v1/notices": { of: "other", rule: "an agency's own notices: test/subscriptions/notices.test.ts" },
  "/v1/sessions": { of: "other", rule: "one's own sessions: test/courts/accounts/session.test.ts" },
  "/v1/account/security-keys": { of: "other", rule: "one's own keys: test/courts/accounts/security-key.test.ts" },
  "/v1/courts": { of: "everybody", rule: "the court table is public" },
  "/v1/checks": { of: "other", rule: "an agency's own record: test/checks/record.test.ts" },
  "/v1/agencies": {
    of: "other",
    rule: "an agency's measures, its own and its approvers': test/courts/measures.test.ts",
  },
  "/v1/agencies/{id}/measures": { of: "other", rule: "an agency's measures: test/courts/measures.test.ts" },
  "/v1/agencies/{id}/keys": { of: "other", rule: "an agency's keys: test/courts/admission.test.ts" },
  "/v1/agencies/{id}/console-keys": { of: "other", rule: "an agency's keys: test/courts/admission.test.ts" },
  "/v1/agencies/{id}/accounts": { of: "other", rule: "an agency's people: test/courts/admission.test.ts" },
  "/v1/agencies/{id}/purposes": { of: "other", rule: "an agency's purposes: test/courts/admission.test.ts" },
  "/v1/batches": { of: "other", rule: "an agency's own batches: test/checks/certificate/certificate.test.ts" },
  "/v1/bulk-checks": { of: "other", rule: "an agency's own files of questions: test/checks/bulk/bulk.test.ts" },
  "/v1/feedback-tasks": { of: "other", rule: "an agency's own tasks: test/sanctions/feedback.test.ts" },
  "/v1/sanctions": { of: "other", rule: "an agency's own sanctions: test/sanctions/tasks.test.ts" },
  "/v1/webhooks": { of: "other", rule: "an agency's own endpoints: test/subscriptions/webhooks/routes.test.ts" },
  "/v1/deliveries": {
    of: "other",
    rule: "those of an agency's own endpoints: test/subscriptions/webhooks/routes.test.ts",
  },
  "/v1/lift-obligations": {
    of: "other",
    rule: "an agency's own, closed by the court whose listing it was: test/sanctions/lifting/journeys.test.ts",
  },
  "/v1/past-refusal-reviews": { of: "other", rule: "an agency's own: test/sanctions/lifting/journeys.test.ts" },
  "/v1/feeds": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
  "/v1/feeds/{source}/loads": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
};

/** What an agency asks a court about a party of another name; answered, if that is to be taken back. */
async function requestNew(service: TestService, answered: boolean): Promise<string> {
  const { document, caseNumber } = newMatter();
  await service.publish(listingOf({ document }, { caseNumber }));
  const party = { name: "测试乙", document: { type: document.kind, number: document.number } };
  const { body: checked } = await service.post("/v1/checks", checkOf(party));
  const question = { checkId: checked.id, listingId: checked.matches[0].listingId, operator: "officer 0417" };
  const { body } = await service.post("/v1/identity-requests", { ...question, proofs: ["id_document"] });
  if (answered) {
    const { actor } = await signInStaff(service, "judge", { court: "闽0203" });
    const target = { id: uuidOf("idr", body.id) ?? "", version: 1, now: new Date() };
    const answer = { finding: "different" as const, reasons: "测试" };
    await service.db.transaction((tx) => answerIdentity(tx, service.ring, actor, target, answer));
    // The walk reads every object in its first version.
    await service.sql`update identity_request set version = 1 where id = ${target.id}`;
  }
  return body.id;
}

const draftActs = ["amendDraft", "decideListing", "rejectDraft", "transferListing"];
const listOf = (operationId: string) => (operationId === "openWindow" ? "consumption_limit" : "dishonest");

/** A published listing of the court 闽0203, of somebody that no other object is about. */
async function publishNew(service: TestService, list: Listing["list"] = "dishonest"): Promise<string> {
  const { document, caseNumber } = newMatter();
  const { id } = await service.publish(listingOf({ document }, { list, caseNumber }));
  return publicId("lst", id);
}

/** The draft of a limit, by a clerk of the court. */
async function draftNew(service: TestService, court: string): Promise<string> {
  const { actor } = await signInStaff(service, "clerk", { court });
  const { document, caseNumber } = newMatter();
  const form = {
    caseNumber,
    initiatedBy: "court" as const,
    receivedOn: "2026-09-14",
    notice: { endsOn: "2026-08-31", warned: true },
    parties: [{ name: "测试甲", document, limit: { capacity: "debtor" as const } }],
  };
  const drafts = await service.db.transaction((tx) => draftListings(tx, service.ring, actor, form, new Date()));
  return publicId("lst", drafts[0]?.id ?? "");
}

function newMatter() {
  matters++;
  const number = residentIdOf(`110101190001${String(1000 + matters).padStart(5, "0")}`);
  return {
    document: { kind: "resident_id" as const, number },
    caseNumber: `(2026)闽0203执${90_000_000 + matters}号`,
  };
}
let matters = 0;

const today = shanghaiDate(new Date());
const reason = "测试";
const paper = { number: "(2026)闽0203执90000001号", datedOn: today, sha256: "ab".repeat(32) };

export const bodies: Record<string, object> = {
  amendDraft: { performance: "部分未履行" },
  decideListing: { paper: { number: paper.number, sha256: paper.sha256 } },
  rejectDraft: { reason },
  recordService: { servedOn: today, how: "in_person" },
  stateUnperformed: { statedOn: today },
  grantGrace: { until: addDays(today, 40), reason },
  publishListing: {},
  lapseListing: { performedOn: today, reason },
  rectifyListing: { corrections: { handler: "测试法官" }, reachedCourtOn: today, reason },
  endListing: { exit: { operation: "revoke" }, reasonAroseOn: today, reachedCourtOn: today, reason },
  lookAgain: { finding: "confirmed" },
  tickShielded: { shieldedOn: today },
  openWindow: { window: { measures: ["LIM2015-1"], from: today, until: today }, reason },
  transferListing: { court: "闽0206", reason },
  recordPublication: { channel: "newspaper", recipient: "测试报社（演示）", publishedOn: today },
  finishTakeDown: { doneOn: today },
  closeObjection: { reason },
  withdrawObjection: { reason },
  upholdObjection: { reasons: reason, correction: { operation: "revoke" } },
  rejectObjection: { reasons: reason, paper },
  recordRejectionService: { servedOn: today, how: "in_person" },
  carryOutCorrection: { reason },
  revealListing: { reason },
  revealIdentity: { reason },
  answerIdentity: { finding: "unable", reasons: reason },
  revokeIdentityAnswer: { reason },
  disableStaff: { reason: "离职" },
  resetStaff: { reason: "手机遗失" },
  delegateAuthority: { from: "2026-01-01", until: "2026-12-31", document: "授权书（演示）1号" },
};
