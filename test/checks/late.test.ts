// Checks that are sent after the act, because nobody could ask before it: on record with when and why, shown wherever the
// check is, counted, bound by the log, and of the time of the act never a clear.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueKey } from "../../src/agencies/index.ts";
import type { StoredMatch } from "../../src/checks/answer.ts";
import { entryOfRow, factOf } from "../../src/checks/fact.ts";
import { eraseChecksById } from "../../src/checks/index.ts";
import { outcomeThen } from "../../src/checks/late.ts";
import { type CheckRow, findCheck } from "../../src/checks/queries.ts";
import { linesOf } from "../../src/checks/reading/fact-lines.ts";
import { openParty } from "../../src/checks/record.ts";
import { HASH_BYTES } from "../../src/audit/log/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { signInAgencyStaff } from "../courts/staff.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

const reason = "平台中断，旅客须当日成行";
const actedAt = new Date(Date.now() - 3_600_000).toISOString();
const CLEAR = { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } };

let service: TestService;
beforeAll(async () => {
  service = await startService({ sequencer: false });
  await service.publish(listingOf());
});
afterAll(() => service.stop());

const ask = (subject: object = {}, rest: object = {}) =>
  service.post("/v1/checks", checkOf(subject, { actedAt, actedReason: reason, ...rest }));

async function rowOf(id: string): Promise<CheckRow> {
  const row = await findCheck(service.db, service.agencyId, uuidOf("chk", id) ?? "");
  if (!row) throw new Error("the check is not on record");
  return row;
}

describe("a check that is sent after the act", () => {
  test("says when and why, what the register says now, and of the act never that nothing was there", async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: "listed", late: { reason, outcomeThen: "listed" } });
    expect(Date.parse(body.late.actedAt)).toBe(Date.parse(actedAt));
    const clear = await ask(CLEAR);
    expect(clear.body).toMatchObject({ outcome: "clear", late: { outcomeThen: "unknown" } });
    const review = await ask({ name: "测试乙" });
    expect(review.body).toMatchObject({ outcome: "review", late: { outcomeThen: "review" } });
    const first = await service.post("/v1/checks", checkOf());
    expect(first.body).not.toHaveProperty("late");
    const { text } = await service.request.get("/metrics");
    for (const then of ["listed", "review", "unknown"])
      expect(text).toMatch(new RegExp(`shixin_late_checks_total\\{outcome_then="${then}"\\} [1-9]`));
    expect(text).not.toContain('outcome_then="clear"');
  });

  test("is a batch as well, and both beside others and under a key", async () => {
    const key = randomUUID();
    const subjects = [checkOf().subject, { name: "测试乙" }, CLEAR];
    const body = { ...checkOf({}, { actedAt, actedReason: reason }), subject: undefined, subjects };
    const send = () => service.post("/v1/checks/batch", body).set("Idempotency-Key", key);
    const [batch, ...others] = await Promise.all([send(), service.post("/v1/checks", checkOf()), ask()]);
    expect(batch.body.results.map(({ late }: { late?: { outcomeThen: string } }) => late?.outcomeThen)).toEqual([
      "listed",
      undefined,
      "unknown",
    ]);
    expect(others.map((answer) => "late" in answer.body)).toEqual([false, true]);
    const again = await send();
    expect([again.text, again.headers["idempotency-replayed"]]).toEqual([batch.text, "true"]);
  });

  test("names both, a time that has passed, and nothing else", async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const faults = async (rest: object) => {
      const { status, body } = await service.post("/v1/checks", checkOf({}, rest));
      return [status, body.errors?.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)];
    };
    expect(await faults({ actedAt })).toEqual([422, ["#/actedReason required"]]);
    expect(await faults({ actedReason: reason })).toEqual([422, ["#/actedAt required"]]);
    expect(await faults({ actedAt: tomorrow, actedReason: reason })).toEqual([422, ["#/actedAt out_of_range"]]);
    expect(await faults({ actedAt: "yesterday", actedReason: reason })).toEqual([422, ["#/actedAt bad_form"]]);
    expect(await faults({ actedAt, actedReason: " " })).toEqual([422, ["#/actedReason too_short"]]);
  });

  test("is shown as such in the record, on the certificate and to the officer", async () => {
    const { body } = await ask(CLEAR);
    const recorded = await service.get(`/v1/checks/${body.id}`);
    expect(recorded.body.late).toEqual(body.late);
    const officer = await signInAgencyStaff(service, "agency_officer", service.agencyId);
    const see = (path: string) => service.request.get(path).set({ ...officer, Accept: "text/html" });
    const page = await see(`/console/checks/${body.id}`);
    for (const said of ["事后补查", "办理时未核查，不视为未列入名单", reason]) expect(page.text).toContain(said);
    expect((await see("/console/checks")).text).toContain("事后补查");
    const paper = await service.get(`/v1/checks/${body.id}/certificate`);
    for (const said of ["未经核查先行办理", reason, "办理时未核查，不视为未列入名单"])
      expect(paper.text).toContain(said);
    const { body: first } = await service.post("/v1/checks", checkOf(CLEAR));
    expect((await see(`/console/checks/${first.id}`)).text).not.toContain("事后补查");
    expect((await service.get(`/v1/checks/${first.id}/certificate`)).text).not.toContain("先行办理");
  });

  test("is bound by the public log with when and why, and the receipt says so", async () => {
    for (const path of [{}, { reference: "A-1" }]) {
      const { body } = await ask({ ...CLEAR, ...path });
      const row = await rowOf(body.id);
      const [outbox] = await service.sql<{ commitments: Buffer }[]>`
        select commitments from log_outbox where id = ${row.logGroup}`;
      const place = (row.logPlace ?? 0) * HASH_BYTES;
      const salt = row.salt ?? Buffer.alloc(0);
      const party = openParty(service.ring, row);
      expect(entryOfRow(row, party, salt)).toEqual(outbox?.commitments.subarray(place, place + HASH_BYTES));
      const fact = factOf(row, party, salt);
      expect([fact.v, fact.request.slice(9)]).toEqual([3, [actedAt, reason]]);
      const lines = linesOf({ fact, salt }, "zh", () => undefined).map(([, value]) => value);
      expect(lines.join("\n")).toContain(reason);
      expect(entryOfRow({ ...row, actedReason: "另一原因" }, party, salt)).not.toEqual(entryOfRow(row, party, salt));
    }
  });

  test("loses its reason with its party when it is erased, and stays known as late", async () => {
    const { body } = await ask(CLEAR);
    const erasure = { actor: "operator:test", reason: "保存期限届满" };
    await service.db.transaction((tx) => eraseChecksById(tx, erasure, [uuidOf("chk", body.id) ?? ""]));
    const { late } = (await service.get(`/v1/checks/${body.id}`)).body;
    expect(late).toMatchObject({ reason: "", outcomeThen: "unknown" });
  });

  test("is the same from the sandbox", async () => {
    const issued = { agencyId: service.agencyId, sandbox: true };
    const { key } = await service.db.transaction((tx) => issueKey(tx, service.ring, "operator:test", issued));
    const body = checkOf(CLEAR, { purpose: PURPOSE, actedAt, actedReason: reason });
    expect((await service.post("/v1/checks", body, key)).body).toMatchObject({
      sandbox: true,
      late: { reason, outcomeThen: "unknown" },
    });
  });
});

test("of the day of the act itself nobody knows what came first", () => {
  const today = shanghaiDate(new Date());
  const match = { grade: "exact", publishedOn: today } as StoredMatch;
  const at = { actedAt: new Date() };
  const earlier = { ...match, publishedOn: addDays(today, -1) };
  expect(outcomeThen(at, [match])).toBe("unknown");
  expect(outcomeThen(at, [earlier])).toBe("listed");
  expect(outcomeThen(at, [match, { ...earlier, grade: "probable" }])).toBe("review");
  expect(outcomeThen(at, null)).toBe("unknown");
});
