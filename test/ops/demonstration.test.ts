// The first run: ten invented people that answer as their story says, loaded once, and never into other data.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import supertest from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { logIdentity } from "../../src/audit/index.ts";
import { bytesOfBase32, totpCode, totpStep } from "../../src/courts/accounts/totp.ts";
import { createHotConnection } from "../../src/checks/index.ts";
import { openRuntime, prepareDemonstration, type Runtime } from "../../src/ops/index.ts";
import { createLog } from "../../src/platform/log.ts";
import { type RunningServer, startServer } from "../../src/platform/server.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { enterListing } from "../../src/registry/index.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { listingOf } from "../service.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-demonstration-"));
const today = shanghaiDate(new Date());
let database: TestDatabase;
let runtime: Runtime;
let server: RunningServer;
let stop: () => Promise<void>;
let key: string;
const printed: string[] = [];

const openAt = (url: string) =>
  openRuntime({ databaseUrl: url, dataDirectory: folder, keyRingPath: undefined, name: "test", report: () => {} });
const prepare = (on = runtime) => prepareDemonstration(on, folder, (line) => printed.push(line));

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await openAt(database.url);
  await prepare();
  key = readFileSync(join(folder, "demonstration-key"), "utf8");
  const hot = createHotConnection(database.url);
  const { app, drain } = createApp({
    connection: runtime,
    hot,
    ring: runtime.ring,
    log: createLog(),
    identity: logIdentity("localhost/test", runtime.ring.logKeys),
    demonstration: true,
    stopping: () => false,
  });
  server = await startServer(app, { host: "127.0.0.1", port: 0 });
  stop = async () => {
    await server.stop();
    await drain();
    await hot.end();
    await runtime.end();
  };
});
afterAll(async () => {
  await stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function check(
  name: string,
  number: string,
  { type = "resident_id", purpose = "procurement.supplier_qualification", role = "self" } = {},
) {
  const { status, body } = await supertest(server.url)
    .post("/v1/checks")
    .set("Authorization", `Bearer ${key}`)
    .send({
      purpose,
      caseReference: "XM-1",
      operator: "officer 0417",
      subject: { name, role, document: { type, number } },
    });
  expect({ status, ...body }).toMatchObject({ status: 200, checkedAt: expect.any(String) });
  return body;
}

describe("the ten people", () => {
  test("1: able to perform and refusing, listed without end", async () => {
    expect(await check("测试甲", "110101190001010014")).toMatchObject({
      outcome: "listed",
      action: "decide",
      measures: [{ code: "OP2016-01-07", legalBasis: "中办国办2016年意见（演示） 第1类第7项" }],
      matches: [{ grade: "exact", grounds: ["G1"], term: { kind: "open", endsOn: null }, court: { code: "闽0203" } }],
    });
  });

  test("2: no property report, listed for thirty days more", async () => {
    expect(await check("测试丙", "350203190002010027")).toMatchObject({
      outcome: "listed",
      matches: [{ grounds: ["G4"], term: { kind: "fixed", endsOn: addDays(today, 30) } }],
    });
  });

  test("3: a masked row, to be reviewed", async () => {
    expect(await check("测试丁", "350203190003151024")).toMatchObject({
      outcome: "review",
      action: "verify_identity",
      matches: [{ grade: "probable" }],
    });
  });

  test("4: the number with another name, to be reviewed, and the listed name is not given away", async () => {
    const answer = await check("测试某", "350206190004100033");
    expect(answer).toMatchObject({ outcome: "review", matches: [{ grade: "conflict" }] });
    expect(JSON.stringify(answer)).not.toContain("测试戊");
  });

  test("5: a company that is listed, and its officer who is only limited in consumption", async () => {
    const company = await check("厦门测试建设有限公司（演示）", "91350200MA0000007F", { type: "uscc" });
    expect(company).toMatchObject({ outcome: "listed", lists: { dishonest: "listed" } });
    expect(await check("测试己", "350203190005200045")).toMatchObject({ outcome: "clear" });
    expect(await check("测试己", "350203190005200045", { purpose: "office.lease" })).toMatchObject({
      lists: { consumption_limit: "listed" },
      matches: [{ list: "consumption_limit", capacity: "legal_representative" }],
    });
  });

  test("6: an actual controller under a consumption limit", async () => {
    expect(await check("测试庚", "350211190006180058", { purpose: "office.lease" })).toMatchObject({
      outcome: "listed",
      matches: [{ list: "consumption_limit", capacity: "actual_controller" }],
    });
  });

  test("whoever may not take the train is held up, told why, and sent to a person", async () => {
    expect(await check("测试甲", "110101190001010014", { purpose: "travel.ticketing" })).toMatchObject({
      action: "first_stop",
      firstStop: { text: "先行拦截，可当场申请人工复核", humanDesk: expect.stringContaining("演示") },
    });
    const loan = await check("测试甲", "110101190001010014", { purpose: "housing_fund.loan" });
    expect(loan.measures).toMatchObject([{ code: "LOCAL-YS-01", effect: "strict_review" }]);
  });

  test("7 and 8: in the grace period, and performed and removed, both clear", async () => {
    expect(await check("测试辛", "350212190007220062")).toMatchObject({ outcome: "clear", matches: [] });
    expect(await check("测试壬", "350213190008250075")).toMatchObject({ outcome: "clear", matches: [] });
  });

  test("9: under correction, listed, and the answer says so", async () => {
    expect(await check("测试癸", "350205190009300089")).toMatchObject({
      outcome: "listed",
      matches: [{ underObjection: true }],
    });
    const objections = await runtime.sql`
      select o.kind, o.state, c.due_on > c.started_on and c.stopped_at is null as running
      from objection o join listing l on l.id = o.listing_id join clock c on c.kind = 'correction_review'
      where l.case_number = '(2022)闽0203执90000009号'`;
    expect([...objections]).toEqual([{ kind: "correction", state: "under_review", running: true }]);
  });

  test("10: listed by two courts", async () => {
    const { outcome, matches } = await check("测试子", "350203190010110095");
    expect(outcome).toBe("listed");
    expect(matches.map(({ court }: { court: { code: string } }) => court.code).toSorted()).toEqual([
      "闽0203",
      "闽0206",
    ]);
  });
});

describe("the first run", () => {
  test("says that it loads invented data", () => {
    expect(printed).toEqual([expect.stringContaining("演示数据，均为虚构")]);
  });

  test.skipIf(process.platform === "win32")("leaves what opens it to the owner alone", () => {
    for (const file of ["demonstration-key", "demonstration-staff.json"])
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  test("leaves people of a court, an agency and the authority who can sign in at once, and says how", async () => {
    const path = join(folder, "demonstration-staff.json");
    const people = JSON.parse(readFileSync(path, "utf8")) as { login: string; password: string; secret: string }[];
    expect(people.map(({ login }) => login)).toEqual([
      "demo.clerk",
      "demo.judge",
      "demo.president",
      "demo.system",
      "demo.security",
      "demo.officer",
      "demo.liaison",
      "demo.authority",
      "demo.assessor",
    ]);
    const again = await prepare();
    const lines: string[] = [];
    again?.introduce("http://127.0.0.1:1", (line) => lines.push(line));
    for (const { login, password, secret } of people) {
      const code = totpCode(bytesOfBase32(secret) ?? Buffer.alloc(0), totpStep(new Date()));
      const { status, body } = await supertest(server.url).post("/v1/sessions").send({ login, password, code });
      expect({ status, name: body.account?.name }).toEqual({ status: 201, name: expect.stringContaining("（演示）") });
      expect(lines.join("\n")).toContain(`${login}  ${password}  ${secret}`);
    }
  });

  test("happens once", async () => {
    const count = () =>
      runtime.sql`select (select count(*) from listing) as listings, (select count(*) from api_key) as keys`;
    const before = [...(await count())];
    const again = await prepare();
    expect([...(await count())]).toEqual(before);
    const lines: string[] = [];
    again?.introduce("http://127.0.0.1:1", (line) => lines.push(line));
    expect(lines.join("\n")).toContain(key);
    expect(printed).toHaveLength(1);
  });

  test("that was cut short after its list is made whole by the next", async () => {
    const copy = await createTestDatabase();
    const other = await openAt(copy.url);
    await other.sql`create function refuse() returns trigger language plpgsql as 'begin raise exception $$refused$$; end'`;
    await other.sql`create trigger refuse before insert on agency execute function refuse()`;
    await expect(prepare(other)).rejects.toMatchObject({ cause: { message: "refused" } });
    await other.sql`drop trigger refuse on agency`;
    expect(await prepare(other)).not.toBeNull();
    const counts = (on: Runtime) => on.sql`
      select (select count(*) from listing) as listings, (select count(*) from agency) as agencies`;
    expect([...(await counts(other))]).toEqual([...(await counts(runtime))]);
    await other.end();
    await copy.drop();
  });

  test("leaves a database with other data alone", async () => {
    const copy = await createTestDatabase();
    const other = await openAt(copy.url);
    await other.db.transaction((tx) => enterListing(tx, other.ring, "court:test", listingOf()));
    expect(await prepare(other)).toBeNull();
    const [row] =
      await other.sql`select (select count(*) from listing) as listings, (select count(*) from agency) as agencies`;
    expect(row).toEqual({ listings: 1, agencies: 0 });
    await other.end();
    await copy.drop();
    expect(existsSync(join(folder, "key-ring.json"))).toBe(true);
  });
});
