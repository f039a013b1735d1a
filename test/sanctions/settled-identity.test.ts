// Who it is, settled by the court: what its finding makes of an answer that left it open.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInStaff, type SignedInStaff } from "../courts/staff.ts";
import { type Answer, type Desk, listOf, newParty, openDesk } from "./desk.ts";

let desk: Desk;
let judge: SignedInStaff;
beforeAll(async () => {
  desk = await openDesk();
  judge = await signInStaff(desk.service, "judge");
});
afterAll(() => desk.close());

const codeOf = ({ status, body }: Answer) => [status, body["code"]];
const identityProof = { kind: "id_history", number: "思公户证〔2026〕3号" };

/** A check that left it open: by another name under the number, or by a mask. */
async function review(grade: "conflict" | "probable") {
  const party = newParty();
  const masked = `${party.number.slice(0, 10)}****${party.number.slice(-4)}`;
  await desk.publish(party, grade === "probable" ? { party: { name: party.name, document: { masked } } } : {});
  const ask = () => desk.check(party, grade === "conflict" ? { name: "测试乙" } : {});
  const { answer, task } = await ask();
  expect(answer).toMatchObject({ outcome: "review", matches: [{ grade }] });
  return { answer, task, ask };
}

/** The court is asked, and finds this. */
async function find({ id, matches: [match] }: Awaited<ReturnType<typeof review>>["answer"], finding: string) {
  const question = { checkId: id, listingId: match?.listingId, operator: "officer 0417", proofs: ["id_document"] };
  const asked = await desk.service.post("/v1/identity-requests", question);
  expect(asked.status).toBe(201);
  await act(asked.body.id, "answer", { finding, reasons: "经与执行卷宗核对" }, 1);
  return String(asked.body.id);
}

async function act(id: string, name: string, body: object, version: number): Promise<void> {
  const { status } = await desk.service.request
    .post(`/v1/identity-requests/${id}/${name}`)
    .set({ ...judge.headers, "If-Match": `"v${version}"` })
    .send(body);
  expect(status).toBe(200);
}

describe.each(["conflict", "probable"] as const)("a match that is %s", (grade) => {
  test.each([
    ["by the answer that left it open", false, "review"],
    ["by the next answer", true, "listed"],
  ])(
    "carries a sanction once the court has found the same, %s, and no more when that is taken back",
    async (_, anew, outcome) => {
      const { answer: open, task, ask } = await review(grade);
      expect(codeOf(await desk.report(task, desk.sanctioned(open.id)))).toEqual([409, "identity-not-confirmed"]);
      const request = await find(open, "same");
      const { answer } = anew ? await ask() : { answer: open };
      expect(answer).toMatchObject({ outcome });
      const { status, body } = await desk.report(task, desk.sanctioned(answer.id));
      expect(status).toBe(201);
      expect(listOf(body, "sanctions")).toMatchObject([
        { identityProof: null, listings: [{ listing: answer.matches[0]?.listingId }] },
      ]);
      await act(request, "revoke", { reason: "卷宗有误" }, 2);
      const again = { replaces: (body["feedback"] as { id: string }).id, formerSanctions: { outcome: "carried_over" } };
      const advisory = desk.sanctioned(answer.id, { ...again, measure: "OP2016-05-03" });
      expect(codeOf(await desk.report(task, advisory))).toEqual([409, "identity-not-confirmed"]);
    },
  );

  test.each(["different", "unable"])("carries none where the court has found %s", async (finding) => {
    const { answer, task } = await review(grade);
    await find(answer, finding);
    const report = desk.sanctioned(answer.id);
    expect(codeOf(await desk.report(task, report))).toEqual([409, "identity-not-confirmed"]);
    const proven = { ...report, identityProof };
    const expected = grade === "conflict" && finding === "unable" ? [201, undefined] : [409, "identity-not-confirmed"];
    expect(codeOf(await desk.report(task, proven))).toEqual(expected);
  });
});
