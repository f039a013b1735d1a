// Which court is asked, and that it follows the listing; the court above looks, and those beside it see nothing.
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInStaff } from "../../courts/staff.ts";
import { checkOf, listingOf } from "../../service.ts";
import { type Counter, newNumber, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ liaisonCourt: "闽0203" });
});
afterAll(() => counter.close());

/** A request about a listing of the court that the case number names. */
async function requestOf(caseNumber: string, court: string) {
  const number = newNumber();
  await counter.service.publish(
    listingOf({ document: { kind: "resident_id", number } }, { caseNumber, court: { name: court } }),
  );
  return counter.ask(await counter.check({ name: "测试乙", number }));
}

test("the court whose listing it is, where somebody there can answer", async () => {
  await signInStaff(counter.service, "judge", { court: "闽0206" });
  expect(await requestOf("(2026)闽0206执90000101号", "厦门市湖里区人民法院")).toMatchObject({ court: "闽0206" });
});

test("the liaison court, where the other has nobody here; both can answer once it has", async () => {
  const request = await requestOf("(2026)闽0205执90000102号", "厦门市海沧区人民法院");
  expect(request).toMatchObject({ court: "闽0203" });
  expect((await counter.see(request.id)).status).toBe(200);
  const competent = await signInStaff(counter.service, "judge", { court: "闽0205" });
  expect((await counter.see(request.id, competent)).status).toBe(200);
  const { status } = await counter.tryAct(request.id, "answer", { finding: "unable", reasons: "核对" }, competent);
  expect(status).toBe(200);
});

test("the liaison court for a number from before the codes, whose court nobody can tell", async () => {
  expect(await requestOf("(2009)某执字第90000103号", "某某人民法院")).toMatchObject({ court: "闽0203" });
});

test("a court above sees it and does not answer; a court beside it does not know of it", async () => {
  const request = await requestOf("(2026)闽0203执90000104号", "厦门市思明区人民法院");
  const above = await signInStaff(counter.service, "judge", { court: "闽02" });
  const beside = await signInStaff(counter.service, "judge", { court: "闽0211" });
  const answer = { finding: "unable", reasons: "核对" };
  expect((await counter.see(request.id, above)).status).toBe(200);
  expect((await counter.tryAct(request.id, "answer", answer, above)).body).toMatchObject({ code: "jurisdiction" });
  expect((await counter.see(request.id, beside)).status).toBe(404);
  expect((await counter.tryAct(request.id, "answer", answer, beside)).body).toMatchObject({ code: "not-found" });
  const listed = async (person: typeof above) => {
    const { body } = await counter.service.request.get("/v1/identity-requests?limit=200").set(person.headers);
    return body.data.some(({ id }: { id: string }) => id === request.id);
  };
  expect([await listed(counter.judge), await listed(above), await listed(beside)]).toEqual([true, true, false]);
});

test("a case that moves takes its question and its clock along", async () => {
  const request = await requestOf("(2026)闽0203执90000105号", "厦门市思明区人民法院");
  const seen = (await counter.see(request.id)).body["listing"] as { id: string };
  const { headers } = await counter.service.request.get(`/v1/listings/${seen.id}`).set(counter.judge.headers);
  const president = await signInStaff(counter.service, "president");
  const moved = await counter.service.request
    .post(`/v1/listings/${seen.id}/transfer`)
    .set({ ...president.headers, "If-Match": headers["etag"] ?? "" })
    .send({ court: "闽0211", reason: "指定执行" });
  expect(moved.status).toBe(200);
  const taken = await signInStaff(counter.service, "judge", { court: "闽0211" });
  const { body } = await counter.see(request.id, taken);
  expect(body).toMatchObject({ id: request.id, clock: { court: "闽0211" } });
  const { status } = await counter.tryAct(request.id, "answer", { finding: "unable", reasons: "核对" }, taken);
  expect([status, (await counter.see(request.id)).status]).toEqual([200, 404]);
});

test("the checks of organisations are asked alike", async () => {
  const number = "91350200MA0000007F";
  await counter.service.publish(
    listingOf(
      { name: "测试公司（演示）", document: { kind: "uscc", number } },
      { caseNumber: "(2026)闽0203执90000106号" },
    ),
  );
  const { body } = await counter.service.post(
    "/v1/checks",
    checkOf({ name: "测试新公司（演示）", document: { type: "uscc", number } }),
  );
  const request = await counter.ask(body);
  await counter.answer(request.id, "same");
  const again = await counter.service.post(
    "/v1/checks",
    checkOf({ name: "测试新公司（演示）", document: { type: "uscc", number } }),
  );
  expect(again.body).toMatchObject({ outcome: "listed", matches: [{ grade: "exact" }] });
});
