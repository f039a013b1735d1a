// Looking back: every recorded check is answered again from the history of the register, whatever happened since, and an
// auditor gets the same by the moment alone.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueKey } from "../../src/agencies/index.ts";
import { importFile, rollbackLoad } from "../../src/feeds/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { flagObjection } from "../../src/registry/index.ts";
import { jsonLines, numberOf, publishedRow, type PublishedRow } from "../feeds/published-row.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

let service: TestService;
let auditor: string;
let folder: string;
/** A check of every party after every step, with a moment at which the register was so. */
const checks: { step: string; party: object; id: string; answer: Record<string, unknown>; at: string }[] = [];

const parties = [
  { name: "测试甲", document: { type: "resident_id", number: numberOf(1) } },
  { name: "测试乙", document: { type: "resident_id", number: numberOf(1) } },
  { name: "测试甲", document: { type: "resident_id", number: numberOf(2) } },
  { name: "测试公司（演示）", document: { type: "uscc", number: "91350200MA0000007F" } },
];
const COURTS_CASE = "(2019)闽0203执90009999号";
const masked = `${numberOf(2).slice(0, 10)}****${numberOf(2).slice(14)}`;

beforeAll(async () => {
  service = await startService();
  folder = mkdtempSync(join(tmpdir(), "shixin-replay-"));
  const { agencyId } = await service.addAgency("审计单位", ["office.lease"]);
  const audits = { agencyId, scopes: ["audit:read"] as const };
  auditor = (await service.db.transaction((tx) => issueKey(tx, service.ring, "operator:test", audits))).key;

  await asked("nobody is listed");
  const court = await service.publish(
    listingOf({ document: { kind: "resident_id", number: numberOf(1) } }, { caseNumber: COURTS_CASE }),
  );
  await asked("a court has listed one");
  await load([publishedRow(1), publishedRow(2, { cardNum: masked }), unit(3)]);
  await asked("a load has listed all, one of them by a mask");
  await act((tx) => flagObjection(tx, "court:test", court.id, true));
  await asked("a correction runs");
  const second = await load([publishedRow(1, { iname: "测试乙" }), unit(3, { courtName: "厦门市湖里区人民法院" })]);
  await asked("a load has renamed one, moved one and ended one");
  await rollbackLoad({ url: service.databaseUrl, id: second, actor: "operator:second", reason: "测试" });
  await asked("that is undone");
  await act((tx) => endByCourt(tx, court.id));
  await asked("the court has ended its own");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await service.stop();
});

const unit = (i: number, over: PublishedRow = {}) =>
  publishedRow(i, {
    iname: "测试公司（演示）",
    cardNum: "91350200MA0000007F",
    partyTypeName: "581",
    age: 0,
    sexy: "",
    ...over,
  });
const act = (work: Parameters<TestService["db"]["transaction"]>[0]) => service.db.transaction(work);

async function asked(step: string): Promise<void> {
  for (const party of parties) {
    const { body, status } = await service.post("/v1/checks", checkOf(party, { purpose: "travel.ticketing" }));
    expect(status).toBe(200);
    checks.push({ step, party, id: body.id, answer: body, at: body.checkedAt });
  }
}

async function load(rows: PublishedRow[]): Promise<string> {
  const file = join(folder, "list.jsonl");
  writeFileSync(file, jsonLines(rows));
  const { id, state, counts } = await importFile({
    url: service.databaseUrl,
    keyRing: service.ring,
    actor: "operator:test",
    source: "national",
    mode: "snapshot",
    file,
    expected: rows.length,
    gates: { churn: 1, shrink: 1, growth: 100, masked: 1 },
    rejectedTo: join(folder, "rejected.jsonl"),
  });
  expect([state, counts.rejected]).toEqual(["activated", 0]);
  return uuidOf("lod", id) ?? "";
}

const replay = (id: string, key?: string) => service.post(`/v1/checks/${id}/replay`, { operator: "officer 0418" }, key);
const said = ({ outcome, lists, matches, registerPosition, comparedDocuments }: Record<string, unknown>) => ({
  outcome,
  lists,
  matches,
  registerPosition,
  comparedDocuments,
});

test("the checks saw every outcome and grade", () => {
  const found = new Set(checks.map(({ answer }) => answer["outcome"]));
  expect(found).toEqual(new Set(["clear", "review", "listed"]));
  const grades = checks.flatMap(({ answer }) => (answer["matches"] as { grade: string }[]).map(({ grade }) => grade));
  expect(new Set(grades)).toEqual(new Set(["exact", "conflict", "probable"]));
  expect(checks).toHaveLength(28);
});

describe("a replay", () => {
  test("gives every recorded answer again, and today's", async () => {
    const today = checks.slice(-parties.length);
    for (const { id, step, party, answer } of checks) {
      const { status, body } = await replay(id);
      expect([status, step, body.reproduced]).toEqual([200, step, true]);
      expect(body.recorded).toMatchObject(said(answer));
      const now = today.find((other) => other.party === party)?.answer ?? {};
      expect(said(body.today)).toEqual(said(now));
      expect(body.differs).toBe(JSON.stringify(answer["matches"]) !== JSON.stringify(now["matches"]));
    }
  });

  test("says what became of each listing", async () => {
    const limited = checks.find(({ step }) => step === "a correction runs");
    const { body } = await replay(limited?.id ?? "");
    const matches = (limited?.answer["matches"] ?? []) as { caseNumber: string; listingId: string }[];
    const ended = matches.find(({ caseNumber }) => caseNumber === COURTS_CASE);
    const loaded = matches.find(({ caseNumber }) => caseNumber !== COURTS_CASE);
    expect(loaded?.listingId).toMatch(/^lst_/);
    expect(body.differences).toEqual([
      { listingId: ended?.listingId, what: "ended", registerPosition: expect.any(Number), at: expect.any(String) },
    ]);
    const [first] = checks;
    const { body: since } = await replay(first?.id ?? "");
    expect(since.differences).toMatchObject([{ listingId: loaded?.listingId, what: "listed" }]);
  });

  test("is a check of its own, on record under the officer who asked", async () => {
    const [first] = checks;
    const { body } = await replay(first?.id ?? "");
    const { body: recorded } = await service.get(`/v1/checks/${body.today.id}`);
    expect(recorded).toMatchObject({ operator: "officer 0418", previousCheckId: first?.id });
  });

  test("of a listing whose term is over says so, and a record that no history gives is not reproduced", async () => {
    const clear = checks.find(({ step }) => step === "nobody is listed");
    const listed = checks.at(-1);
    await service.sql`update listing set answers_until = '2026-01-01' where name = '测试公司（演示）'`;
    expect((await replay(listed?.id ?? "")).body).toMatchObject({
      differs: true,
      differences: [{ what: "term_over" }],
      reproduced: false,
    });
    expect((await replay(clear?.id ?? "")).body.reproduced).toBe(true);
    await service.sql`update listing set answers_until = null where name = '测试公司（演示）'`;
  });

  test("is refused to other agencies, to keys that may not ask, and without an officer", async () => {
    const [{ id } = { id: "" }] = checks;
    const other = await service.addAgency("另一单位", ["travel.ticketing"]);
    expect((await replay(id, other.key)).status).toBe(404);
    expect((await replay(id, auditor)).status).toBe(403);
    expect((await service.post(`/v1/checks/${id}/replay`, {})).status).toBe(422);
    expect((await replay("chk_nothing")).status).toBe(404);
  });
});

describe("as of a moment", () => {
  const ask = (party: object, at: string, over: object = {}, key = auditor) =>
    service.post(
      "/v1/checks/as-of",
      { purpose: "travel.ticketing", subject: party, at, operator: "auditor 1", reason: "审计抽查", ...over },
      key,
    );

  test("an auditor gets what was answered then", async () => {
    for (const { party, answer, at, step } of checks) {
      const { status, body } = await ask(party, at);
      expect([status, step]).toEqual([200, step]);
      expect(said(body)).toEqual(said(answer));
    }
  });

  test("the question is on the audit trail, without the number", async () => {
    const [first] = checks;
    await ask(first?.party ?? {}, first?.at ?? "", { reason: "专项审计" });
    const [entry] = await service.sql`select * from audit_entry where reason = '专项审计'`;
    expect(entry).toMatchObject({
      action: "check.as_of",
      actor: expect.stringMatching(/^agency:agy_\w{26}\/auditor 1$/),
      detail: { purpose: "travel.ticketing", registerPosition: 0, outcome: "clear" },
    });
    expect(JSON.stringify(entry)).not.toContain(numberOf(1));
  });

  test("is refused without the scope, of the future, by a name alone, and with a number as reason", async () => {
    const { party, at } = checks[0] ?? { party: {}, at: "" };
    const entries = await service.sql`select id from audit_entry`;
    expect((await ask(party, at, {}, service.key)).status).toBe(403);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await ask(party, tomorrow)).body).toMatchObject({ errors: [{ pointer: "#/at", code: "out_of_range" }] });
    const nameOnly = await ask({ name: "测试甲", document: { type: "resident_id" } }, at);
    expect([nameOnly.status, nameOnly.body.code]).toEqual([422, "name-only"]);
    expect((await ask(party, at, { reason: numberOf(1) })).status).toBe(422);
    expect(await service.sql`select id from audit_entry`).toHaveLength(entries.length);
  });
});
