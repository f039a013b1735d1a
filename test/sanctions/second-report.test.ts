// A second report replaces the first: what it must say, what becomes of the sanctions of the first, and what never does.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADVISORY, type Answer, type Desk, listOf, MEASURE, newParty, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const codeOf = ({ status, body }: Answer) => [status, body["code"]];
const idOf = (value: unknown) => String((value as { id: string } | null)?.id);

describe("a second report", () => {
  async function settled(over: object = {}) {
    const hit = await desk.hit();
    const { body } = await desk.report(hit.task, desk.sanctioned(hit.answer.id, over));
    const [sanction] = listOf(body, "sanctions");
    return { ...hit, feedback: idOf(body["feedback"]), sanction: idOf(sanction) };
  }
  const lifted = { outcome: "lifted", document: "厦财解〔2026〕1号", reason: "认定有误" };
  const nothing = { kind: "not_sanctioned", reason: "no_basis", operator: "officer 0418" };

  test("is the first one where it says the same", async () => {
    const { answer, task } = await desk.hit();
    const report = desk.sanctioned(answer.id);
    const [first, second] = [await desk.report(task, report), await desk.report(task, report)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(await desk.audit(task)).toHaveLength(1);
  });

  test("names the one that it replaces, which stays to be read", async () => {
    const { answer, task } = await desk.hit();
    const { body: first } = await desk.report(task, { kind: "not_the_person", operator: "officer 0417" });
    const report = desk.sanctioned(answer.id);
    expect(codeOf(await desk.report(task, report))).toEqual([409, "feedback-given"]);
    const { status, body } = await desk.report(task, { ...report, replaces: idOf(first["feedback"]) });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      feedback: { kind: "sanctioned", supersededBy: null },
      history: [{ id: idOf(first["feedback"]), supersededBy: idOf(body["feedback"]) }, { id: idOf(body["feedback"]) }],
    });
    const late = { ...nothing, replaces: idOf(first["feedback"]) };
    expect(codeOf(await desk.report(task, late))).toEqual([409, "feedback-given"]);
  });

  test("does not end a sanction by silence: the decision stands until it is lifted", async () => {
    const { task, feedback } = await settled();
    const silent = { ...nothing, replaces: feedback };
    const refused = await desk.report(task, silent);
    expect(codeOf(refused)).toEqual([409, "sanction-in-force"]);
    expect(refused.body["refusal"]).toEqual({ code: "sanction-in-force", article: "本平台工作规则" });
    const over = { ...silent, formerSanctions: { outcome: "carried_over" } };
    expect(codeOf(await desk.report(task, over))).toEqual([409, "sanction-in-force"]);
    const wrong = { ...silent, formerSanctions: { outcome: "recorded_in_error", reason: "误登" } };
    expect(codeOf(await desk.report(task, wrong))).toEqual([409, "sanction-in-force"]);
    expect((await desk.read(task)).body).toMatchObject({
      feedback: { id: feedback },
      sanctions: [{ state: "active" }],
    });
  });

  test.each(["not_sanctioned", "not_the_person"])("of the kind %s lifts it in the same act", async (kind) => {
    const { task, feedback, sanction } = await settled();
    const report = { kind, ...(kind === "not_sanctioned" && { reason: "no_basis" }), operator: "officer 0418" };
    const ending = { replaces: feedback, formerSanctions: { ...lifted, liftedOn: desk.today() } };
    const { status, body } = await desk.report(task, { ...report, ...ending });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      feedback: { kind, formerSanctions: "lifted" },
      sanctions: [
        { id: sanction, state: "lifted", lifted: { on: desk.today(), by: "officer 0418", document: lifted.document } },
      ],
    });
    expect((await desk.audit(sanction)).map(({ action }) => action)).toEqual(["sanction.impose", "sanction.lift"]);
  });

  test("carries it over beside another measure, and never beside the same", async () => {
    const { answer, task, feedback } = await settled();
    const carried = { replaces: feedback, formerSanctions: { outcome: "carried_over" } };
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id, carried)))).toEqual([409, "sanction-in-force"]);
    const { body } = await desk.report(task, desk.sanctioned(answer.id, { ...carried, measure: ADVISORY }));
    expect(listOf(body, "sanctions")).toMatchObject([
      { measure: { code: MEASURE }, state: "active" },
      { measure: { code: ADVISORY }, state: "active" },
    ]);
  });

  test("sets right what was recorded in error, while a live listing carries both", async () => {
    const { listing, answer, task, feedback, sanction } = await settled();
    const right = { replaces: feedback, decision: { number: "厦财决〔2026〕13号", datedOn: desk.today() } };
    const error = { formerSanctions: { outcome: "recorded_in_error", reason: "文号登记有误" } };
    const { status, body } = await desk.report(task, desk.sanctioned(answer.id, { ...right, ...error }));
    expect(status).toBe(201);
    expect(listOf(body, "sanctions")).toMatchObject([
      { id: sanction, state: "cancelled" },
      { state: "active", decision: right.decision },
    ]);
    expect((await desk.audit(sanction)).at(-1)).toMatchObject({ action: "sanction.cancel", reason: "文号登记有误" });
    await desk.endListing(listing);
    const late = { ...right, ...error, replaces: idOf(body["feedback"]) };
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id, late)))).toEqual([409, "listing-ended"]);
  });

  test("takes no sanction back that has lost its ground, for one on another listing", async () => {
    const { party, listing, task, feedback } = await settled();
    await desk.publish(party, { caseNumber: newParty().caseNumber });
    await desk.endListing(listing);
    const again = await desk.check(party);
    const error = { replaces: feedback, formerSanctions: { outcome: "recorded_in_error", reason: "误登" } };
    const refused = await desk.report(task, desk.sanctioned(again.answer.id, error));
    expect(codeOf(refused)).toEqual([409, "sanction-in-force"]);
    expect((await desk.read(task)).body).toMatchObject({ sanctions: [{ state: "active" }] });
  });

  test("leaves what happened once as it happened", async () => {
    const { task, feedback } = await settled({ duration: "once" });
    const { status, body } = await desk.report(task, { ...nothing, replaces: feedback });
    expect(status).toBe(201);
    expect(listOf(body, "sanctions")).toMatchObject([{ state: "completed" }]);
  });
});
