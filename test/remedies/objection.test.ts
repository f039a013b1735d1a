// What is refused of an objection and why, who wins a race, and who sees it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newCase } from "../registry/courthouse.ts";
import { type Office, openOffice, rejectionPaper } from "./registry-office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => office.setClock("2026-09-15T09:00:00+08:00"));

const published = async () => (await office.publishBoth(newCase())).listing;
const upholding = { reasons: "理由成立。", correction: { operation: "revoke" } };
const rejection = { reasons: "理由不成立。", paper: rejectionPaper };
const refusal = (code: string) => ({ status: 409, body: { code: "act-refused", refusal: { code } } });

describe("taking in", () => {
  test("is for the court that enforces: another court does not find the listing, the one above may only look", async () => {
    const listing = await published();
    expect(await office.tryTakeIn(office.elsewhere, listing)).toMatchObject({ status: 404 });
    expect(await office.tryTakeIn(office.higherClerk, listing)).toMatchObject({
      status: 403,
      body: { code: "jurisdiction" },
    });
  });

  test("art. 11: refuses a day to come, a ground that is none, and a listing that is over or only drafted", async () => {
    const listing = await published();
    const fault = (pointer: string) => ({ status: 422, body: { errors: [{ pointer }] } });
    expect(await office.tryTakeIn(office.clerk, listing, { receivedOn: "2026-09-16" })).toMatchObject(
      fault("#/receivedOn"),
    );
    expect(await office.tryTakeIn(office.clerk, listing, { ground: "unjust" })).toMatchObject(fault("#/ground"));
    const [draft] = await office.draft({ ...formFor() });
    expect(draft && (await office.tryTakeIn(office.clerk, draft))).toMatchObject(refusal("not-listed"));
  });

  test("by a court's system for a named clerk is on record under both", async () => {
    const listing = await published();
    const system = await office.systemOf(office.clerk);
    const { status, body } = await office.tryTakeIn({ ...office.clerk, headers: system }, listing);
    expect(status).toBe(201);
    expect(body["takenInBy"]).toMatch(new RegExp(`^court_key:.*:${office.clerk.actor.id}$`));
    const decided = await office.tryStep({ ...office.clerk, headers: system }, body, "uphold", upholding);
    expect(decided.status).toBe(401);
  });

  test("twice at once takes one in", async () => {
    const listing = await published();
    const both = await Promise.all([office.tryTakeIn(office.clerk, listing), office.tryTakeIn(office.judge, listing)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
    const { body } = await office.service.request.get(`/v1/objections?listing=${listing.id}`).set(office.judge.headers);
    expect(body.data).toHaveLength(1);
  });
});

describe("the review", () => {
  test("is another person's than the listing's: the president who decided it is refused with art. 13", async () => {
    const objection = await office.takeIn(await published());
    const own = await office.tryStep(office.president, objection, "uphold", upholding);
    expect(own).toMatchObject(refusal("same-person"));
    expect(own.body["refusal"]).toMatchObject({ article: expect.stringContaining("第十三条") });
  });

  test("is a judge's: a clerk is turned away at the door", async () => {
    const objection = await office.takeIn(await published());
    expect(await office.tryStep(office.clerk, objection, "reject", rejection)).toMatchObject({
      status: 403,
      body: { code: "authority" },
    });
  });

  test("orders what fits the ground", async () => {
    const objection = await office.takeIn(await published(), { ground: "inaccurate" });
    expect(await office.tryStep(office.judge, objection, "uphold", upholding)).toMatchObject(
      refusal("other-correction"),
    );
  });

  test("by two reviewers at once is decided once, whatever each decides", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const objection = await office.takeIn(listing);
    const both = await Promise.all([
      office.tryStep(office.judge, { ...objection }, "uphold", upholding),
      office.tryStep(office.secondJudge, { ...objection }, "reject", rejection),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
    const winner = both.find(({ status }) => status === 200);
    const { body } = await office.service.request.get(`/v1/objections/${objection.id}`).set(office.judge.headers);
    expect(body.state).toBe(winner?.body["state"]);
    expect(await office.isUnderObjection(matter)).toEqual([body.state === "upheld"]);
    expect(await office.audit(objection as never)).toHaveLength(2);
  });

  test("needs the version that was read", async () => {
    const objection = await office.takeIn(await published());
    const post = (headers: Record<string, string>) =>
      office.service.request
        .post(`/v1/objections/${objection.id}/uphold`)
        .set({ ...office.judge.headers, ...headers })
        .send(upholding);
    expect(await post({})).toMatchObject({ status: 428, body: { code: "precondition-required" } });
    expect(await post({ "If-Match": '"v9"' })).toMatchObject({ status: 412 });
    expect(await post({ "If-Match": 'W/"v1"' })).toMatchObject({ status: 412 });
  });

  test("takes no identity number into a decision", async () => {
    const objection = await office.takeIn(await published());
    const reasons = "申请人110101190001010014所述不实。";
    const { status, body } = await office.tryStep(office.judge, objection, "reject", { ...rejection, reasons });
    expect({ status, text: JSON.stringify(body) }).toMatchObject({ status: 422 });
    expect(JSON.stringify(body)).not.toContain("110101190001010014");
  });
});

describe("carrying out", () => {
  test("of what a court has ended meanwhile changes nothing on the list, and is on record", async () => {
    const listing = await published();
    const objection = await office.takeIn(listing);
    await office.step(office.judge, objection, "uphold", upholding);
    await office.reread(listing);
    const paid = { operation: "delete", ground: { code: "R1" } };
    const today = office.today();
    const removal = { exit: paid, reasonAroseOn: today, reachedCourtOn: today, reason: "款项到账" };
    await office.act(office.judge, listing, "exit", removal);
    await office.step(office.secondJudge, objection, "correct", { reason: "已移出" });
    expect(objection).toMatchObject({ state: "corrected", wrongfulListing: null });
    const { body } = await office.read(office.judge, listing.id);
    expect(body).toMatchObject({ exit: { operation: "delete" } });
  });

  test("takes the authority of the way off: R3 is the president's", async () => {
    const objection = await office.takeIn(await published(), { ground: "deletable" });
    const correction = { operation: "delete", ground: { code: "R3" } };
    await office.step(office.judge, objection, "uphold", { reasons: "申请执行人同意。", correction });
    const byJudge = await office.tryStep(office.judge, objection, "correct", { reason: "删除" });
    expect(byJudge).toMatchObject({ status: 403, body: { code: "authority" } });
    await office.step(office.president, objection, "correct", { reason: "删除" });
    expect(objection.state).toBe("corrected");
  });
});

describe("reading", () => {
  test("is for the court, the courts above and nobody beside; what was written comes with one objection alone", async () => {
    const listing = await published();
    const statement = "本人证件110101190001010014，债务已清偿。";
    const objection = await office.takeIn(listing, { statement, contact: "厦门市测试路1号" });
    const get = (person: { headers: Record<string, string> }, path: string) =>
      office.service.request.get(path).set(person.headers);
    const own = await get(office.judge, `/v1/objections/${objection.id}`);
    expect(own.body.application).toMatchObject({ contact: "厦门市测试路1号", agent: null, party: null });
    expect(own.body.application.statement).not.toContain("110101190001010014");
    expect(own.headers["etag"]).toBe('"v1"');
    expect((await get(office.higherJudge, `/v1/objections/${objection.id}`)).status).toBe(200);
    expect((await get(office.elsewhere, `/v1/objections/${objection.id}`)).status).toBe(404);
    const listed = await get(office.higherJudge, `/v1/objections?listing=${listing.id}`);
    expect(listed.body.data).toHaveLength(1);
    expect(JSON.stringify(listed.body)).not.toContain("债务已清偿");
    expect((await get(office.elsewhere, `/v1/objections?listing=${listing.id}`)).body.data).toEqual([]);
  });

  test("goes on page by page, by state and kind", async () => {
    await office.takeIn(await published());
    await office.takeIn(await published());
    const pages: string[] = [];
    let cursor = "";
    do {
      const { body } = await office.service.request
        .get(`/v1/objections?state=under_review&kind=correction&limit=1${cursor}`)
        .set(office.judge.headers);
      pages.push(...(body.data as { id: string }[]).map(({ id }) => id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : "";
    } while (cursor !== "");
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages).size).toBe(pages.length);
    expect([...pages].sort()).toEqual(pages);
  });
});

function formFor() {
  const matter = newCase();
  return {
    caseNumber: matter.caseNumber,
    initiatedBy: "court",
    receivedOn: "2026-09-14",
    notice: { endsOn: "2026-08-31", warned: true },
    parties: [{ name: matter.name, document: { type: "resident_id", number: matter.number }, limit: {} }],
  };
}
