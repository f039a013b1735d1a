// Entries read on threads: the same as without them, and nobody is left waiting when one fails.
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLog, parseVerifierKey, verifierKeysOf } from "../../src/audit/index.ts";
import { openSourcePool, type SourceKeys, sourcesOf, type SourceThreadData } from "../../src/ops/fsck-sources.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
let keys: SourceKeys;
const CHECKS = 300;

beforeAll(async () => {
  service = await startService();
  const { blindIndexKey, dataKeys } = service.ring;
  keys = { blindIndexKey, dataKeys };
  await service.publish(listingOf());
  const subjects = Array.from({ length: CHECKS }, () => checkOf().subject);
  await service.post("/v1/checks/batch", { purpose: PURPOSE, caseReference: "XM-1", operator: "officer 1", subjects });
  for (;;) {
    const [row] = await service.sql`select max(size) as size from log_checkpoint`;
    if (row?.["size"] === CHECKS + 1) break;
  }
});
afterAll(() => service.stop());

const open = (data: Partial<SourceThreadData> = {}) =>
  openSourcePool(sourcesOf(service, service.ring), { url: service.databaseUrl, keys, ...data }, 1);

async function fsckWith(pool: ReturnType<typeof open>) {
  const verifierKeys = verifierKeysOf(service.identity).flatMap((text) => parseVerifierKey(text) ?? []);
  return checkLog({ sql: service.sql, sources: pool.sources, keys: verifierKeys });
}

test("a thread gives what its source gives, and what it cannot open is a finding", async () => {
  const pool = open();
  try {
    // The first reading of a kind is done without a thread.
    for (let run = 0; run < 2; run++)
      expect(await fsckWith(pool)).toMatchObject({ verified: CHECKS + 1, finding: null });
    await service.sql`update check_record set operator = 'officer 2' where log_place = 7`;
    expect((await fsckWith(pool)).finding).toEqual({ fault: "the check of this entry was changed", index: 8 });
    await service.sql`update check_record set operator = 'officer 1' where log_place = 7`;
  } finally {
    await pool.close();
  }
});

test("a thread without a database ends the verification with an error, not with a finding", async () => {
  const nowhere = new URL(service.databaseUrl);
  nowhere.pathname = "/nowhere";
  const pool = open({ url: nowhere.href });
  try {
    expect((await fsckWith(pool)).finding).toBeNull();
    await expect(fsckWith(pool)).rejects.toThrow("does not exist");
  } finally {
    await pool.close();
  }
});
