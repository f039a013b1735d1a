// What a court looks into at its desk: what may be done next, versions, the audit trail, the whole number, the search; its
// forms in work; and the signing of a list.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, enrolled, headersOf, PASSWORD, testClock } from "../courts/accounts/person.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { type Courthouse, formOf, newCase, openCourthouse, paper, type Person } from "./courthouse.ts";

const clock = testClock();
let house: Courthouse;
let elsewhere: Person;

beforeAll(async () => {
  house = await openCourthouse(undefined, { now: clock.now });
  elsewhere = await house.staff("judge", { court: "闽0206" });
});
afterAll(() => house.close());

const get = (person: Person, path: string) => house.service.request.get(`/v1${path}`).set(person.headers);
const post = (person: Person, path: string, body: object) =>
  house.service.request.post(`/v1${path}`).set(person.headers).send(body);
const actsIn = (body: { next: { acts: { act: string }[] } }) => body.next.acts.map(({ act }) => act);

test("a listing says what its reader may do next; to the court above, nothing", async () => {
  const [listing] = await house.draft(formOf(newCase()));
  const higher = await house.staff("president", { court: "闽02" });
  const path = `/listings/${listing?.id}`;
  expect(actsIn((await get(house.clerk, path)).body)).toEqual(["amend"]);
  const { body } = await get(house.president, path);
  expect(body.next.acts).toContainEqual({
    act: "decide",
    article: "失信名单规定（法释〔2017〕7号修正）第五条",
    refusal: expect.objectContaining({ code: "limit-missing" }),
  });
  expect((await get(higher, path)).body.next).toEqual({ acts: [], exits: [] });
});

describe("versions and audit", () => {
  test("a rectification leaves what stood there before, by member, and an entry with its reason and its judge", async () => {
    const { listing } = await house.publishBoth(newCase());
    const reason = "承办人登记有误";
    const corrections = { handler: "测试法官", performance: "部分未履行" };
    await house.act(house.judge, listing, "rectify", { corrections, reachedCourtOn: house.today(), reason });
    const { body } = await get(house.clerk, `/listings/${listing.id}/versions`);
    expect(body.data[0]).toMatchObject({ source: "court", replacedBy: "court" });
    expect(body.data[0].changes).toEqual([
      { member: "handler", before: null, after: "测试法官" },
      { member: "performance", before: "全部未履行", after: "部分未履行" },
    ]);
    const { body: trail } = await get(house.clerk, `/listings/${listing.id}/audit?limit=1`);
    expect(trail.data).toEqual([
      expect.objectContaining({ action: "listing.rectify", reason, name: house.judge.actor.name }),
    ]);
    const { body: older } = await get(house.clerk, `/listings/${listing.id}/audit?cursor=${trail.nextCursor}`);
    expect(older.data.at(-1).action).toBe("listing.draft");
  });

  test("are nobody's business at another court", async () => {
    const [listing] = await house.draft(formOf(newCase()));
    for (const part of ["versions", "audit"])
      expect((await get(elsewhere, `/listings/${listing?.id}/${part}`)).status).toBe(404);
  });
});

describe("the whole number", () => {
  test("is shown for a reason, which the trail keeps; neither it nor the log keeps the number", async () => {
    const matter = newCase();
    const [listing] = await house.draft(formOf(matter));
    const path = `/listings/${listing?.id}/reveal`;
    const { status, body } = await post(house.clerk, path, { reason: "当事人到庭核对身份" });
    expect({ status, numbers: body.documents.map(({ number }: { number: string }) => number) }).toEqual({
      status: 200,
      numbers: [matter.number],
    });
    const entries = await house.audit(listing ?? { id: "", version: 0, list: "", state: "", capacity: "" });
    expect(entries.at(-1)).toMatchObject({ action: "listing.reveal", reason: "当事人到庭核对身份" });
    expect(JSON.stringify(entries) + house.service.logged()).not.toContain(matter.number);
  });

  test("is shown to nobody without a reason, with a number as the reason, or at another court", async () => {
    const matter = newCase();
    const [listing] = await house.draft(formOf(matter));
    const path = `/listings/${listing?.id}/reveal`;
    expect((await post(house.clerk, path, {})).body.code).toBe("validation");
    expect((await post(house.clerk, path, { reason: `核对${matter.number}` })).body.code).toBe("validation");
    expect((await post(elsewhere, path, { reason: "好奇" })).body.code).toBe("not-found");
    const higher = await house.staff("judge", { court: "闽02" });
    expect((await post(higher, path, { reason: "调卷" })).body.code).toBe("jurisdiction");
  });
});

describe("the search", () => {
  test("finds by number, name and case number inside the jurisdiction; the court above finds it, one beside does not", async () => {
    const matter = newCase();
    const drafts = await house.draft(formOf(matter));
    const ids = drafts.map(({ id }) => id).sort();
    const higher = await house.staff("judge", { court: "闽02" });
    const document = { type: "resident_id", number: matter.number };
    const find = async (person: Person, question: object) => {
      const { body } = await post(person, "/listings/search", question);
      return (body.data as { id: string }[]).map(({ id }) => id).sort();
    };
    expect(await find(house.clerk, { document })).toEqual(ids);
    expect(await find(higher, { document })).toEqual(ids);
    expect(await find(elsewhere, { document })).toEqual([]);
    expect(await find(house.clerk, { caseNumber: matter.caseNumber, name: matter.name })).toEqual(ids);
    expect(await find(house.clerk, { caseNumber: matter.caseNumber, name: "测试乙" })).toEqual([]);
    expect(await find(higher, { caseNumber: matter.caseNumber, court: "闽0203" })).toEqual(ids);
    expect(await find(house.clerk, { document, list: "dishonest" })).toHaveLength(1);
  });

  test("is on record without whom it was for; it refuses an empty question, a wrong number and a foreign court", async () => {
    const { number } = newCase();
    const wrong = `${number.slice(0, -1)}${number.endsWith("1") ? "2" : "1"}`;
    const { body } = await post(house.clerk, "/listings/search", { document: { type: "resident_id", number: wrong } });
    expect(body.errors).toEqual([expect.objectContaining({ pointer: "#/document/number", code: "bad_checksum" })]);
    expect((await post(house.clerk, "/listings/search", {})).body.code).toBe("validation");
    expect((await post(house.clerk, "/listings/search", { name: "测试甲", court: "闽0206" })).body.code).toBe(
      "not-found",
    );
    await post(house.clerk, "/listings/search", { document: { type: "resident_id", number } });
    const rows = await house.service
      .sql`select detail from audit_entry where action = 'listing.search' order by id desc limit 1`;
    expect(rows[0]?.["detail"]).toEqual({ name: false, caseNumber: false, document: "resident_id" });
  });
});

describe("a form in work", () => {
  const fields = (number: string) => ({ caseNumber: "(2026)闽0203执99999999号", "parties/0/document/number": number });

  test("is its author's alone, is kept sealed, and ends", async () => {
    const { number } = newCase();
    const { body: opened } = await post(house.clerk, "/draft-forms", { fields: fields("") });
    const path = `/draft-forms/${opened.id}`;
    const saved = await house.service.request
      .put(`/v1${path}`)
      .set(house.clerk.headers)
      .send({ fields: fields(number) });
    expect(saved.body.caseNumber).toBe("(2026)闽0203执99999999号");
    expect((await get(house.clerk, path)).body.fields).toEqual(fields(number));
    expect((await get(house.judge, path)).status).toBe(404);
    const late = { fields: {}, version: opened.version };
    const { body: stale } = await house.service.request.put(`/v1${path}`).set(house.clerk.headers).send(late);
    expect([stale.code, saved.body.version]).toEqual(["precondition-failed", 2]);
    expect((await get(house.clerk, "/draft-forms")).body.data).toEqual([expect.objectContaining({ id: opened.id })]);
    const [row] = await house.service
      .sql`select to_jsonb(f)::text as row from draft_form f where author = ${house.clerk.actor.id}`;
    expect(row?.["row"]).not.toContain(number);
    const end = () => house.service.request.delete(`/v1${path}`).set(house.clerk.headers);
    expect([(await end()).status, (await end()).status]).toEqual([204, 404]);
    const trail = await house.service.sql`select action from audit_entry where subject = ${opened.id} order by id`;
    expect(trail.map(({ action }) => action)).toEqual(["draft_form.open", "draft_form.discard"]);
  });

  test("is forgotten thirty days after it was last saved, when its court begins another", async () => {
    const { body } = await post(house.judge, "/draft-forms", { fields: {} });
    await house.service
      .sql`update draft_form set saved_at = saved_at - interval '31 days' where author = ${house.judge.actor.id}`;
    await post(house.judge, "/draft-forms", { fields: {} });
    expect((await get(house.judge, `/draft-forms/${body.id}`)).status).toBe(404);
  });

  test("is put to trial without anything being written: the bars it would meet, and what would be refused", async () => {
    const matter = newCase();
    const { body } = await post(
      house.clerk,
      "/listings/trial",
      formOf(matter, { form: { notice: { endsOn: "2026-08-31", warned: false } } }),
    );
    expect(
      body.data.map(({ list, bars }: { list: string; bars: { code: string }[] }) => [
        list,
        bars.map(({ code }) => code),
      ]),
    ).toEqual([
      ["dishonest", ["no-warning", "limit-missing"]],
      ["consumption_limit", []],
    ]);
    const found = await get(house.clerk, "/listings").query({ caseNumber: matter.caseNumber });
    expect(found.body.data).toEqual([]);
    const { body: refused } = await post(house.clerk, "/listings/trial", formOf(matter, { party: { name: "" } }));
    expect(refused.errors[0].pointer).toBe("#/parties/0/name");
    await house.draft(formOf(matter));
    expect((await post(house.clerk, "/listings/trial", formOf(matter))).body.code).toBe("conflict");
  });
});

describe("signing a list", () => {
  async function presidentWithFactors() {
    const person = await enrolled(house.service, clock, { role: "president" });
    const factors = () => {
      clock.passSeconds(30);
      return { password: PASSWORD, code: codeOf(person.secret, clock) };
    };
    return { person, headers: headersOf(person.browser), factors };
  }

  test("takes one code; limits come first, one refusal costs itself, and each decision has its entry", async () => {
    const { headers, factors } = await presidentWithFactors();
    const good = await house.draft(formOf(newCase()));
    const [barred] = await house.draft(formOf(newCase(), { limit: null as never }));
    const items = [...good, barred].map((draft) => ({ listing: draft?.id, version: draft?.version, paper }));
    const answer = await house.service.request
      .post("/v1/listings/decide-batch")
      .set(headers)
      .send({ ...factors(), items });
    expect(answer.body.results.map(({ status }: { status: string }) => status)).toEqual([
      "decided",
      "decided",
      "refused",
    ]);
    expect(answer.body.results[2].problem.refusal.code).toBe("limit-missing");
    expect(answer.headers["set-cookie"]).toBeDefined();
    for (const draft of good) expect((await house.audit(draft)).at(-1)?.action).toBe("listing.decide");
  });

  test("decides nothing where a factor is wrong, was used, or the list is nobody's to sign", async () => {
    const { headers, factors } = await presidentWithFactors();
    const [, limit] = await house.draft(formOf(newCase()));
    const items = [{ listing: limit?.id, version: limit?.version, paper }];
    const sign = (given: object, as = headers) =>
      house.service.request
        .post("/v1/listings/decide-batch")
        .set(as)
        .send({ items, ...given });
    expect((await sign({ password: PASSWORD, code: "000000" })).body.code).toBe("sign-in-failed");
    expect((await sign(factors(), house.clerk.headers)).body.code).toBe("authority");
    expect((await sign({ password: PASSWORD })).body.code).toBe("validation");
    expect((await house.read(house.clerk, limit?.id ?? "")).body.state).toBe("draft");
  });
});

test("every listing of today has a last day that the clocks count in working days", async () => {
  await house.draft(formOf(newCase(), { form: { receivedOn: shanghaiDate(clock.now()) } }));
  const { body } = await get(house.clerk, "/clocks?kind=application_decision&limit=200");
  const left = (body.data as { workingDaysLeft: number | null; dueOn: string }[]).map(
    ({ workingDaysLeft }) => workingDaysLeft,
  );
  expect(left.some((days) => days !== null && days > 0)).toBe(true);
  expect(left.some((days) => days !== null && days < 0)).toBe(true);
});
