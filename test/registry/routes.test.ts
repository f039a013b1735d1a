// Listings over HTTP: who may read and act, versions, pages, tasks, and refusals in the reader's language.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectCourtSystem } from "../courts/staff.ts";
import { courtActs } from "../../src/registry/court-acts.ts";
import { type Courthouse, formOf, lawfulBodies, newCase, openCourthouse, paper, type Seen } from "./courthouse.ts";

let court: Courthouse;
beforeAll(async () => {
  court = await openCourthouse("2026-09-15T09:00:00+08:00");
});
afterAll(() => court.close());

const DAY = "2026-09-15";
const reason = "测试事由";
/** A lawful body for every act, so that what is refused is refused for who asks. */
const bodies = lawfulBodies(DAY);

async function drafted(): Promise<Seen> {
  const [listing] = await court.draft(formOf(newCase()));
  if (!listing) throw new Error("no draft");
  return listing;
}

describe("every act", () => {
  test("is refused to another court, to the one above, to other roles, and to nobody in particular", async () => {
    expect(Object.keys(bodies).sort()).toEqual(courtActs.map(({ name }) => name).sort());
    const listing = await drafted();
    const other = await court.staff("president", { court: "闽0206" });
    const above = await court.staff("president", { court: "闽02" });
    const auditor = await court.staff("auditor");
    for (const { name, roles } of courtActs) {
      const asked = async (person: { headers: Record<string, string> }) => {
        const { status, body } = await court.service.request
          .post(`/v1/listings/${listing.id}/${name}`)
          .set({ ...person.headers, "If-Match": '"v1"' })
          .send(bodies[name]);
        return `${status} ${body.code}`;
      };
      const clerk = roles.includes("clerk") ? null : await asked(court.clerk);
      expect({
        name,
        nobody: await asked({ headers: {} }),
        other: await asked(other),
        above: await asked(above),
        auditor: await asked(auditor),
        clerk,
      }).toEqual({
        name,
        nobody: "401 unauthenticated",
        other: "404 not-found",
        above: "403 jurisdiction",
        auditor: "403 authority",
        clerk: clerk && "403 authority",
      });
    }
    expect((await court.read(court.clerk, listing.id)).body.version).toBe(1);
  });

  test("needs the version that it is based on", async () => {
    const listing = await drafted();
    const amend = (headers: Record<string, string>) =>
      court.service.request
        .post(`/v1/listings/${listing.id}/amend`)
        .set({ ...court.clerk.headers, ...headers })
        .send(bodies["amend"]);
    expect(await amend({})).toMatchObject({ status: 428, body: { code: "precondition-required" } });
    for (const stale of ['"v2"', 'W/"v1"', "*", '"v1", "v2"'])
      expect(await amend({ "If-Match": stale })).toMatchObject({ status: 412, body: { code: "precondition-failed" } });
    const { status, headers } = await amend({ "If-Match": '"v1"' });
    expect([status, headers["etag"]]).toEqual([200, '"v2"']);
    expect((await amend({ "If-Match": '"v1"' })).status).toBe(412);
  });

  test("that the law forbids is refused with its article, in the reader's language", async () => {
    const listing = await drafted();
    const decide = (language: string) =>
      court.service.request
        .post(`/v1/listings/${listing.id}/decide`)
        .set({ ...court.president.headers, "If-Match": '"v1"', "Accept-Language": language })
        .send(bodies["decide"]);
    const chinese = await decide("zh-CN");
    expect(chinese).toMatchObject({
      status: 409,
      body: {
        code: "act-refused",
        detail: "纳入名单的，应当同时限制消费",
        refusal: { code: "limit-missing", article: "限制消费规定（2015年修正）第一条" },
      },
    });
    expect((await decide("en")).body.detail).toBe("Whoever is listed must be under the consumption limit.");
    expect((await court.read(court.clerk, listing.id)).body["bars"]).toMatchObject([{ code: "limit-missing" }]);
  });

  test("with a number in its reason or a field too many is refused without repeating it", async () => {
    const listing = await drafted();
    const answer = await court.tryAct(court.judge, listing, "reject", {
      reason: "当事人110101190001010014死亡",
      more: 1,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: "validation" } });
    expect(JSON.stringify(answer.body)).not.toContain("110101190001010014");
  });
});

describe("a court's system", () => {
  test("drafts for a person with the scope, and decides nothing", async () => {
    const writes = await connectCourtSystem(court.service, court.clerk, ["listings:read", "listings:write"]);
    const [listing] = await court.draft(formOf(newCase()), { actor: court.clerk.actor, headers: writes });
    if (!listing) throw new Error("no draft");
    const [entry] = await court.audit(listing);
    expect(entry?.actor).toMatch(new RegExp(`^court_key:.+:${court.clerk.actor.id}$`));
    const decide = await court.tryAct({ actor: court.clerk.actor, headers: writes }, listing, "decide", { paper });
    expect(decide.status).toBe(401);
    const reads = await connectCourtSystem(court.service, court.clerk, ["listings:read"]);
    expect((await court.tryDraft({ actor: court.clerk.actor, headers: reads }, formOf(newCase()))).body).toMatchObject({
      code: "scope",
    });
  });
});

describe("reading", () => {
  const list = (query: string, person = court.clerk) =>
    court.service.request.get(`/v1/listings${query}`).set(person.headers);

  test("is for the court and those above it", async () => {
    const listing = await drafted();
    const above = await court.staff("auditor", { court: "闽02" });
    const other = await court.staff("judge", { court: "闽0206" });
    expect((await court.read(above, listing.id)).status).toBe(200);
    expect((await court.read(other, listing.id)).status).toBe(404);
    expect((await court.read(court.clerk, "lst_00000000000000000000000000")).status).toBe(404);
    expect((await list("?court=闽0203", above)).status).toBe(200);
    expect((await list("?court=闽0203", other)).status).toBe(404);
  });

  test("goes page by page, and a cursor is good for its own question only", async () => {
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await drafted()).id);
    const first = await list("?state=draft&list=dishonest&limit=2");
    expect(first.body).toMatchObject({ hasMore: true, data: [{ id: ids[2] }, { id: ids[1] }] });
    const cursor = String(first.body.nextCursor);
    const second = await list(`?state=draft&list=dishonest&limit=2&cursor=${cursor}`);
    expect(second.body.data[0].id).toBe(ids[0]);
    expect((await list(`?state=published&cursor=${cursor}`)).body.code).toBe("invalid-cursor");
    expect((await list("?state=unknown")).status).toBe(422);
  });

  test("shows no number, only its mask", async () => {
    const matter = newCase();
    const [listing] = await court.draft(formOf(matter));
    const { body } = await court.read(court.clerk, listing?.id ?? "");
    expect(body["party"]).toMatchObject({ documents: [{ masked: `1101************${matter.number.slice(-2)}` }] });
    expect(JSON.stringify(body)).not.toContain(matter.number);
  });

  test("tells from the commit on that a listing has ended, and what is left to do about it", async () => {
    const matter = newCase();
    const { listing, limit } = await court.publishBoth(matter);
    const of = async (query: string) => {
      const { body } = await list(`?${query}&caseNumber=${encodeURIComponent(matter.caseNumber)}`);
      return body.data.map(({ id }: Seen) => id);
    };
    expect(await of("state=published")).toEqual(expect.arrayContaining([listing.id, limit.id]));
    expect(await of("task=shield")).toEqual([]);
    const exit = { operation: "delete", ground: { code: "R1" } };
    const request = { exit, reasonAroseOn: DAY, reachedCourtOn: DAY, reason };
    await court.act(court.judge, listing, "exit", request);
    expect(await court.check(matter)).toMatchObject({ dishonest: "clear" });
    expect(await of("state=published")).toEqual([limit.id]);
    expect(await of("task=lift_limit")).toEqual([limit.id]);
    expect(await of("task=second_look")).toEqual([listing.id]);
    expect(await of("task=shield")).toEqual([listing.id]);
    await court.act(court.secondJudge, listing, "second-look", { finding: "objected", reason });
    await court.act(court.clerk, listing, "shield", { shieldedOn: DAY });
    expect([await of("task=second_look"), await of("task=shield")]).toEqual([[], []]);
    // Whoever objects restores nothing: it is drafted anew.
    expect(await court.check(matter)).toMatchObject({ dishonest: "clear" });
  });
});
