// Whoever is not in force on a list, or no more, is in no answer of it from the next request on, whatever way they left.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPortal } from "../portal/portal-key.ts";
import { checkOf } from "../service.ts";
import { type Case, type Courthouse, formOf, newCase, openCourthouse, paper, type Seen } from "./courthouse.ts";

let court: Courthouse;
let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  court = await openCourthouse("2026-09-21T09:00:00+08:00");
  portal = await openPortal(court.service);
});
afterAll(() => court.close());

const TRAVEL = { purpose: "travel.ticketing" };
const subjectOf = ({ name, number }: Case) => ({ name, document: { type: "resident_id", number } });
const removal = (exit: object) => {
  const day = court.today();
  return { exit, reasonAroseOn: day, reachedCourtOn: day, reason: "测试事由" };
};

async function drafted(matter: Case, over: Parameters<typeof formOf>[1] = {}): Promise<Seen> {
  const [listing, limit] = await court.draft(formOf(matter, over));
  if (!listing || !limit) throw new Error("no drafts");
  await court.publish(limit);
  await court.act(court.judge, limit, "exit", removal({ operation: "lift", ground: "performed" }));
  return listing;
}

async function decided(matter: Case): Promise<Seen> {
  const [listing, limit] = await court.draft(formOf(matter));
  if (!listing || !limit) throw new Error("no drafts");
  await court.publish(limit);
  await court.act(court.president, listing, "decide", { paper });
  await court.act(court.judge, limit, "exit", removal({ operation: "lift", ground: "performed" }));
  return listing;
}

async function inGrace(matter: Case): Promise<Seen> {
  const listing = await decided(matter);
  return court.act(court.judge, listing, "grant-grace", { until: "2026-11-20", reason: "已部分履行" });
}

/** Published on both lists and asked about, then off both. */
async function ended(matter: Case, exit: object, over: Parameters<typeof formOf>[1] = {}): Promise<Seen> {
  const { listing, limit } = await court.publishBoth(matter, over);
  await court.act(court.president, listing, "exit", removal(exit));
  await court.act(court.judge, limit, "exit", removal({ operation: "lift", ground: "performed" }));
  return listing;
}

const term = { kind: "fixed", months: 24, runsFrom: "publication" } as const;
const ways: [string, (matter: Case) => Promise<Seen>][] = [
  ["drafted", drafted],
  ["decided", decided],
  ["in grace", inGrace],
  [
    "lapsed in grace",
    async (matter) =>
      court.act(court.judge, await inGrace(matter), "lapse", { performedOn: court.today(), reason: "全部履行" }),
  ],
  ["deleted", (matter) => ended(matter, { operation: "delete", ground: { code: "R1" } })],
  ["revoked", (matter) => ended(matter, { operation: "revoke" })],
  ["ended early", (matter) => ended(matter, { operation: "early" }, { listing: { grounds: ["G4"], term } })],
  [
    "past its term, though nobody has ended it yet",
    async (matter) => {
      const { listing, limit } = await court.publishBoth(matter, { listing: { grounds: ["G4"], term } });
      await court.service.sql`
        update listing set answers_until = '2026-09-20' where case_number = ${matter.caseNumber} and list = 'dishonest'`;
      await court.act(court.judge, limit, "exit", removal({ operation: "lift", ground: "performed" }));
      return listing;
    },
  ],
];

/** What may leave about a party that is on no list: its own words come back to nobody but who asked. */
function expectUnlisted(answer: object, { caseNumber }: Case): void {
  const text = JSON.stringify(answer);
  expect(text).not.toContain(caseNumber);
  expect(text).not.toContain('"outcome":"listed"');
  expect(text).not.toContain('"outcome":"review"');
}

describe.each(ways)("a listing that is %s", (_, reach) => {
  test("is in no check, batch or certificate, and a look back says that it is gone", async () => {
    const matter = newCase();
    const before = await court.service.post("/v1/checks", checkOf(subjectOf(matter), TRAVEL));
    expect(before.status).toBe(200);
    await reach(matter);
    const check = await court.service.post("/v1/checks", checkOf(subjectOf(matter), TRAVEL));
    expect(check.body).toMatchObject({ outcome: "clear", matches: [] });
    expectUnlisted(check.body, matter);
    const { subject, ...rest } = checkOf(subjectOf(matter), TRAVEL);
    const batch = await court.service.post("/v1/checks/batch", { ...rest, subjects: [subject, subject] });
    expect(batch.status).toBe(200);
    expectUnlisted(batch.body, matter);
    const certificate = await court.service.get(`/v1/checks/${check.body.id}/certificate`);
    expect(certificate.status).toBe(200);
    expect(certificate.text).not.toContain(matter.caseNumber);
    const replay = await court.service.post(`/v1/checks/${check.body.id}/replay`, { operator: "officer 0418" });
    expect(replay.status).toBe(200);
    expectUnlisted(replay.body, matter);
    expectUnlisted(await portal.find({ name: matter.name }), matter);
  });

  test("is in no list of what is published, and its party is told that there is nothing to object to", async () => {
    const matter = newCase();
    const listing = await reach(matter);
    const shown = await court.service.request
      .get(`/v1/listings?state=published&list=dishonest&caseNumber=${encodeURIComponent(matter.caseNumber)}`)
      .set(court.judge.headers);
    expect(shown.status).toBe(200);
    const { state } = (await court.read(court.president, listing.id)).body;
    expect((shown.body.data as Seen[]).map(({ id }) => id)).toEqual(state === "published" ? [listing.id] : []);
    for (const page of ["/", "/verify", "/docs", "/metrics"]) {
      const { text } = await court.service.request.get(page);
      expect(text).not.toContain(matter.caseNumber);
      expect(text).not.toContain(listing.id);
    }
  });
});

test("control: a listing that is in force is found by the same looks", async () => {
  const matter = newCase();
  const { listing } = await court.publishBoth(matter);
  const check = await court.service.post("/v1/checks", checkOf(subjectOf(matter), TRAVEL));
  expect(() => expectUnlisted(check.body, matter)).toThrow(matter.caseNumber);
  const certificate = await court.service.get(`/v1/checks/${check.body.id}/certificate`);
  expect(certificate.text).toContain(matter.caseNumber);
  expect(JSON.stringify(await portal.find({ name: matter.name }))).toContain(matter.caseNumber);
  const { body } = await court.service.request
    .get(`/v1/listings?state=published&caseNumber=${encodeURIComponent(matter.caseNumber)}`)
    .set(court.judge.headers);
  expect((body.data as Seen[]).map(({ id }) => id)).toContain(listing.id);
});
