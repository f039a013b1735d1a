// Acts over HTTP on what no court drew up here, a file's listing or an entered one: each is taken or lawfully refused.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "../../src/feeds/index.ts";
import { publicId, uuidOf } from "../../src/platform/id.ts";
import { courtActs } from "../../src/registry/court-acts.ts";
import { caseOf, jsonLines, publishedRow, type PublishedRow } from "../feeds/published-row.ts";
import { listingOf } from "../service.ts";
import { type Courthouse, lawfulBodies, newCase, openCourthouse, type Seen } from "./courthouse.ts";

const DAY = "2026-09-15";
const reason = "测试事由";
const acts = courtActs.map(({ name }) => name);

/** Row `i` is of one act; those from here on have a case number that names no court, and those from there on end. */
const LEGACY_FROM = 20;
const ENDED_FROM = 40;
const legacyCase = (i: number) => `(2013)思执字第${90_000_000 + i}号`;

let court: Courthouse;
beforeAll(async () => {
  court = await openCourthouse(`${DAY}T09:00:00+08:00`);
  const rows = Array.from({ length: 60 }, (_, i) =>
    publishedRow(i, i >= LEGACY_FROM && i < ENDED_FROM ? { caseCode: legacyCase(i) } : {}),
  );
  await load(rows);
  await load(rows.slice(0, ENDED_FROM));
});
afterAll(() => court.close());

async function load(rows: PublishedRow[]): Promise<void> {
  const { databaseUrl: url, ring: keyRing, dataDirectory } = court.service;
  const file = join(dataDirectory, "list.jsonl");
  writeFileSync(file, jsonLines(rows));
  const from = { url, keyRing, actor: "operator:test", source: "national", gates: { shrink: 1, churn: 1 } };
  const expected = rows.length;
  const loaded = await importFile({ ...from, mode: "snapshot", file, expected, rejectedTo: `${file}.rejected` });
  expect(loaded).toMatchObject({ state: "activated", counts: { accepted: expected } });
}

async function findByCase(caseNumber: string): Promise<Seen> {
  const [row] = await court.service.sql`select id from listing where case_number = ${caseNumber}`;
  return readSeen(publicId("lst", String(row?.["id"])));
}

async function readSeen(id: string): Promise<Seen> {
  const { status, body } = await court.read(court.president, id);
  expect(status).toBe(200);
  expect(body["proceeding"]).toBe(null);
  return body;
}

async function enter(list: "dishonest" | "consumption_limit"): Promise<Seen> {
  const { caseNumber, name, number } = newCase();
  const party = { name, document: { kind: "resident_id", number } };
  const { id } = await court.service.publish(listingOf(party, { list, caseNumber }));
  return readSeen(publicId("lst", id));
}

/** A lawful body for every act. */
const bodies = {
  ...lawfulBodies(DAY),
  amend: { performance: "部分未履行", notice: { endsOn: DAY, warned: true } },
} as Record<string, object>;

const beforePublication = {
  amend: "409 wrong-state",
  decide: "409 wrong-state",
  reject: "409 wrong-state",
  "record-service": "409 wrong-state",
  "state-unperformed": "409 wrong-state",
  "grant-grace": "409 wrong-state",
  publish: "409 wrong-state",
  lapse: "409 wrong-state",
};
const published = {
  ...beforePublication,
  rectify: "ok",
  exit: "ok",
  "second-look": "409 conflict",
  shield: "409 conflict",
  "open-window": "409 other-list",
  "close-window": "404 not-found",
  transfer: "ok",
};
/** A court's exit is recorded over a file's. */
const ended = {
  ...published,
  rectify: "409 wrong-state",
  "open-window": "409 wrong-state",
  transfer: "409 wrong-state",
};

test.each([
  ["a file's listing", published, (i: number) => findByCase(caseOf(i))],
  [
    "a file's listing whose case number names no court",
    published,
    (i: number) => findByCase(legacyCase(LEGACY_FROM + i)),
  ],
  ["a listing that a file ended", ended, (i: number) => findByCase(caseOf(ENDED_FROM + i))],
  ["an entered listing", published, () => enter("dishonest")],
  ["an entered limit", { ...published, "open-window": "ok" }, () => enter("consumption_limit")],
])("on %s every act is taken, or refused with its article", async (_, expected, make) => {
  const outcomes: Record<string, string> = {};
  const articles: string[] = [];
  for (const [i, name] of acts.entries()) {
    const listing = await make(i);
    const { status, body } = await court.tryAct(court.president, listing, name, bodies[name]);
    const { code, refusal } = body as { code?: string; refusal?: { code: string; article: string } };
    outcomes[name] = status === 200 ? "ok" : `${status} ${refusal?.code ?? code}`;
    if (refusal) articles.push(refusal.article);
    const [row] = await court.service.sql`select version from listing where id = ${uuidOf("lst", listing.id)}`;
    expect(row?.["version"], `after ${name}`).toBe(listing.version);
  }
  expect(outcomes).toEqual(expected);
  expect(articles.filter((article) => !/规定|意见|规则/.test(article))).toEqual([]);
});

test("the court that a name says reads what the register showed, as it reads what it shows", async () => {
  const { id } = await findByCase(legacyCase(ENDED_FROM - 1));
  const read = (query: string, { headers } = court.clerk) =>
    court.service.request.get(`/v1/listings/${id}${query}`).set(headers);
  const before = `?asOf=${new Date().toISOString()}`;
  expect((await read(before)).body).toMatchObject({ id, version: 1, change: { kind: "listed" } });
  await expect.poll(async () => (await read("/receipt")).status).toBe(200);
  const other = await court.staff("clerk", { court: "闽0206" });
  for (const query of ["", before, "/receipt"]) expect((await read(query, other)).status).toBe(404);
});

test("whoever has no authority learns that first", async () => {
  const listing = await enter("dishonest");
  const refused = await court.tryAct(court.judge, listing, "decide", bodies["decide"]);
  expect(refused).toMatchObject({ status: 403, body: { code: "authority", refusal: { code: "role" } } });
});

test("no term runs from a day that the file does not name", async () => {
  const listing = await findByCase(caseOf(acts.length));
  expect(listing).toMatchObject({ decidedOn: null, effectiveOn: null, publishedOn: "2019-03-04" });
  const correct = (runsFrom: string) => {
    const term = { kind: "fixed", months: 24, runsFrom };
    const corrections = { grounds: ["G1", "G4"], term };
    return court.tryAct(court.president, listing, "rectify", { corrections, reachedCourtOn: DAY, reason });
  };
  for (const unknown of ["decision", "effect"])
    expect(await correct(unknown)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/corrections/term/runsFrom", code: "not_allowed" }] },
    });
  expect(await correct("publication")).toMatchObject({
    status: 200,
    body: { term: { runsFrom: "publication", endsOn: "2021-03-04" } },
  });
});
