// Configuration: every fault named at once and by its variable, no value repeated.
import { BlockList } from "node:net";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { defaultLimits } from "../src/agencies/index.ts";
import { defaultMisuseSettings } from "../src/checks/misuse/index.ts";
import { ConfigurationError, parseConfig } from "../src/config.ts";

const WITNESS = "witness.example+aeb8ed15+BKt9L4dRb6gbJyTaN3ouvyOMws5SWGSya1xRl2bNXKLI";

test("without any variable the service is at home on this machine", () => {
  expect(parseConfig({})).toEqual({
    host: "127.0.0.1",
    port: 8080,
    dataDirectory: resolve("data"),
    databaseUrl: undefined,
    keyRingPath: undefined,
    proxies: expect.any(BlockList),
    feedGates: {},
    limits: defaultLimits,
    misuse: defaultMisuseSettings,
    court: null,
    whoAskedDelays: {},
    notices: { lookbackDays: null, clearLookback: {} },
    logOrigin: "localhost/shixin",
    publicUrl: null,
    witnesses: [],
    quorum: 0,
    webhookTargets: { privateRanges: expect.any(BlockList), httpHosts: [] },
    siteFooter: {},
    eventRetentionDays: 30,
    backupMark: null,
    retention: { check_record: 5 },
    workers: 1,
    production: false,
  });
});

test("an empty variable counts as absent", () => {
  expect(parseConfig({ PORT: "", DATABASE_URL: "", KEY_RING: "" })).toEqual(parseConfig({}));
});

test("every variable is taken", () => {
  const environment = {
    HOST: "::1",
    PORT: "0",
    DATA_DIR: "/srv/register",
    DATABASE_URL: "postgresql://localhost/register",
    KEY_RING: "/etc/register/ring.json",
    TRUSTED_PROXIES: "10.0.0.0/8, ::1",
    FEED_GATES: '{"shrink":0.1,"minors":0}',
    CHECK_LIMITS: '{"key":{"checksPerDay":20000}}',
    MISUSE_RULES: '{"canary":{"action":"block"}}',
    COURT: "闽0203",
    WHO_ASKED_DELAYS: '{"exit.border_control":60}',
    NOTICE_LOOKBACK_DAYS: "365",
    CLEAR_LOOKBACK: '{"housing_fund.loan":30}',
    LOG_ORIGIN: "register.example/log",
    PUBLIC_URL: "https://register.example/",
    LOG_WITNESSES: `${WITNESS} https://witness.example/`,
    LOG_QUORUM: "1",
    WEBHOOK_PRIVATE_RANGES: "10.20.0.0/16",
    WEBHOOK_HTTP_HOSTS: "oa.intern, 127.0.0.1",
    SITE_FOOTER: '{"organiser":"演示法院","icpNumber":"演示备案号"}',
    EVENT_RETENTION_DAYS: "90",
    BACKUP_MARK: "/srv/backup/done",
    RETENTION: '{"check_record":null}',
    WORKERS: "4",
    NODE_ENV: "production",
  };
  expect(parseConfig(environment)).toEqual({
    host: "::1",
    port: 0,
    dataDirectory: resolve("/srv/register"),
    databaseUrl: "postgresql://localhost/register",
    keyRingPath: "/etc/register/ring.json",
    proxies: expect.any(BlockList),
    feedGates: { shrink: 0.1, minors: 0 },
    limits: { ...defaultLimits, key: { ...defaultLimits.key, checksPerDay: 20_000 } },
    misuse: { ...defaultMisuseSettings, canary: { action: "block" } },
    court: "闽0203",
    whoAskedDelays: { "exit.border_control": 60 },
    notices: { lookbackDays: 365, clearLookback: { "housing_fund.loan": 30 } },
    logOrigin: "register.example/log",
    publicUrl: "https://register.example",
    witnesses: [{ key: expect.objectContaining({ name: "witness.example" }), url: "https://witness.example" }],
    quorum: 1,
    webhookTargets: { privateRanges: expect.any(BlockList), httpHosts: ["oa.intern", "127.0.0.1"] },
    siteFooter: { organiser: "演示法院", icpNumber: "演示备案号" },
    eventRetentionDays: 90,
    backupMark: "/srv/backup/done",
    retention: { check_record: null },
    workers: 4,
    production: true,
  });
});

test.each(['{"check_record":2}', '{"check_record":5.5}', '{"listing":5}', "5", "years"])(
  "retention is years by table, and no fewer than the law asks for, not %s",
  (retention) => {
    expect(() => parseConfig({ RETENTION: retention })).toThrow(/RETENTION: it takes a JSON object .* from 3 to 100/);
  },
);

test.each(["0", "-1", "2.5", "100", "two"])("processes are a number, or auto, not %s", (workers) => {
  expect(() => parseConfig({ WORKERS: workers })).toThrow(/WORKERS/);
});

test.each(["a b", "a+b", "日志\u3000", "a\n"])("the log has a name that notes have room for, not %j", (name) => {
  expect(() => parseConfig({ LOG_ORIGIN: name })).toThrow(/LOG_ORIGIN/);
});

test.each(['{"exit":60}', '{"exit.border_control":-1}', '{"exit.border_control":"60"}', "60", "{"])(
  "delays are days of purposes that there are, not %s",
  (delays) => {
    expect(() => parseConfig({ WHO_ASKED_DELAYS: delays })).toThrow(/WHO_ASKED_DELAYS/);
    expect(() => parseConfig({ CLEAR_LOOKBACK: delays })).toThrow(/CLEAR_LOOKBACK/);
  },
);

test.each(["思明", "闽203", "0203", "闽0203 "])("a court is named by the code of case numbers, not %j", (court) => {
  expect(() => parseConfig({ COURT: court })).toThrow(/COURT/);
});

test("proxies are believed where they are named, and only there", () => {
  const { proxies } = parseConfig({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" });
  expect([proxies.check("10.1.2.3", "ipv4"), proxies.check("::1", "ipv6"), proxies.check("192.0.2.1", "ipv4")]).toEqual(
    [true, true, false],
  );
  for (const bad of ["proxy.example", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/x"])
    expect(() => parseConfig({ TRUSTED_PROXIES: bad })).toThrow(/TRUSTED_PROXIES/);
});

test("webhooks go to private addresses where they are named, and only there", () => {
  const { webhookTargets } = parseConfig({ WEBHOOK_PRIVATE_RANGES: "10.20.0.0/16" });
  const isNamed = (address: string) => webhookTargets.privateRanges.check(address, "ipv4");
  expect([isNamed("10.20.1.1"), isNamed("10.21.1.1"), isNamed("127.0.0.1")]).toEqual([true, false, false]);
  expect(() => parseConfig({ WEBHOOK_PRIVATE_RANGES: "intern" })).toThrow(/WEBHOOK_PRIVATE_RANGES/);
});

test.each(["6", "0", "-1", "90d", "99999"])("%j days are no retention", (days) => {
  expect(() => parseConfig({ EVENT_RETENTION_DAYS: days })).toThrow(/EVENT_RETENTION_DAYS: it takes/);
});

test.each([
  ["one witness", 1, 1],
  ["two", 2, 2],
  ["three", 3, 2],
])("of %s the majority is asked for where nothing is said", (_, count, quorum) => {
  const witnesses = `${WITNESS} http://127.0.0.1:8081\n`.repeat(count);
  expect(parseConfig({ LOG_WITNESSES: witnesses })).toMatchObject({ quorum });
});

test.each([
  ["an address without a key", "https://witness.example"],
  ["a key without an address", WITNESS],
  ["a log's key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW https://witness.example"],
  ["an address that is none", `${WITNESS} witness.example`],
  ["words in another order", `https://witness.example ${WITNESS}`],
])("%s is no witness, and is not repeated", (_, witnesses) => {
  const parse = () => parseConfig({ LOG_WITNESSES: witnesses });
  expect(parse).toThrow(/LOG_WITNESSES: it takes/);
  expect(parse).not.toThrow(/witness\.example/);
});

test("a quorum of more witnesses than there are is refused", () => {
  expect(() => parseConfig({ LOG_QUORUM: "1" })).toThrow(/LOG_QUORUM/);
});

test("all faults are named at once, and no value is repeated", () => {
  const environment = { PORT: "70000", DATABASE_URL: "mysql://user:secret@host/db", NODE_ENV: "production" };
  const parse = () => parseConfig(environment);
  expect(parse).toThrow(ConfigurationError);
  expect(parse).toThrow(/^Configuration:\n {2}PORT: [^]*DATABASE_URL: [^]*KEY_RING: required in production/);
  expect(parse).not.toThrow(/secret|70000/);
});

test.each(["-1", "1.5", "http", "65536", "0x50", " "])("%j is no port", (port) => {
  expect(() => parseConfig({ PORT: port })).toThrow("PORT");
});

test.each(["many", "[]", '{"key":{"checksPerDay":0}}', '{"key":{"burst":1.5}}', '{"keys":{}}'])(
  "%j are no limits",
  (limits) => {
    expect(() => parseConfig({ CHECK_LIMITS: limits })).toThrow(/CHECK_LIMITS: it takes a JSON object/);
  },
);

test.each(["odd", '{"canary":{"action":"jail"}}', '{"same_person":{"operators":0}}'])("%j are no rules", (rules) => {
  expect(() => parseConfig({ MISUSE_RULES: rules })).toThrow(/MISUSE_RULES: it takes a JSON object .* canary/);
});

test.each(["shrink", "[]", '{"shrink":"a"}', '{"shrink":-1}', '{"shrnk":1}'])("%j are no gates", (gates) => {
  expect(() => parseConfig({ FEED_GATES: gates })).toThrow(/FEED_GATES: it takes a JSON object .* unknownCourts/);
});
