// The command line as scripts use it: one JSON document on standard output, and an exit code that says what to do.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isApiKey } from "../src/agencies/api-key.ts";
import { createCallers, defaultLimits } from "../src/agencies/index.ts";
import { connect, type Connection } from "../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { proposalOf } from "./agencies/switched-on.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shixin-cli-"));
const keyRing = join(folder, "key-ring.json");
const number = "110101190001010014";
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { name: "test" });
  createKeyRing(keyRing);
});
afterAll(async () => {
  await connection.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Outcome = { code: number; out: string; err: string };

function run(args: string[], environment: NodeJS.ProcessEnv = {}, input = ""): Promise<Outcome> {
  const { PATH, SystemRoot } = process.env;
  const env = {
    PATH,
    SystemRoot,
    DATABASE_URL: database.url,
    KEY_RING: keyRing,
    DATA_DIR: join(folder, "data"),
    NODE_COMPILE_CACHE: join(folder, "compiled"), // A third less work for each command.
    ...environment,
  };
  return new Promise((resolve) => {
    const command = [join(root, "src", "cli.ts"), ...args];
    const child = execFile(
      process.execPath,
      command,
      { env, cwd: folder, maxBuffer: 8 * 1024 * 1024 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

/** The one JSON document that a command prints. */
async function runJson(...args: string[]) {
  const { code, out, err } = await run([...args, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.endsWith("\n")).toBe(true);
  return JSON.parse(out);
}

const importing = (file: string, ...more: string[]) =>
  run(["feed", "import", join(folder, file), "--source", "national", "--mode", "snapshot", "--json", ...more]);

describe("an agency and its keys", () => {
  const find = (key: string) =>
    createCallers({ db: connection.db, ring: readKeyRing(keyRing) }).findFresh(`Bearer ${key}`);

  test("are created, issued, rolled and revoked, each by a named actor", async () => {
    const purposes = "procurement.supplier_qualification,office.lease";
    const { agency, key } = await runJson(
      "agency",
      "create",
      "--name",
      "测试单位",
      "--purposes",
      purposes,
      "--actor",
      "li",
    );
    expect(agency).toEqual({ id: expect.stringMatching(/^agy_/), name: "测试单位", purposes: purposes.split(",") });
    expect(isApiKey(key)).toBe(true);
    expect((await find(key)).purposes).toHaveLength(2);

    const issued = await runJson("key", "issue", "--agency", agency.id);
    const sending = await runJson("key", "issue", "--agency", agency.id, "--scopes", "checks:read,feeds:write");
    expect((await find(sending.key)).scopes).toEqual(["checks:read", "feeds:write"]);
    expect((await run(["key", "issue", "--agency", agency.id, "--scopes", "everything"])).code).toBe(2);
    const rolled = await runJson("key", "roll", issued.id, "--overlap-minutes", "5");
    expect((await find(rolled.key)).agencyId).toBe((await find(issued.key)).agencyId);

    const revoked = await runJson("key", "revoke", rolled.id, "--reason", "lost");
    expect(revoked).toEqual({ id: rolled.id, revokedAt: expect.any(String) });
    await expect(find(rolled.key)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await run(["key", "revoke", rolled.id, "--reason", "lost"])).code).toBe(5);

    const [row] = await connection.sql`select actor from audit_entry where action = 'agency.create'`;
    expect(row).toEqual({ actor: "operator:li" });
  });
});

describe("what agencies may ask", () => {
  test("is shown, set with a reason, and as configured again", async () => {
    const { agency } = await runJson("agency", "create", "--name", "限额单位", "--purposes", "office.lease");
    expect(await runJson("agency", "limits", agency.id)).toEqual(defaultLimits);
    expect((await run(["agency", "limits", agency.id, "--checks-per-day", "20000"])).code).toBe(2);
    expect((await run(["agency", "limits", agency.id, "--checks-per-day", "0", "--reason", "x"])).code).toBe(2);
    const set = (value: string) =>
      runJson("agency", "limits", agency.id, "--scope", "key", "--checks-per-day", value, "--reason", "试点");
    expect(await set("20000")).toEqual({ ...defaultLimits, key: { ...defaultLimits.key, checksPerDay: 20_000 } });
    expect(await set("default")).toEqual(defaultLimits);
  });

  test("a key of the sandbox opens nothing, and takes no scopes", async () => {
    const { agency } = await runJson("agency", "create", "--name", "沙箱单位", "--purposes", "office.lease");
    expect((await runJson("key", "issue", "--agency", agency.id, "--sandbox")).key).toMatch(/^sx_test_/);
    const both = ["key", "issue", "--agency", agency.id, "--sandbox", "--scopes", "checks:read"];
    expect((await run(both)).code).toBe(2);
  });

  test("canaries come on standard input and are never printed", async () => {
    const reason = ["--reason", "警示号码"];
    const added = await run(["canary", "add", ...reason, "--json"], {}, `${number}\n`);
    expect({ ...added, out: JSON.parse(added.out) }).toEqual({ code: 0, err: "", out: { changed: 1, canaries: 1 } });
    const refused = await run(["canary", "add", ...reason], {}, "110101190001010013");
    expect(refused.code).not.toBe(0);
    expect(refused.err).not.toContain("110101190001010013");
    const removed = await run(["canary", "remove", ...reason], {}, number);
    expect(removed.out).toBe("1 changed; 0 in all.\n");
  });
});

describe("the catalogue and the measures of agencies", () => {
  const file = join(folder, "input.json");
  const write = (content: unknown) => writeFileSync(file, JSON.stringify(content));

  test("an edition is shown, imported under another name, listed and left again", async () => {
    const shown = await runJson("catalogue", "show");
    expect(shown.measures.length).toBeGreaterThan(60);
    write({ ...shown, edition: "2027" });
    expect(await runJson("catalogue", "import", file)).toEqual({ edition: "2027", measures: shown.measures.length });
    expect((await run(["catalogue", "import", file])).code).toBe(5);
    expect((await run(["catalogue", "activate", shown.edition, "--reason", "测试"])).code).toBe(0);
    const { editions } = await runJson("catalogue", "list");
    expect(editions).toMatchObject([
      { name: shown.edition, active: true, importedAt: null },
      { name: "2027", active: false },
    ]);
  });

  let agencyId: string;
  let id: string;

  test("a measure is proposed from a file, and switched on by two papers of two others", async () => {
    const purposes = "procurement.supplier_qualification";
    agencyId = (await runJson("agency", "create", "--name", "测试单位二", "--purposes", purposes)).agency.id;
    write(proposalOf());
    id = (await runJson("measure", "propose", file, "--agency", agencyId, "--actor", "经办人")).measure.id;
    const approve = (authority: string, by: string) => {
      const paper = ["--by", by, "--document", "审批表1号", "--dated", "2026-11-20", "--json"];
      return run(["measure", "approve", id, "--authority", authority, ...paper, "--actor", "经办人"]);
    };
    expect(await approve("credit", "经办人")).toMatchObject({ code: 5, err: expect.stringContaining("approves") });
    expect((await approve("credit", "牵头人")).code).toBe(0);
    const { measure } = JSON.parse((await approve("court", "院长")).out);
    expect(measure).toMatchObject({
      state: "switched_on",
      approvals: { court: { name: "院长", document: { number: "审批表1号", datedOn: "2026-11-20" } } },
    });
  });

  test("a measure is withdrawn and stays in the list, and one of no edition is refused", async () => {
    expect((await runJson("measure", "withdraw", id, "--reason", "依据已废止")).measure.state).toBe("withdrawn");
    const { measures } = await runJson("measure", "list", "--agency", agencyId);
    expect(measures).toMatchObject([{ id, state: "withdrawn", withdrawal: { reason: "依据已废止" } }]);
    write({ ...proposalOf(), code: "OP2016-99-99" });
    expect((await run(["measure", "propose", file, "--agency", agencyId])).code).toBe(2);
  });
});

describe("courts and their staff", () => {
  test("courts are listed, shown, and added from a file", async () => {
    expect((await runJson("court", "list")).courts).toHaveLength(50);
    const file = join(folder, "courts.json");
    const names = [{ name: "测试区人民法院（演示）" }];
    writeFileSync(file, JSON.stringify({ courts: [{ code: "闽0502", level: "basic", higher: "闽05", names }] }));
    expect(await runJson("court", "import", file)).toEqual({ courts: 1 });
    const { court } = await runJson("court", "show", "闽0502");
    expect(court).toMatchObject({ higherCourt: "闽05", name: "测试区人民法院（演示）" });
    expect((await run(["court", "show", "闽0599"])).code).toBe(4);
    writeFileSync(file, "{");
    expect(await run(["court", "import", file])).toMatchObject({ code: 2, err: expect.stringContaining("not JSON") });
  });

  test("an account is created, given authority and a role, reset, disabled and enabled, each by a named actor", async () => {
    const place = ["--login", "judge.one", "--name", "测试法官", "--role", "judge", "--court", "闽0203"];
    const created = await runJson("staff", "create", ...place, "--actor", "li");
    expect(created.account).toMatchObject({ login: "judge.one", court: "闽0203", state: "to_enrol" });
    const days = ["--from", "2026-11-01", "--until", "2026-12-31", "--document", "授权书（演示）1号"];
    const delegated = await runJson("staff", "delegate", "judge.one", ...days);
    expect(delegated.account.delegation).toMatchObject({ from: "2026-11-01", until: "2026-12-31" });
    const ended = await runJson("staff", "end-delegation", "judge.one", "--reason", "院长收回");
    expect(ended.account.delegation).toBeNull();
    const moved = await runJson("staff", "role", "judge.one", "--role", "clerk", "--reason", "调岗");
    expect(moved.account.role).toBe("clerk");
    const reset = await runJson("staff", "reset", "judge.one", "--reason", "手机遗失");
    expect(reset.enrolmentCode).not.toBe(created.enrolmentCode);
    expect((await runJson("staff", "disable", "judge.one", "--reason", "离职")).account.state).toBe("disabled");
    expect((await run(["staff", "disable", "judge.one", "--reason", "离职"])).code).toBe(5);
    expect((await runJson("staff", "enable", "judge.one", "--reason", "返岗")).account.state).toBe("to_enrol");
    expect((await runJson("staff", "list", "--court", "闽0203")).accounts).toHaveLength(1);
    expect((await runJson("staff", "sign-out", "judge.one", "--reason", "设备遗失")).account.login).toBe("judge.one");
    expect(await runJson("staff", "sign-everybody-out", "--reason", "维护")).toEqual({ sessions: 0 });
    expect((await run(["staff", "reset", "nobody", "--reason", "手机遗失"])).code).toBe(4);
    const [row] = await connection.sql`select actor from audit_entry where action = 'account.create'`;
    expect(row).toEqual({ actor: "operator:li" });
  });

  test("a terminal shows the code that an app would show", async () => {
    const { out } = await run(["staff", "code", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]);
    expect(out).toMatch(/^\d{6}\n$/);
    expect((await run(["staff", "code", "0189"])).code).toBe(2);
  });

  test("a court's system gets a key with scopes, which is revoked once", async () => {
    const issued = await runJson(
      "court",
      "key",
      "issue",
      "--court",
      "闽0203",
      "--scopes",
      "listings:write,clocks:read",
    );
    expect(isApiKey(issued.key)).toBe(true);
    expect((await run(["court", "key", "issue", "--court", "闽0203", "--scopes", "checks:write"])).code).toBe(2);
    const revoke = ["court", "key", "revoke", issued.id, "--reason", "停用"];
    expect(await runJson(...revoke)).toEqual({ id: issued.id, revokedAt: expect.any(String) });
    expect((await run(revoke)).code).toBe(5);
  });
});

describe("a list", () => {
  test("is invented, imported, counted and shown", async () => {
    const out = join(folder, "list.jsonl");
    const truth = join(folder, "truth.jsonl");
    const synth = ["synth", "--rows", "200", "--seed", "7", "--kind", "national", "--out", out, "--truth", truth];
    expect(await runJson(...synth, "--flaws", "0.05")).toMatchObject({ rows: 200 });
    const lines = readFileSync(truth, "utf8").trim().split("\n");
    expect(lines).toHaveLength(200);
    const accepted = lines.filter((line) => JSON.parse(line).accepted).length;

    const short = await importing("list.jsonl", "--expect", "199");
    expect(short).toMatchObject({ code: 5, out: "" });
    expect(short.err).toContain("the file holds 200 rows, not the 199 expected");

    const partial = await importing("list.jsonl", "--expect", "200");
    const load = JSON.parse(partial.out);
    expect(partial.code).toBe(3);
    const [, rejected = ""] = /^The rejected rows are in (.+)\.$/m.exec(partial.err) ?? [];
    expect(readFileSync(rejected, "utf8").trim().split("\n")).toHaveLength(200 - accepted);
    expect(load).toMatchObject({
      id: expect.stringMatching(/^lod_/),
      state: "activated",
      counts: { read: 200, accepted, rejected: 200 - accepted },
    });

    const { loads } = await runJson("feed", "list", "--limit", "5");
    expect(loads.map(({ state }: { state: string }) => state)).toEqual(["activated", "failed"]);
    expect(await runJson("feed", "show", load.id)).toMatchObject({ id: load.id, counts: load.counts });
  });
});

describe("a load that surprises", () => {
  const importing = (file: string, rows: number, ...more: string[]) =>
    run(["feed", "import", file, "--source", "city", "--mode", "snapshot", "--expect", String(rows), ...more]);
  const list = join(folder, "whole.jsonl");
  const short = join(folder, "short.jsonl");

  test("is held, shown, released by another person, and rolled back", async () => {
    await runJson("synth", "--rows", "200", "--seed", "8", "--kind", "local", "--out", list);
    const lines = readFileSync(list, "utf8").trim().split("\n");
    writeFileSync(short, `${lines.slice(0, 180).join("\n")}\n`);
    expect((await importing(list, 200, "--actor", "li")).code).toBe(0);

    const held = await importing(short, 180, "--actor", "li");
    expect(held.code).toBe(5);
    const [, id = ""] = /^(lod_\w+) held（待放行）/.exec(held.out) ?? [];
    expect(held.out).toMatch(/shrink: \d+ rows, \d+(\.\d+)? % > 5 %/);
    expect(held.out).toContain(`feed release ${id}`);
    expect((await importing(list, 200)).err).toContain(`feed discard ${id}`);

    const { load, courts, exceptions } = await runJson("feed", "diff", id);
    expect(load).toMatchObject({ id, state: "held", gates: [{ gate: "shrink", threshold: 0.05 }] });
    const missing = courts.map(({ outcomes }: { outcomes: { missing: number } }) => outcomes.missing);
    expect(missing.reduce((sum: number, rows: number) => sum + rows, 0)).toBe(load.counts.ended);
    expect(exceptions).toEqual([]);
    expect((await run(["feed", "diff", id])).out).toContain(`${courts[0].court}: missing ${missing[0]}`);

    expect((await run(["feed", "release", id, "--actor", "li"])).code).toBe(5);
    expect(await runJson("feed", "release", id, "--actor", "wang")).toMatchObject({
      state: "activated",
      decidedBy: "operator:wang",
      stateHash: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect((await run(["feed", "rollback", id, "--reason", "误报", "--actor", "wang"])).code).toBe(5);
    const rolledBack = await runJson("feed", "rollback", id, "--reason", "误报", "--actor", "zhao");
    expect(rolledBack).toMatchObject({ state: "rolled_back", undone: { relists: load.counts.ended, leaves: 0 } });
  }, 60_000);

  test("passes a gate that its source sets wider, waits where its source says so, and is discarded", async () => {
    const source = await runJson("feed", "source", "city", "--gate", "shrink=0.2", "--activation", "manual");
    expect(source).toMatchObject({ name: "city", precedence: 30, activation: "manual", gates: { shrink: 0.2 } });
    expect(await runJson("feed", "source", "city")).toEqual(source);
    const ready = await importing(short, 180, "--json");
    expect(ready.code).toBe(0);
    const { id, state } = JSON.parse(ready.out);
    expect(state).toBe("ready");
    expect(await runJson("feed", "discard", id, "--reason", "重发")).toMatchObject({ state: "discarded" });
  }, 60_000);

  test("comes with a manifest that is kept, or refused by name", async () => {
    const manifest = join(folder, "manifest.json");
    const importing = () =>
      run(["feed", "import", list, "--source", "other", "--mode", "snapshot", "--manifest", manifest]);
    writeFileSync(manifest, JSON.stringify({ rows: 199, sequence: 3 }));
    const refused = await importing();
    expect(refused).toMatchObject({ code: 5, err: expect.stringContaining("not the 199 expected") });
    writeFileSync(manifest, JSON.stringify({ rows: "many" }));
    const faulty = await importing();
    expect(faulty).toMatchObject({ code: 5, err: expect.stringContaining("not as it must be: rows") });
  }, 60_000);
});

describe("a failure", () => {
  test.each([
    ["a bad option", ["synth", "--rows", number, "--out", "x"], 2],
    ["an unknown command", [number], 2],
    ["an unknown purpose", ["agency", "create", "--name", number, "--purposes", "curiosity.neighbour"], 2],
    ["an agency that is not there", ["key", "issue", "--agency", number], 4],
    ["a gate that is none", ["feed", "source", "city", "--gate", `${number}=1`], 2],
    ["a load that is not there", ["feed", "diff", number], 4],
    ["a file that is not there", ["feed", "import", "nothing", "--source", "national", "--mode", "delta"], 5],
  ])("by %s has its exit code, and text without the value", async (_, args, code) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ code, out: "" });
    expect(outcome.err.length).toBeGreaterThan(5);
    expect(outcome.err).not.toContain(number);
  });

  test("of the configuration, the database or the key ring is told apart", async () => {
    writeFileSync(join(folder, "broken.json"), "{}");
    const [configuration, away, ring] = await Promise.all([
      run(["feed", "list"], { PORT: "none", DATABASE_URL: "mysql://x" }),
      run(["feed", "list"], { DATABASE_URL: "postgres://127.0.0.1:1/none" }),
      run(["feed", "list"], { KEY_RING: join(folder, "broken.json") }),
    ]);
    expect(configuration.code).toBe(2);
    expect(configuration.err).toMatch(/PORT: [^]*DATABASE_URL: /);
    expect(away).toMatchObject({ code: 75, err: expect.stringContaining("ECONNREFUSED") });
    expect(ring).toMatchObject({ code: 7, err: expect.stringContaining("broken.json is not a key ring") });
  });
});

test("the schema is migrated, and the API described without a database", async () => {
  const [migrated, described] = await Promise.all([
    run(["migrate"]),
    run(["openapi"], { DATABASE_URL: "", KEY_RING: "" }),
  ]);
  expect(migrated).toEqual({ code: 0, out: "The schema is current.\n", err: "" });
  expect(JSON.parse(described.out)).toMatchObject({ openapi: "3.1.0" });
});
