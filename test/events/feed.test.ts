// The feed of events: in order, without holes, each agency its own, and an error where something is gone.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueKey } from "../../src/agencies/index.ts";
import { appendEvents, type EventType, pruneEvents } from "../../src/events/index.ts";
import { publicId } from "../../src/platform/id.ts";
import { startService, type TestService } from "../service.ts";

type Page = {
  data: { id: string; type: string; timestamp: string; data: object }[];
  hasMore: boolean;
  resumeToken: string;
};

let service: TestService;
let key: string;
let agencyId: string;
let agencies = 0;

beforeAll(async () => {
  service = await startService({ sequencer: false });
});
afterAll(() => service.stop());

/** Each test is about an agency of its own. */
async function newAgency() {
  ({ key, agencyId } = await service.addAgency(`测试单位${++agencies}`, ["office.lease"]));
}

/** Tells the agency of one listing after another. */
async function tell(names: string[], type: EventType = "listing.ended", to = agencyId) {
  await service.db.transaction((tx) =>
    appendEvents(
      tx,
      names.map((name) => ({ agencyId: to, type, orderKey: name, data: { listing: name } })),
    ),
  );
}

async function read(query = "", bearer = key): Promise<Page> {
  const { status, body } = await service.get(`/v1/events${query}`, bearer);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as Page;
}

const namesIn = ({ data }: Page) => data.map(({ data }) => ("listing" in data ? data.listing : null));
const codeOf = async (query: string, bearer = key) => {
  const { status, body } = await service.get(`/v1/events${query}`, bearer);
  return [status, body.code];
};

test("an agency reads its own events in their order, page by page, and none of others", async () => {
  await newAgency();
  const other = await service.addAgency("另一测试单位", ["office.lease"]);
  await tell(["a", "b"]);
  await tell(["x"], "listing.ended", other.agencyId);
  await tell(["c", "d", "e"]);
  const first = await read("?limit=2");
  expect([namesIn(first), first.hasMore]).toEqual([["a", "b"], true]);
  const second = await read(`?limit=2&after=${first.resumeToken}`);
  const third = await read(`?limit=2&after=${second.resumeToken}`);
  expect([namesIn(second), namesIn(third), third.hasMore]).toEqual([["c", "d"], ["e"], false]);
  const nothing = await read(`?after=${third.resumeToken}`);
  expect([namesIn(nothing), nothing.hasMore]).toEqual([[], false]);
  await tell(["f"]);
  expect(namesIn(await read(`?after=${nothing.resumeToken}`))).toEqual(["f"]);
  expect(namesIn(await read(`?limit=2&after=${first.resumeToken}`)), "again").toEqual(["c", "d"]);
  expect(second.data[0]).toMatchObject({ id: expect.stringMatching(/^evt_/), type: "listing.ended" });
});

test("one may ask for some types, or begin with what comes from now on", async () => {
  await newAgency();
  await tell(["a", "b"]);
  await tell(["s"], "lift.due");
  const { resumeToken } = await read("?after=now");
  expect(namesIn(await read("?types=lift.due,lift.cancelled"))).toEqual(["s"]);
  await tell(["t"], "lift.due");
  expect(namesIn(await read(`?after=${resumeToken}`))).toEqual(["t"]);
});

test.each([
  ["?types=lift.due,nothing", 422, "validation"],
  ["?limit=201", 422, "validation"],
  ["?wait=21", 422, "validation"],
  ["?after=AAAA", 400, "invalid-cursor"],
  ["?before=now", 422, "validation"],
])("%s is refused", async (query, status, code) => {
  await newAgency();
  expect(await codeOf(query)).toEqual([status, code]);
});

test("a token is good for its agency only, and a key needs the scope", async () => {
  await newAgency();
  const { resumeToken } = await read();
  const mine = agencyId;
  await newAgency();
  expect(await codeOf(`?after=${resumeToken}`)).toEqual([400, "invalid-cursor"]);
  const { db, ring } = service;
  const narrow = await db.transaction((tx) =>
    issueKey(tx, ring, "operator:test", { agencyId: mine, scopes: ["webhooks:write"] }),
  );
  expect(await codeOf("", narrow.key)).toEqual([403, "scope"]);
});

describe("waiting", () => {
  test("ends with the event", async () => {
    await newAgency();
    const { resumeToken } = await read();
    const waiting = read(`?wait=20&after=${resumeToken}`);
    await tell(["a"]);
    expect(namesIn(await waiting)).toEqual(["a"]);
  });

  test("goes on where only others are told something, and ends after its time with an empty page", async () => {
    await newAgency();
    const { resumeToken } = await read();
    const startedAt = performance.now();
    const waiting = read(`?wait=1&after=${resumeToken}`);
    await tell(["x"], "listing.ended", service.agencyId);
    expect(namesIn(await waiting)).toEqual([]);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });
});

describe("retention", () => {
  const ageEvents = (days: number, names: string[]) =>
    service.sql`update event set at = now() - ${days} * interval '1 day' where data->>'listing' = any (${names})`;
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  test("what is older goes, from the oldest on; a token from before it is gone, a later one goes on", async () => {
    await newAgency();
    await pruneEvents(service.db, daysAgo(-1));
    const start = await read("?after=now");
    await tell(["a", "b", "c", "d", "e"]);
    await ageEvents(40, ["a", "b", "d"]);
    const [atFirst, atSecond] = [
      await read(`?limit=1&after=${start.resumeToken}`),
      await read(`?limit=2&after=${start.resumeToken}`),
    ];
    expect(await pruneEvents(service.db, daysAgo(30)), "d is behind one that is kept").toBe(2);
    expect(await codeOf(`?after=${start.resumeToken}`)).toEqual([410, "events-gone"]);
    expect(await codeOf(`?after=${atFirst.resumeToken}`)).toEqual([410, "events-gone"]);
    expect(namesIn(await read(`?after=${atSecond.resumeToken}`)), "nothing behind it is gone").toEqual(["c", "d", "e"]);
    expect(namesIn(await read("?after=oldest"))).toEqual(["c", "d", "e"]);
    expect(await pruneEvents(service.db, daysAgo(30))).toBe(0);
  });

  test("whoever reads on has no old token, also when nothing was told to them for long", async () => {
    await newAgency();
    const { resumeToken } = await read();
    await tell(["x"], "listing.ended", service.agencyId);
    const quiet = await read(`?after=${resumeToken}`);
    await service.sql`update event set at = now() - interval '40 days'`;
    await pruneEvents(service.db, daysAgo(30));
    expect(namesIn(await read(`?after=${quiet.resumeToken}`))).toEqual([]);
    await tell(["a"]);
    expect(namesIn(await read(`?after=${quiet.resumeToken}`))).toEqual(["a"]);
  });

  test("a register that was set back and tells something else under the same positions is noticed", async () => {
    await newAgency();
    await tell(["a", "b"]);
    const { resumeToken } = await read();
    await service.sql`delete from event where data->>'listing' = 'b'`;
    await service.sql`update event_state set position = position - 1`;
    expect(await codeOf(`?after=${resumeToken}`), "ahead of the register").toEqual([410, "events-gone"]);
    await tell(["other"]);
    expect(await codeOf(`?after=${resumeToken}`), "another event").toEqual([410, "events-gone"]);
  });
});

test("readers beside many writers get everything once and in order", async () => {
  await newAgency();
  const start = await read("?after=now");
  const writers = 8;
  const each = 12;
  let isOver = false;
  const seen: string[] = [];
  const reader = (async () => {
    let after = start.resumeToken;
    for (;;) {
      const wasOver = isOver;
      const page = await read(`?limit=7&after=${after}`);
      seen.push(...page.data.map(({ id }) => id));
      after = page.resumeToken;
      if (wasOver && page.data.length === 0) return;
    }
  })();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let at = 0; at < each; at++) await tell([`${writer}-${at}`, `${writer}-${at}b`]);
    }),
  );
  isOver = true;
  await reader;
  const rows = await service.sql<
    { id: string }[]
  >`select id from event where agency_id = ${agencyId} order by position`;
  expect(rows).toHaveLength(writers * each * 2);
  expect(seen).toEqual(rows.map(({ id }) => publicId("evt", id)));
});

test("however one pages and filters, what is read is what was told", async () => {
  await newAgency();
  const types = ["listing.ended", "lift.due", "review.due"] as const;
  const told = fc.array(fc.constantFrom(...types), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      told,
      fc.integer({ min: 1, max: 4 }),
      fc.subarray([...types], { minLength: 1 }),
      async (sent, limit, asked) => {
        let { resumeToken: after } = await read("?after=now");
        for (const [at, type] of sent.entries()) await tell([`${at}`], type);
        const found: unknown[] = [];
        for (let hasMore = true; hasMore;) {
          const page = await read(`?limit=${limit}&types=${asked.join()}&after=${after}`);
          found.push(...namesIn(page));
          ({ resumeToken: after, hasMore } = page);
        }
        expect(found).toEqual([...sent.entries()].filter(([, type]) => asked.includes(type)).map(([at]) => `${at}`));
      },
    ),
    { numRuns: 15 },
  );
});
