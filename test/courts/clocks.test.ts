// A court's deadlines over HTTP: its own, those of the courts below, nobody else's, overdue ones first.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ClockName, startClock } from "../../src/courts/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { startService, type TestService } from "../service.ts";
import { connectCourtSystem, signInStaff, type SignedInStaff } from "./staff.ts";

let service: TestService;
let now = new Date("2026-11-18T09:00:00+08:00");
let staff: { siming: SignedInStaff; xiamen: SignedInStaff; haicang: SignedInStaff };
const subjects = { overdue: newSubject(), running: newSubject(), unknown: newSubject(), elsewhere: newSubject() };

beforeAll(async () => {
  service = await startService({ now: () => now });
  staff = {
    siming: await signInStaff(service, "clerk"),
    xiamen: await signInStaff(service, "judge", { court: "闽02" }),
    haicang: await signInStaff(service, "judge", { court: "闽0205" }),
  };
  const start = (kind: ClockName, subject: string, startedOn: string, court = "闽0203") =>
    service.db.transaction((tx) => startClock(tx, { kind, subject, court, startedOn }));
  await start("deletion", subjects.unknown, "2026-12-31");
  await start("correction_review", subjects.running, "2026-11-10");
  await start("deletion", subjects.overdue, "2026-11-10");
  await start("reconsideration_filing", subjects.overdue, "2026-11-01");
  await start("deletion", subjects.elsewhere, "2026-11-16", "闽0205");
});
afterAll(() => service.stop());

function newSubject(): string {
  return publicId("lst", newUuid());
}

const get = (person: { headers: Record<string, string> }, query = "") =>
  service.request.get(`/v1/clocks${query}`).set(person.headers);
const subjectsOf = async (person: { headers: Record<string, string> }, query = "") => {
  const { body } = await get(person, query);
  return (body.data as { subject: string }[]).map(({ subject }) => subject);
};

describe("a court", () => {
  test("sees its own, what was due first first, and nothing of a time that merely ran out", async () => {
    expect(await subjectsOf(staff.siming)).toEqual([subjects.overdue, subjects.running, subjects.unknown]);
    const { body } = await get(staff.siming, "?state=overdue");
    expect(body).toMatchObject({
      data: [
        {
          kind: "deletion",
          subject: subjects.overdue,
          court: "闽0203",
          startedOn: "2026-11-10",
          dueOn: "2026-11-13",
          state: "overdue",
          stoppedAt: null,
        },
      ],
      hasMore: false,
      nextCursor: null,
    });
    expect(await subjectsOf(staff.siming, "?state=due_unknown")).toEqual([subjects.unknown]);
    expect(await subjectsOf(staff.siming, "?kind=correction_review")).toEqual([subjects.running]);
    expect(await subjectsOf(staff.siming, `?subject=${subjects.running}`)).toEqual([subjects.running]);
  });

  test("goes on page by page in the same order, past what has no last day", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const { body } = await get(staff.siming, `?limit=1${cursor}`);
      seen.push(body.data[0].subject);
      cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : "";
    } while (cursor !== "");
    expect(seen).toEqual([subjects.overdue, subjects.running, subjects.unknown]);
    const { body } = await get(staff.siming, "?limit=1");
    expect((await get(staff.xiamen, `?limit=1&cursor=${body.nextCursor}`)).status).toBe(400);
  });

  test("above sees those of the courts below it, and one beside sees nothing of them", async () => {
    expect(new Set(await subjectsOf(staff.xiamen))).toEqual(new Set(Object.values(subjects)));
    expect(await subjectsOf(staff.xiamen, "?court=闽0205")).toEqual([subjects.elsewhere]);
    expect(await subjectsOf(staff.haicang)).toEqual([subjects.elsewhere]);
    expect((await get(staff.haicang, "?court=闽0203")).status).toBe(404);
  });

  test("reads them with a key of its system that may, and with no other", async () => {
    const may = { headers: await connectCourtSystem(service, staff.siming, ["clocks:read"]) };
    expect(await subjectsOf(may)).toHaveLength(3);
    const mayNot = { headers: await connectCourtSystem(service, staff.siming, ["listings:read"]) };
    expect((await get(mayNot)).status).toBe(403);
    expect((await get({ headers: {} })).status).toBe(401);
  });

  test("asks for kinds, states and things that there are", async () => {
    for (const query of ["?subject=%00", "?subject=chk_1", "?kind=none", "?state=late", "?limit=0", "?order=due"])
      expect((await get(staff.siming, query)).status, `the answer to ${query}`).toBe(422);
  });
});

test("a deadline passes at midnight in Shanghai, on the page and in the metric", async () => {
  const metric = async () => {
    const { text } = await service.request.get("/metrics");
    return /shixin_clocks_overdue\{kind="correction_review"\} (\d+)/.exec(text)?.[1];
  };
  now = new Date("2026-11-25T23:59:59+08:00");
  expect(await subjectsOf(staff.siming, "?state=overdue&kind=correction_review")).toEqual([]);
  expect(await metric()).toBe("0");
  now = new Date("2026-11-26T00:00:00+08:00");
  expect(await subjectsOf(staff.siming, "?state=overdue&kind=correction_review")).toEqual([subjects.running]);
  expect(await metric()).toBe("1");
});
