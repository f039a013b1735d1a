// Sanctions in the public log: receipts of what was imposed and lifted, and that `fsck` finds every row that says otherwise.
import { sql, TransactionRollbackError } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catchUp } from "../../src/audit/index.ts";
import { publicId } from "../../src/platform/id.ts";
import { findStraySanction } from "../../src/sanctions/index.ts";
import { openReceipt } from "../receipts.ts";
import { type Desk, listOf, MEASURE, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function imposed() {
  const hit = await desk.hit();
  const report = desk.sanctioned(hit.answer.id);
  const { body } = await desk.report(hit.task, report);
  const [sanction] = listOf(body, "sanctions");
  return { ...hit, report, id: String(sanction?.["id"]), feedback: (body["feedback"] as { id: string }).id };
}
const lift = (id: string) =>
  desk.service
    .post(`/v1/sanctions/${id}/lift`, {
      operator: "officer",
      liftedOn: desk.today(),
      document: "一号",
      reason: "已履行",
    })
    .set("If-Match", '"v1"');

test("a receipt proves what was imposed, and after the lift that", async () => {
  const { id, answer, listing, task, feedback, report } = await imposed();
  const ask = () => desk.service.get(`/v1/sanctions/${id}/receipt`);
  const fact = await openReceipt(desk.service, ask);
  expect(fact).toMatchObject({
    kind: "sanction",
    act: "imposed",
    sanction: id,
    agency: publicId("agy", desk.service.agencyId),
    check: answer.id,
    feedback,
    task,
    measure: MEASURE,
    listings: [publicId("lst", listing)],
    decision: ["厦财决〔2026〕12号", report.decision.datedOn],
    notice: ["厦财告〔2026〕12号", report.notice.servedOn, "in_person"],
    duration: "while_listed",
  });
  expect((await lift(id)).status).toBe(200);
  expect(await openReceipt(desk.service, ask)).toMatchObject({ act: "lifted", sanction: id, document: "一号" });
});

describe("fsck", () => {
  test("finds nothing where the rows are what the log says, whatever became of them", async () => {
    const [one, other] = [await imposed(), await imposed()];
    await lift(one.id);
    const error = { replaces: other.feedback, formerSanctions: { outcome: "recorded_in_error", reason: "误登" } };
    const { status } = await desk.report(other.task, desk.sanctioned(other.answer.id, { ...error, duration: "once" }));
    expect(status).toBe(201);
    await catchUp(desk.service.sql);
    expect(await findStraySanction(desk.service.db)).toBeNull();
  });

  const last = "id = (select max(id::text)::uuid from sanction)";
  test.each([
    ["another day of decision", `update sanction set decision_dated_on = decision_dated_on - 1 where ${last}`],
    ["another measure", `update sanction set measure = 'OP2016-09-01' where ${last}`],
    ["another legal basis", `update sanction set legal_basis = '另一依据' where ${last}`],
    [
      "a lift that nobody recorded",
      `update sanction set state = 'lifted', lifted_on = imposed_on, lifted_at = now(), lifted_by = 'x' where ${last}`,
    ],
    ["an end by a date that it has not", `update sanction set state = 'ended_by_date' where ${last}`],
    ["a cancellation that nobody recorded", `update sanction set state = 'cancelled' where ${last}`],
    ["a notice that was never served", `update sanction set notice_number = '伪造' where ${last}`],
    [
      "a listing that it did not rest on",
      `update sanction_listing set listing_id = gen_random_uuid() where sanction_${last}`,
    ],
    [
      "no entry",
      `delete from log_fact where subject like 'san%' and log_group = (select max(log_group) from log_fact)`,
    ],
  ])("finds a sanction with %s", async (_, change) => {
    const { id } = await imposed();
    expect(await strayAfter(change)).toBe(`what is said by ${id}`);
    expect(await findStraySanction(desk.service.db)).toBeNull();
  });

  test("finds a sanction that is gone", async () => {
    const { id } = await imposed();
    expect(await strayAfter(`delete from sanction where ${last}`)).toBe(`the removal of ${id}`);
  });
});

/** What is found once this was done to the tables; it is undone afterwards. */
async function strayAfter(change: string): Promise<string | null> {
  let stray: string | null = null;
  const tampering = desk.service.db.transaction(async (tx) => {
    await tx.execute(sql.raw(change));
    stray = await findStraySanction(tx);
    tx.rollback();
  });
  await expect(tampering).rejects.toBeInstanceOf(TransactionRollbackError);
  return stray;
}
