// The objects that operations are about, by the address of their collection, and a body that each operation takes.
// A new operation with an object or a body fails the matrix until it stands here.
import { createAccount } from "../../src/courts/accounts/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import type { TestService } from "../service.ts";

export type ObjectKind =
  /** Somebody's matter: `make` makes one of the court `court` and says its id; of a path with several ids, all of them. */
  | { of: "court"; make: (service: TestService, court: string, operationId: string) => Promise<string | string[]> }
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
  "/v1/sessions": { of: "other", rule: "one's own sessions: test/courts/accounts/session.test.ts" },
  "/v1/courts": { of: "everybody", rule: "the court table is public" },
  "/v1/checks": { of: "other", rule: "an agency's own record: test/checks/record.test.ts" },
  "/v1/feeds": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
  "/v1/feeds/{source}/loads": { of: "other", rule: "loads of an agency's own sources: test/feeds/upload.test.ts" },
};

export const bodies: Record<string, object> = {
  disableStaff: { reason: "离职" },
  resetStaff: { reason: "手机遗失" },
  delegateAuthority: { from: "2026-01-01", until: "2026-12-31", document: "授权书（演示）1号" },
};
