// Feedback tasks as the group statement writes them: one a matter however often it is asked, from several processes at
// once, in batches, and where a group fails and is divided.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallers, defaultLimits, findPurpose } from "../../src/agencies/index.ts";
import { alignFeedbackTasks, createFeedbackDue } from "../../src/checks/feedback-due.ts";
import { importNotice } from "../../src/courts/index.ts";
import { createChecker } from "../../src/checks/check.ts";
import { createHotConnection } from "../../src/checks/connection.ts";
import { createCheckMetrics } from "../../src/checks/metrics.ts";
import { createQuota } from "../../src/checks/quota/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { createMetricsRegistry } from "../../src/platform/metrics.ts";
import { databaseCode } from "../../src/platform/database.ts";
import { readParty } from "../../src/checks/request.ts";
import { insertSwitchedOn } from "../agencies/switched-on.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

const PARTIES = 12;
const party = (i: number) => ({ name: `测试${i}号`, number: residentIdOf(`11010119000101${String(100 + i)}`) });
const asked = (i: number) => ({
  name: party(i).name,
  document: { type: "resident_id" as const, number: party(i).number },
});

let service: TestService;
beforeAll(async () => {
  service = await startService({ sequencer: false });
  await insertSwitchedOn(service);
  for (let i = 0; i < PARTIES; i++) {
    const { name, number } = party(i);
    const caseNumber = `(2020)闽0203执${90_000_100 + i}号`;
    await service.publish(listingOf({ name, document: { kind: "resident_id", number } }, { caseNumber }));
  }
});
afterAll(() => service.stop());

type Task = { id: string; checks: number; dueOn: string | null; first: string; last: string };
const tasksOf = (caseReference: string) => service.sql<Task[]>`
  select id, checks, due_on::text as "dueOn", first_check_id as first, last_check_id as last
  from feedback_task where case_reference = ${caseReference} order by subject_index`;

test("eleven tries of one person are one task that counts eleven", async () => {
  const caseReference = "G1234 2026-11-22";
  const tries = Array.from({ length: 11 }, () => service.post("/v1/checks", checkOf(asked(0), { caseReference })));
  const answers = (await Promise.all(tries)).map(({ body }) => body);
  const [task, ...others] = await tasksOf(caseReference);
  expect(others).toEqual([]);
  expect(task?.checks).toBe(11);
  const ids = answers.map(({ id }) => uuidOf("chk", id) ?? "").toSorted();
  expect([task?.id, task?.first, task?.last]).toEqual([ids[0], ids[0], ids.at(-1)]);
  expect(new Set(answers.map(({ feedbackDueOn }) => feedbackDueOn))).toEqual(new Set([task?.dueOn]));
  const hits = await service.sql`select count(*)::int as n from hit where check_id = any (${ids})`;
  expect(hits[0]?.["n"]).toBe(11);
});

test("another matter, another purpose and another party are other tasks", async () => {
  await insertSwitchedOn(service, { code: "LOCAL-1", purposes: ["travel.ticketing"] });
  const ask = (i: number, rest: object) => service.post("/v1/checks", checkOf(asked(i), rest));
  await ask(1, { caseReference: "T-1" });
  await ask(1, { caseReference: "T-1", purpose: "travel.ticketing" });
  await ask(2, { caseReference: "T-1" });
  await ask(1, { caseReference: "T-2" });
  expect((await tasksOf("T-1")).map(({ checks }) => checks)).toEqual([1, 1, 1]);
  expect(await tasksOf("T-2")).toHaveLength(1);
});

test("a batch opens a task for each party, and counts one that stands in it twice", async () => {
  const subjects = [
    asked(3),
    asked(4),
    asked(3),
    { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } },
  ];
  const { body } = await service.post("/v1/checks/batch", {
    ...checkOf({}, { caseReference: "B-1" }),
    subject: undefined,
    subjects,
  });
  expect(body.results.map(({ action }: { action: string }) => action)).toEqual(["decide", "decide", "decide", "none"]);
  const tasks = await tasksOf("B-1");
  expect(tasks.map(({ checks }) => checks).reduce((sum, n) => sum + n)).toBe(3);
  const dueOn = body.results[0].feedbackDueOn;
  expect(body.results.map((result: { feedbackDueOn: string | null }) => result.feedbackDueOn)).toEqual([
    dueOn,
    dueOn,
    dueOn,
    null,
  ]);
});

test("a check that is repeated before acting, and one asked again, count for the same task", async () => {
  const first = await service.post("/v1/checks", checkOf(asked(5), { caseReference: "R-1" }));
  await service.post("/v1/checks", checkOf(asked(5), { caseReference: "R-1", previousCheckId: first.body.id }));
  const { body } = await service.post(`/v1/checks/${first.body.id}/replay`, { operator: "officer 0418" });
  expect(body).toMatchObject({ differs: false, recorded: { action: "decide" }, today: { action: "decide" } });
  expect(await tasksOf("R-1")).toMatchObject([{ checks: 3, dueOn: first.body.feedbackDueOn }]);
});

test("a key that is not in force leaves neither hit nor task", async () => {
  const { key, keyId } = await service.addAgency("将停用单位", [PURPOSE]);
  await service.post("/v1/checks", checkOf(asked(6), { caseReference: "K-0" }), key);
  await service.sql`update api_key set revoked_at = now() where id = ${keyId}`;
  const before = await service.sql`select count(*)::int as n from hit`;
  const { status } = await service.post("/v1/checks", checkOf(asked(6), { caseReference: "K-1" }), key);
  expect(status).toBe(401);
  expect(await service.sql`select count(*)::int as n from hit`).toEqual(before);
  expect(await tasksOf("K-1")).toEqual([]);
});

/** Another process that answers from the same database. */
function otherProcess(now = () => new Date()) {
  const { db, ring, databaseUrl } = service;
  const connection = createHotConnection(databaseUrl);
  const callers = createCallers({ db, ring });
  const metrics = createCheckMetrics(createMetricsRegistry());
  const feedbackDue = createFeedbackDue({ db, now });
  const sequences = { see: () => {} };
  const quota = createQuota({ connection, standard: defaultLimits, paced: true });
  const checker = createChecker({
    connection,
    ring,
    callers,
    metrics,
    feedbackDue,
    quota,
    sequences,
    isLogBehind: () => false,
  });
  const purpose = findPurpose(PURPOSE);
  if (!purpose) throw new Error("no such purpose");
  return {
    ask: async (order: readonly number[], caseReference: string) => {
      const caller = await callers.find(`Bearer ${service.key}`);
      const parties = order.map((i) => readParty(asked(i), purpose, "/subject"));
      return checker.check(caller, { purpose, caseReference, operator: "o", parties });
    },
    end: connection.end,
  };
}

test("processes that find the same parties in opposite orders wait for each other, and lose no count", async () => {
  const processes = [otherProcess(), otherProcess()];
  const order = Array.from({ length: PARTIES }, (_, i) => i);
  const rounds = 40;
  for (let round = 0; round < rounds; round++)
    await Promise.all(processes.map(({ ask }, i) => ask(i === 0 ? order : order.toReversed(), "D-1")));
  expect((await tasksOf("D-1")).map(({ checks }) => checks)).toEqual(order.map(() => rounds * processes.length));
  await Promise.all(processes.map(({ end }) => end()));
});

test("the same rows taken in opposite orders are a deadlock", async () => {
  const ids = (await tasksOf("D-1")).slice(0, 2).map(({ id }) => id);
  const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const take = (i: number, order: string[]) =>
    service.sql.begin(async (sql) => {
      await sql`update feedback_task set checks = checks where id = ${order[0] ?? ""}`;
      met[i]?.resolve();
      await met[1 - i]?.promise;
      await sql`update feedback_task set checks = checks where id = ${order[1] ?? ""}`;
    });
  const outcomes = await Promise.allSettled([take(0, ids), take(1, ids.toReversed())]);
  const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [databaseCode(outcome.reason)] : []));
  expect(reasons).toEqual(["40P01"]);
});

test("a group that fails is divided, and what is sound in it is counted once", async () => {
  await service.sql`
    create function refuse_marked() returns trigger language plpgsql as $$
      begin if new.reference = 'refused' then raise exception 'refused'; end if; return new; end $$`;
  await service.sql`
    create trigger refuse_marked before insert on check_record for each row execute function refuse_marked()`;
  const ask = (i: number, reference: string) =>
    service.post("/v1/checks", checkOf({ ...asked(i), reference }, { caseReference: "S-1" }));
  const asks = [ask(7, "a"), ask(8, "refused"), ask(7, "b"), ask(9, "c"), ask(8, "d")];
  const statuses = (await Promise.all(asks)).map(({ status }) => status);
  await service.sql`drop trigger refuse_marked on check_record`;
  expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  expect((await tasksOf("S-1")).map(({ checks }) => checks).toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
});

test("beyond the calendar's end nobody knows the day, and the answer says so", async () => {
  const { ask, end } = otherProcess(() => new Date("2099-12-30T10:00:00+08:00"));
  const [answer] = await ask([10], "C-1");
  expect(answer).toMatchObject({ action: "decide", feedbackDueOn: null });
  expect(await tasksOf("C-1")).toMatchObject([{ dueOn: null, checks: 1 }]);
  await end();
});

test("the day is the purpose's number of working days from today", async () => {
  const { ask, end } = otherProcess(() => new Date("2026-09-28T10:00:00+08:00"));
  const [answer] = await ask([11], "C-2");
  // Ten working days over the National Day of 2026, from 1 to 7 October, with its worked weekend.
  expect(answer?.feedbackDueOn).toBe("2026-10-16");
  await end();
});

test("a notice that comes later gives the day to what was opened before it, and moves no day that is over", async () => {
  const opened = "2027-03-01T10:00:00+08:00";
  await service.sql`update feedback_task set opened_at = ${opened} where case_reference = 'C-1'`;
  await service.sql`
    update feedback_task set opened_at = ${opened}, due_on = '2027-03-02' where case_reference = 'C-2'`;
  const dueOn = async (caseReference: string) => (await tasksOf(caseReference))[0]?.dueOn;
  expect(await dueOn("C-1")).toBeNull();
  const holiday = (name: string, from: string, to: string) => ({ name, from, to, workdays: [] });
  const notice = {
    year: 2027,
    title: "2027年部分节假日安排（测试）",
    issuedOn: "2026-11-04",
    holidays: [holiday("元旦", "2027-01-01", "2027-01-03"), holiday("国庆节", "2027-10-01", "2027-10-07")],
  };
  await service.db.transaction((tx) => importNotice(tx, "operator:test", notice));
  const align = () => service.db.transaction((tx) => alignFeedbackTasks(tx, "2027-03-05"));
  expect(await align()).toBe(1);
  expect([await dueOn("C-1"), await dueOn("C-2")]).toEqual(["2027-03-15", "2027-03-02"]);
  expect(await align()).toBe(0);
});
