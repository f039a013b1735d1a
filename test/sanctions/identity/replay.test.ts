// A finding counts from its position of the register to that of its revocation: a look back answers by what stood then, and
// the log holds what courts found.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueKey } from "../../../src/agencies/index.ts";
import { findStrayAnswer } from "../../../src/sanctions/index.ts";
import { sourcesOf } from "../../../src/ops/fsck-sources.ts";
import { checkLog, verifierKeysOf } from "../../../src/audit/index.ts";
import { parseVerifierKey } from "../../../src/audit/log/index.ts";
import { type Checked, type Counter, openCounter } from "./counter.ts";

let counter: Counter;
let auditor: string;
beforeAll(async () => {
  counter = await openCounter();
  const { agencyId } = await counter.service.addAgency("审计单位", ["office.lease"]);
  const audits = { agencyId, scopes: ["audit:read"] as const };
  auditor = (await counter.service.db.transaction((tx) => issueKey(tx, counter.service.ring, "operator:test", audits)))
    .key;
});
afterAll(() => counter.close());

describe.each(["conflict", "probable"] as const)("of a %s", (grade) => {
  test.each(["same", "different"] as const)("`%s` is in the answers between its two positions", async (finding) => {
    const { checked, party } = await counter.openMatch(grade);
    const before = await counter.check(party);
    const request = await counter.ask(checked);
    await counter.answer(request.id, finding);
    const stands = await counter.check(party);
    const otherName = await counter.check({ ...party, name: "测试丙" });
    // Listed under the number itself while the finding stands.
    await counter.listed({ number: party.number });
    const beside = await counter.check(party);
    await counter.revoke(request.id);
    const after = await counter.check(party);
    expect(before.outcome).toBe("review");
    expect(stands.outcome).toBe(finding === "same" ? "listed" : "clear");
    for (const asked of [checked, before, stands, otherName, beside, after]) {
      const { status, body } = await counter.service.post(`/v1/checks/${asked.id}/replay`, {
        operator: "officer 0418",
      });
      expect([status, body.reproduced]).toEqual([200, true]);
      expect(await asOf(party, asked)).toEqual([asked.outcome, asked.matches]);
    }
  });
});

/** What an auditor is told of the party as of a check; of another name nothing is asked. */
async function asOf(party: object & { name: string; number: string }, asked: Checked) {
  const { body: record } = await counter.service.get(`/v1/checks/${asked.id}`);
  const { status, body } = await counter.service.post(
    "/v1/checks/as-of",
    {
      purpose: "travel.ticketing",
      subject: { name: record.subject.name, document: { type: "resident_id", number: party.number } },
      at: record.checkedAt,
      operator: "auditor 1",
      reason: "审计抽查",
    },
    auditor,
  );
  expect(status).toBe(200);
  return [body.outcome, body.matches];
}

test("a replay says that a court found, and not that a term is over", async () => {
  const { checked, listingId } = await counter.openMatch("conflict");
  const request = await counter.ask(checked);
  await counter.answer(request.id, "different");
  const { body } = await counter.service.post(`/v1/checks/${checked.id}/replay`, { operator: "officer 0418" });
  expect(body).toMatchObject({ reproduced: true, differs: true, differences: [{ listingId, what: "identified" }] });
});

describe("in the log", () => {
  const stray = () => findStrayAnswer(counter.service.db);

  test("every answer and every revocation has its entry, and fsck follows them all", async () => {
    const { sql, db, ring, identity } = counter.service;
    const keys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
    const [entries] = await sql`
      select (select count(*) from check_record) + (select position from register_state)
        + (select count(*) from log_fact) as total`;
    for (;;) {
      const [row] = await sql`select coalesce(max(size), 0) as size from log_checkpoint`;
      if (Number(row?.["size"]) === Number(entries?.["total"])) break;
    }
    const report = await checkLog({ sql, sources: sourcesOf({ db, sql }, ring), keys });
    expect(report).toMatchObject({ size: Number(entries?.["total"]), finding: null });
    expect(await stray()).toBeNull();
  });

  class Undo extends Error {}

  test.each([
    [
      "an answer that was turned round",
      "update identity_request set finding = 'same', redress_digest = null where finding = 'different'",
    ],
    ["an answer of another court", "update identity_request set court = '闽0206' where finding is not null"],
    [
      "a revocation that was taken out",
      "update identity_request set revoked_at = null, revoked_by = null, revocation_reason = null",
    ],
    ["an answer that was taken out", "delete from identity_request"],
    [
      "a finding that checks go by no more",
      "update identity_finding set until_position = 1 where until_position is null",
    ],
    [
      "a finding of another document",
      "update identity_finding set blind_index = sha256(blind_index) where until_position is null",
    ],
    [
      "a finding that no court gave",
      "insert into identity_finding (id, blind_index, listing_id, finding, court, from_position) values (gen_random_uuid(), 'x', gen_random_uuid(), 'different', '闽0203', 1)",
    ],
  ])("%s is named", async (_, change) => {
    const { checked } = await counter.openMatch("conflict");
    await counter.answer((await counter.ask(checked)).id, "different");
    expect(await stray()).toBeNull();
    let found: string | null = null;
    const undone = counter.service.db.transaction(async (tx) => {
      await tx.execute(change);
      found = await findStrayAnswer(tx);
      throw new Undo();
    });
    await expect(undone).rejects.toThrow(Undo);
    expect(found).toMatch(/idr_\w{26}$/);
  });
});
