// What a court made known beside the register is taken down there when the listing ends: with days, a person and a trace.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { newCase, type Seen } from "../registry/courthouse.ts";
import { openPlatform, type Platform } from "./platform.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());
beforeEach(() => platform.setClock("2026-09-15T09:00:00+08:00"));

const onTelevision = { channel: "television", recipient: "测试电视台（演示）", publishedOn: "2026-09-15" };

const record = (listing: Seen, over: object = {}, { headers } = platform.clerk) =>
  platform.service.request
    .post(`/v1/listings/${listing.id}/publications`)
    .set(headers)
    .send({ ...onTelevision, ...over });

async function tasks(listing: Seen, state: string, { headers } = platform.clerk) {
  const { body } = await platform.court(`/v1/take-down-tasks?state=${state}&limit=200`, headers);
  return (body["data"] as { id: string; publication: { listing: string } }[]).filter(
    ({ publication }) => publication.listing === listing.id,
  );
}

const finish = (id: string, doneOn: string, { headers } = platform.clerk) =>
  platform.service.request.post(`/v1/take-down-tasks/${id}/done`).set(headers).send({ doneOn });

async function published() {
  const matter = newCase();
  return { matter, ...(await platform.publishBoth(matter)) };
}

describe("a publication", () => {
  test("is recorded by the court with its channel, and read again", async () => {
    const { listing } = await published();
    const { status, body } = await record(listing, { document: "闽媒（2026）1号" });
    expect({ status, body }).toMatchObject({ status: 201, body: { listing: listing.id, ...onTelevision } });
    const read = await platform.court(`/v1/listings/${listing.id}/publications`, platform.higherClerk.headers);
    expect(read.body["data"]).toEqual([body]);
    expect(await platform.audit(listing)).toContainEqual(
      expect.objectContaining({ action: "listing.record_publication" }),
    );
  });

  test("of tomorrow, without a channel or at another's court is refused", async () => {
    const { listing } = await published();
    expect(await record(listing, { publishedOn: "2026-09-16" })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/publishedOn", code: "out_of_range" }] },
    });
    expect(await record(listing, { channel: "rumour" })).toMatchObject({ status: 422 });
    expect(await record(listing, {}, platform.elsewhere)).toMatchObject({ status: 404 });
    expect(await record(listing, {}, platform.higherClerk)).toMatchObject({ status: 403 });
  });
});

describe("a listing that ends", () => {
  test("gives each publication a task of three working days; done with day and person it leaves the list", async () => {
    const { listing } = await published();
    await record(listing);
    await record(listing, { channel: "credit_bureau", recipient: "测试征信（演示）" });
    expect(await tasks(listing, "open")).toEqual([]);
    await platform.remove(listing);
    await platform.tell();
    const open = await tasks(listing, "open");
    expect(open).toMatchObject([
      { state: "open", dueOn: "2026-09-18", court: "闽0203" },
      { state: "open", dueOn: "2026-09-18" },
    ]);
    const clocks = await platform.court(`/v1/clocks?subject=${open[0]?.id}`, platform.clerk.headers);
    expect(clocks.body["data"]).toMatchObject([{ kind: "take_down", state: "running", dueOn: "2026-09-18" }]);
    const done = await finish(open[0]?.id ?? "", "2026-09-15");
    expect({ status: done.status, body: done.body }).toMatchObject({
      status: 200,
      body: { state: "done", doneOn: "2026-09-15", doneBy: expect.stringContaining(platform.clerk.actor.id) },
    });
    expect(await tasks(listing, "open")).toHaveLength(1);
    expect(await tasks(listing, "done")).toHaveLength(1);
    platform.setClock("2026-09-19T09:00:00+08:00");
    expect(await tasks(listing, "overdue")).toMatchObject([{ state: "overdue" }]);
    const overdue = await platform.court("/v1/clocks?state=overdue&kind=take_down", platform.higherClerk.headers);
    expect(JSON.stringify(overdue.body["data"])).toContain(open[1]?.id);
  });

  test("tells a recipient that is an agency of the register", async () => {
    const { listing } = await published();
    const agency = publicId("agy", platform.first.agencyId);
    await record(listing, { channel: "credit_bureau", recipient: "测试单位", agency });
    await platform.remove(listing);
    await platform.tell();
    const [task] = await tasks(listing, "open");
    const events = (await platform.events(platform.first)).filter(({ orderKey }) => orderKey === listing.id);
    expect(events).toMatchObject([{ type: "take_down.due", data: { listing: listing.id, takeDown: task?.id } }]);
  });

  test("that has ended already when its publication is recorded gives the task at once, and one", async () => {
    const { listing } = await published();
    await platform.remove(listing);
    await record(listing);
    expect(await tasks(listing, "open")).toHaveLength(1);
    await platform.tell();
    expect(await tasks(listing, "open")).toHaveLength(1);
  });

  test("at the moment in which a publication is recorded gives it a task, whichever comes first", async () => {
    for (let round = 0; round < 5; round++) {
      const { listing } = await published();
      const [recorded] = await Promise.all([record(listing), platform.remove(listing)]);
      expect(recorded.status).toBe(201);
      await platform.tell();
      expect(await tasks(listing, "open")).toHaveLength(1);
    }
  });

  test("is finished once: of two at once one is told that it is done", async () => {
    const { listing } = await published();
    await record(listing);
    await platform.remove(listing);
    await platform.tell();
    const [task] = await tasks(listing, "open");
    const id = task?.id ?? "";
    const answers = await Promise.all([finish(id, "2026-09-15"), finish(id, "2026-09-15", platform.judge)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await finish(id, "2026-09-14")).toMatchObject({ status: 422 });
    const entries = await platform.service.sql`select action from audit_entry where subject = ${id}`;
    expect([...entries]).toEqual([{ action: "take_down.finish" }]);
  });
});

describe("who was shown a court's listings", () => {
  test("is on the page of the listing and of the court, newest first and page by page, without the agency's matter", async () => {
    const { listing, matter } = await published();
    const border = await platform.addAgency("边检总站（演示）", ["exit.border_control"]);
    await platform.check(matter, platform.first);
    await platform.check(matter, border, "exit.border_control");
    const { headers } = platform.clerk;
    const { body } = await platform.court(`/v1/listings/${listing.id}/hits`, headers);
    expect(body).toMatchObject({
      data: [
        { agency: { name: "边检总站（演示）" }, purpose: { code: "exit.border_control" }, grade: "exact" },
        { agency: { name: "测试单位" }, purpose: { code: "travel.ticketing" }, grade: "exact" },
      ],
      hasMore: false,
    });
    expect(JSON.stringify(body)).not.toContain("officer 0417");
    expect(JSON.stringify(body)).not.toContain("XM-2026-00123");
    const first = await platform.court(`/v1/listings/${listing.id}/hits?limit=1`, headers);
    const rest = await platform.court(
      `/v1/listings/${listing.id}/hits?limit=1&cursor=${String(first.body["nextCursor"])}`,
      headers,
    );
    expect([first.body["data"], rest.body["data"]].flat()).toEqual(body["data"]);
    const pages: object[] = [];
    let next: unknown = "";
    while (typeof next === "string" && pages.length < 10) {
      const page = await platform.court(`/v1/hits?limit=1${next === "" ? "" : `&cursor=${next}`}`, headers);
      pages.push(...(page.body["data"] as object[]));
      next = page.body["nextCursor"];
    }
    expect(pages.filter((hit) => "listing" in hit && hit.listing === listing.id)).toEqual(body["data"]);
    expect((await platform.court("/v1/hits?limit=200", platform.elsewhere.headers)).body["data"]).toEqual([]);
    expect(await platform.court("/v1/hits?court=闽0205", headers)).toMatchObject({ status: 404 });
    expect(await platform.court(`/v1/listings/${listing.id}/hits`, platform.elsewhere.headers)).toMatchObject({
      status: 404,
    });
  });
});
