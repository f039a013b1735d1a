// Tasks in lists, reports in batches, sanctions lifted, and what a court sees of them.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { signInStaff } from "../courts/staff.ts";
import { PURPOSE } from "../service.ts";
import { ADVISORY, type Desk, listOf, MEASURE, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const nothing = { kind: "not_sanctioned", reason: "no_basis", operator: "officer 0417" };

/** Every page of a list, walked by its cursors. */
async function walk(path: string, limit: number, bearer?: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (let cursor = ""; ;) {
    const { status, body } = await desk.service.get(`${path}limit=${limit}${cursor}`, bearer);
    expect(status).toBe(200);
    expect(body.data.length).toBeLessThanOrEqual(limit);
    rows.push(...body.data);
    if (!body.hasMore) return rows;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

describe("the list of tasks", () => {
  test("has those that are open, overdue and settled, page by page, and nobody else's", async () => {
    const { key } = await desk.service.addAgency("旁观单位", [PURPOSE]);
    const hits = [await desk.hit(), await desk.hit(), await desk.hit()];
    const [first, second, third] = hits.map(({ task }) => task);
    await desk.report(second ?? "", nothing);
    const idsOf = async (query: string, bearer?: string) =>
      (await walk(`/v1/feedback-tasks?${query}`, 2, bearer)).map(({ id }) => id);
    expect(await idsOf("")).toEqual([first, second, third]);
    expect(await idsOf("state=open&")).toEqual([first, third]);
    expect(await idsOf("state=settled&")).toEqual([second]);
    expect(await idsOf("state=overdue&")).toEqual([]);
    expect(await idsOf("", key)).toEqual([]);
    const [due] = await walk("/v1/feedback-tasks?state=open&", 1);
    desk.wait(24 * 40);
    try {
      const overdue = await walk("/v1/feedback-tasks?state=overdue&", 2);
      expect(overdue).toMatchObject([
        { id: first, state: "open", overdue: true, dueOn: due?.["dueOn"] },
        { id: third, overdue: true },
      ]);
    } finally {
      desk.wait(-24 * 40);
    }
    await desk.service
      .sql`update feedback_task set due_on = null where case_reference = ${hits[0]?.party.caseReference ?? ""}`;
    desk.wait(24 * 40);
    try {
      expect(await idsOf("state=overdue&")).toEqual([third]);
    } finally {
      desk.wait(-24 * 40);
    }
    const foreign = await desk.service.get("/v1/feedback-tasks?cursor=AAAA");
    expect(foreign.body.code).toBe("invalid-cursor");
  });
});

describe("a batch of reports", () => {
  const send = (items: unknown[]) => desk.service.post("/v1/feedback", { items });

  test("gives each item its result, in order; a bad one costs itself", async () => {
    const hits = [await desk.hit(), await desk.hit(), await desk.hit()];
    const [first, second, third] = hits;
    if (!first || !second || !third) throw new Error("no hits");
    const items = [
      { task: first.task, feedback: desk.sanctioned(first.answer.id) },
      { task: second.task, feedback: desk.sanctioned(second.answer.id, { notice: undefined }) },
      { task: "tsk_nothing", feedback: nothing },
      { task: third.task, feedback: { ...nothing, reason: "mercy" } },
      { task: third.task, feedback: { ...nothing, endsOn: "2026-01-01" } },
      { task: third.task, feedback: nothing },
    ];
    const { status, body } = await send(items);
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { status: "recorded", task: first.task, feedback: { kind: "sanctioned" } },
      {
        status: "refused",
        task: second.task,
        problem: { code: "notice-required", refusal: { article: "个人信息保护法第三十五条" } },
      },
      { status: "refused", task: null, problem: { code: "not-found" } },
      { status: "refused", problem: { code: "validation", errors: [{ pointer: "#/items/3/feedback/reason" }] } },
      { status: "refused", problem: { code: "validation", errors: [{ pointer: "#/items/4/feedback/endsOn" }] } },
      { status: "recorded", task: third.task },
    ]);
    expect((await desk.read(second.task)).body).toMatchObject({ state: "open", sanctions: [] });
    const again = await send(items);
    expect(again.body.results.map((result: { status: string }) => result.status)).toEqual([
      "unchanged",
      "refused",
      "refused",
      "refused",
      "refused",
      "unchanged",
    ]);
  });

  test("places the faults that only the verb finds", async () => {
    const { answer, task } = await desk.hit();
    const late = desk.sanctioned(answer.id, { duration: "until", endsOn: "2020-01-01" });
    const { body } = await send([{ task, feedback: late }]);
    expect(body.results).toMatchObject([{ problem: { errors: [{ pointer: "#/items/0/feedback/endsOn" }] } }]);
  });

  test("holds a thousand items and no more", async () => {
    const items = Array.from({ length: 1001 }, () => ({ task: "tsk_nothing", feedback: nothing }));
    expect((await send(items)).status).toBe(422);
    const { body } = await send(items.slice(1));
    expect(new Set(body.results.map(({ problem }: { problem: { code: string } }) => problem.code))).toEqual(
      new Set(["not-found"]),
    );
    expect(body.results).toHaveLength(1000);
  });
});

describe("a sanction", () => {
  async function imposed(over: object = {}) {
    const hit = await desk.hit();
    const { body } = await desk.report(hit.task, desk.sanctioned(hit.answer.id, over));
    return { ...hit, id: String(listOf(body, "sanctions")[0]?.["id"]) };
  }
  const lift = (id: string, version = 1, over: object = {}) =>
    desk.service.post(`/v1/sanctions/${id}/lift`, liftOf(over)).set("If-Match", `"v${version}"`);
  const liftOf = (over: object) => ({
    operator: "officer 0418",
    liftedOn: desk.today(),
    document: "厦财解〔2026〕1号",
    reason: "当事人已履行",
    ...over,
  });

  test("is in the agency's list by its state, newest first, and in nobody else's", async () => {
    const [first, second] = [await imposed(), await imposed({ duration: "once" })];
    const { key } = await desk.service.addAgency("另一单位", [PURPOSE]);
    const own = (await walk("/v1/sanctions?", 1)).map(({ id }) => id);
    expect(own.slice(0, 2)).toEqual([second.id, first.id]);
    expect((await walk("/v1/sanctions?state=completed&", 2)).map(({ id }) => id)).toEqual([second.id]);
    expect(await walk("/v1/sanctions?", 2, key)).toEqual([]);
    expect((await desk.service.get(`/v1/sanctions/${first.id}`, key)).status).toBe(404);
    const { body, headers, text } = await desk.service.get(`/v1/sanctions/${first.id}`);
    expect(headers["etag"]).toBe('"v1"');
    expect(body).toMatchObject({ id: first.id, caseReference: first.party.caseReference, party: { name: "测试甲" } });
    expect(text).not.toContain(first.party.number);
  });

  test("is lifted once, by whoever has read it, not before it began and not tomorrow", async () => {
    const { id } = await imposed();
    expect((await lift(id, 2)).body.code).toBe("precondition-failed");
    expect((await desk.service.post(`/v1/sanctions/${id}/lift`, liftOf({}))).body.code).toBe("precondition-required");
    expect((await lift(id, 1, { liftedOn: "2999-01-01" })).body.errors).toMatchObject([{ pointer: "#/liftedOn" }]);
    expect((await lift(id, 1, { liftedOn: "2020-01-01" })).status).toBe(422);
    const [one, other] = await Promise.all([lift(id), lift(id)]);
    expect(new Set([one, other].map(({ status }) => status))).toEqual(new Set([200, 412]));
    const { body } = await desk.service.get(`/v1/sanctions/${id}`);
    expect(body).toMatchObject({ state: "lifted", version: 2, lifted: { by: "officer 0418", reason: "当事人已履行" } });
    expect((await lift(id, 2)).body.code).toBe("conflict");
    expect((await desk.audit(id)).map(({ action, reason }) => [action, reason])).toEqual([
      ["sanction.impose", null],
      ["sanction.lift", "当事人已履行"],
    ]);
  });

  test("that happened once cannot be lifted", async () => {
    const { id } = await imposed({ duration: "once" });
    expect((await lift(id)).body.code).toBe("conflict");
  });

  test("is seen by the court of its listing, without the agency's matter", async () => {
    const { id, listing, party } = await imposed();
    const path = `/v1/listings/${publicId("lst", listing)}/sanctions`;
    const ask = async (court: string) => {
      const { headers } = await signInStaff(desk.service, "judge", { court });
      return desk.service.request.get(path).set(headers);
    };
    const { status, body, text } = await ask("闽0203");
    expect(status).toBe(200);
    expect(body.data).toEqual([
      {
        id,
        agency: "测试单位",
        measure: { code: MEASURE, title: expect.any(String), effect: "restrict" },
        duration: "while_listed",
        imposedOn: desk.today(),
        endsOn: null,
        state: "active",
        liftedOn: null,
        since: expect.any(String),
      },
    ]);
    for (const secret of [party.caseReference, party.number, "officer 0417", "厦财决", PURPOSE])
      expect(text).not.toContain(secret);
    await lift(id);
    expect((await ask("闽02")).body.data).toMatchObject([{ state: "lifted", liftedOn: desk.today() }]);
    expect((await ask("闽0206")).status).toBe(404);
  });

  test("is seen by the court page by page", async () => {
    const { party, listing, task, answer } = await desk.hit();
    await desk.report(task, desk.sanctioned(answer.id));
    const other = await desk.check(party, { caseReference: `${party.caseReference}-2` });
    await desk.report(other.task, desk.sanctioned(other.answer.id, { measure: ADVISORY, notice: undefined }));
    const { headers } = await signInStaff(desk.service, "judge");
    const path = `/v1/listings/${publicId("lst", listing)}/sanctions?limit=1`;
    const first = await desk.service.request.get(path).set(headers);
    const next = await desk.service.request.get(`${path}&cursor=${first.body.nextCursor}`).set(headers);
    const codes = [first, next].map(({ body }) =>
      body.data.map((row: { measure: { code: string } }) => row.measure.code),
    );
    expect([codes, next.body.hasMore]).toEqual([[[MEASURE], [ADVISORY]], false]);
  });
});
