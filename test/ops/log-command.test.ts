// The commands on the log as an operator and a clerk run them: keys, fsck, and a receipt that verifies without a service.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCheckpoint } from "../../src/audit/index.ts";
import { exitCodes } from "../../src/platform/exit-code.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shixin-log-"));
const receiptPath = join(folder, "check.tlog-proof");

let service: TestService;
let receipt: string;
let key: string;

type Ended = { code: number; out: string; err: string };

function run(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: "", ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

const onDatabase = () => ({
  DATABASE_URL: service.databaseUrl,
  KEY_RING: service.ringPath,
  LOG_ORIGIN: service.identity.origin,
});

const verify = (text: string, ...more: string[]) => {
  writeFileSync(receiptPath, text);
  // No database, no ring: the file and the key are all there is.
  return run(["receipt", "verify", receiptPath, "--key", key, ...more], { DATA_DIR: join(folder, "nothing") });
};

beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
  const { body } = await service.post("/v1/checks", checkOf());
  for (;;) {
    const { status, text } = await service.get(body.receipt);
    if (status === 200) {
      receipt = text;
      break;
    }
  }
  const { out } = await run(["log", "key"], onDatabase());
  key = out.trim();
});
afterAll(() => service.stop());

test("the key that is printed is the log's", () => {
  expect(key).toMatch(/^localhost\/test\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}$/);
});

test("fsck says that the log is whole, and ends with 7 once it is not", async () => {
  const whole = await run(["log", "fsck", "--json"], onDatabase());
  expect([whole.code, JSON.parse(whole.out)]).toMatchObject([0, { size: 2, verified: 2, finding: null }]);
  await service.sql`update check_record set operator = operator || '!'`;
  const changed = await run(["log", "fsck"], onDatabase());
  expect([changed.code, changed.out]).toEqual([
    7,
    expect.stringMatching(/^Entry 1: the check of this entry was changed/),
  ]);
  await service.sql`update check_record set operator = trim(trailing '!' from operator)`;
});

test("fsck with a state verifies only what is new, and what it verified stays pinned", async () => {
  const state = join(folder, "state");
  const fsck = () => run(["log", "fsck", "--state", state, "--json"], onDatabase());
  expect(JSON.parse((await fsck()).out)).toMatchObject({ from: 0, verified: 2, finding: null });
  expect(parseCheckpoint(readFileSync(state, "utf8"))).toMatchObject({ origin: service.identity.origin, size: 2 });
  // A tile is verified as a whole, however little of it is new.
  expect(JSON.parse((await fsck()).out)).toMatchObject({ size: 2, finding: null });
  writeFileSync(
    state,
    readFileSync(state, "utf8").replace(/\n[^\n]+\n$/, `\n${Buffer.alloc(32).toString("base64")}\n`),
  );
  const other = await fsck();
  expect([other.code, JSON.parse(other.out).finding.fault]).toEqual([7, expect.stringContaining("others than those")]);
  writeFileSync(state, "of something else\n");
  expect((await fsck()).code).toBe(exitCodes.conflict);
  expect((await run(["log", "fsck", "--state", state, "--from", "1"], onDatabase())).code).toBe(2);
});

describe("a receipt", () => {
  test("is read out to a clerk, with no service and no database", async () => {
    const { code, out } = await verify(receipt);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        /^回执有效[^]*核查编号：chk_[^]*经办人 officer 0417[^]*命中（列入名单）[^]*厦门市思明区人民法院 \(2019\)闽0203执90000001号[^]*localhost\/test，第 2 条/,
      ),
    ]);
    expect(out).not.toContain("110101190001010014");
  });

  test("is about the party that it is about, and about nobody else", async () => {
    const [name, number] = ["--subject-name", "--subject-number"];
    const own = await verify(receipt, name, "测试甲", number, "110101190001010014");
    expect([own.code, own.out]).toEqual([0, expect.stringContaining("证件号码一致")]);
    const other = await verify(receipt, name, "测试乙", number, "110101190001010014");
    expect([other.code, other.out]).toEqual([7, expect.stringContaining("不是此人的")]);
    expect((await verify(receipt, name, "测试甲")).code).toBe(2);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, -40), "不是完整的核查回执"],
    ["with another answer", (text: string) => reopened(text, "listed", "review"), "回执已被改动"],
    ["with another index", (text: string) => text.replace("\nindex 1\n", "\nindex 0\n"), "回执已被改动"],
    ["with another tree", (text: string) => text.replace("\n2\n", "\n3\n"), "签名不符"],
  ])("%s fails with a sentence", async (_, change, sentence) => {
    const changed = change(receipt);
    expect(changed).not.toBe(receipt);
    const { code, out } = await verify(changed);
    expect([code, out]).toEqual([7, expect.stringContaining(sentence)]);
  });

  test("under another log's key says so", async () => {
    writeFileSync(receiptPath, receipt);
    const other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const { code, out } = await run(["receipt", "verify", receiptPath, "--key", other]);
    expect([code, out]).toEqual([7, expect.stringContaining("不是同一个")]);
  });
});

/** The receipt with a word of its fact exchanged. */
function reopened(text: string, from: string, to: string): string {
  return text.replace(/^extra (\S+)$/m, (_, base64: string) => {
    const opened = Buffer.from(base64, "base64").toString();
    return `extra ${Buffer.from(opened.replace(`"outcome":"${from}"`, `"outcome":"${to}"`)).toString("base64")}`;
  });
}
