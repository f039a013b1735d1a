// The objects that operations are about, by the address of their collection, and a body that each operation takes.
// A new operation with an object or a body fails the matrix until it stands here.
import { createAccount } from "../../src/courts/accounts/index.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { takeInObjection } from "../../src/remedies/objection.ts";
import { signInStaff } from "../courts/staff.ts";
import { listingOf, type TestService } from "../service.ts";

export type ObjectKind =
  /** Somebody's matter: `make` makes one of the court `court` and says its id; of a path with several ids, all of them. */
  | {
      of: "court";
      make: (service: TestService, court: string, operationId: string) => Promise<string | string[]>;
      /** Operations that belong to another court than the object, and the test that they have of their own. */
      apart?: { operations: readonly string[]; rule: string };
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
  "/v1/listings": { of: "other", rule: "a case's court and its acts: test/registry/act.test.ts and life.test.ts" },
  "/v1/objections": {
    of: "court",
    make: async (service, court) => {
      const { actor } = await signInStaff(service, "clerk", { court });
      const { id: listingId } = await publishNew(service);
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
  "/v1/sessions": { of: "other", rule: "one's own sessions: test/courts/accounts/session.test.ts" },
  "/v1/courts": { of: "everybody", rule: "the court table is public" },
  "/v1/checks": { of: "other", rule: "an agency's own record: test/checks/record.test.ts" },
  "/v1/batches": { of: "other", rule: "an agency's own batches: test/checks/certificate/certificate.test.ts" },
  "/v1/feeds": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
  "/v1/feeds/{source}/loads": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
};

/** A published listing of the court 闽0203, of somebody that no other object is about. */
async function publishNew(service: TestService): Promise<{ id: string }> {
  published++;
  const number = residentIdOf(`110101190001${String(1000 + published).padStart(5, "0")}`);
  const caseNumber = `(2026)闽0203执${90_000_000 + published}号`;
  return service.publish(listingOf({ document: { kind: "resident_id", number } }, { caseNumber }));
}
let published = 0;

const today = shanghaiDate(new Date());
const reason = "测试";
const paper = { number: "(2026)闽0203执90000001号", datedOn: today, sha256: "ab".repeat(32) };

export const bodies: Record<string, object> = {
  closeObjection: { reason },
  withdrawObjection: { reason },
  upholdObjection: { reasons: reason, correction: { operation: "revoke" } },
  rejectObjection: { reasons: reason, paper },
  recordRejectionService: { servedOn: today, how: "in_person" },
  carryOutCorrection: { reason },
  disableStaff: { reason: "离职" },
  resetStaff: { reason: "手机遗失" },
  delegateAuthority: { from: "2026-01-01", until: "2026-12-31", document: "授权书（演示）1号" },
};
