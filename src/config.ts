// Configuration from the environment, parsed in one place: every fault is named at once, with its variable.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { defaultLimits, type LimitsByScope, LimitSettings, limitsWith } from "./agencies/index.ts";
import { parseVerifierKey, type WitnessAddress } from "./audit/index.ts";
import { defaultRetention, RetentionSettings } from "./checks/keeping/index.ts";
import { MisuseSettings } from "./checks/misuse/index.ts";
import { COURT_CODE } from "./courts/index.ts";
import { GateSettings } from "./feeds/index.ts";
import { parseProxies, type ProxyList } from "./platform/client-address.ts";
import { SiteFooter } from "./ui/index.ts";
import { WhoAskedDelays } from "./remedies/index.ts";
import { ClearLookback, type NoticeSettings } from "./subscriptions/notices/index.ts";
import { RETENTION_DAYS, type Targets } from "./subscriptions/webhooks/index.ts";

const Environment = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "it takes a number from 0 to 65535")
    .transform(Number)
    .pipe(z.int().max(65_535))
    .default(8080),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KEY_RING: z.string().min(1).optional(),
  TRUSTED_PROXIES: z.string().default("").transform(parseProxyList),
  FEED_GATES: z.string().transform(parseGates).optional(),
  CHECK_LIMITS: z.string().transform(parseLimits).optional(),
  MISUSE_RULES: z.string().default("{}").transform(parseMisuse),
  COURT: z
    .string()
    .regex(COURT_CODE, "it takes the code of a court as case numbers have it, such as 闽0203")
    .optional(),
  WHO_ASKED_DELAYS: z.string().transform(parseDelays).optional(),
  NOTICE_LOOKBACK_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "it takes a number of days from 1 to 9999")
    .transform(Number)
    .optional(),
  CLEAR_LOOKBACK: z.string().transform(parseClearLookback).optional(),
  // A name of c2sp.org/signed-note: its lines have no room for spaces and plus signs.
  LOG_ORIGIN: z
    .string()
    .regex(/^[^\p{White_Space}+]{1,200}$/u, "it takes a name without spaces and plus signs")
    .default("localhost/shixin"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  LOG_WITNESSES: z.string().transform(parseWitnesses).optional(),
  LOG_QUORUM: z
    .string()
    .regex(/^\d{1,2}$/, "it takes a number from 0 to 99")
    .transform(Number)
    .optional(),
  WEBHOOK_PRIVATE_RANGES: z.string().default("").transform(parseProxyList),
  WEBHOOK_HTTP_HOSTS: z.string().default("").transform(wordsOf),
  SITE_FOOTER: z.string().transform(parseFooter).optional(),
  EVENT_RETENTION_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, "it takes a number of days, 7 or more")
    .transform(Number)
    .pipe(z.int().min(7, "it takes a number of days, 7 or more: deliveries are tried for three"))
    .default(RETENTION_DAYS),
  RETENTION: z.string().default("{}").transform(parseRetention),
  WORKERS: z
    .string()
    .regex(/^(?:auto|[1-9]\d?)$/, "it takes a number of processes from 1 to 99, or auto: one for each core")
    .transform((text) => (text === "auto" ? availableParallelism() : Number(text)))
    .default(1),
  BACKUP_MARK: z.string().min(1).optional(),
  NODE_ENV: z.string().default("development"),
});

export type Config = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  dataDirectory: string;
  /** Absent: a PostgreSQL of our own in the data directory. */
  databaseUrl: string | undefined;
  /** Absent: a ring in the data directory, made on first start; never in production. */
  keyRingPath: string | undefined;
  /** Proxies whose `X-Forwarded-For` is believed. */
  proxies: ProxyList;
  /** Thresholds of the gates that every load passes, where they differ from the defaults. */
  feedGates: GateSettings;
  /** How much agencies and keys may ask that have no limits of their own. */
  limits: LimitsByScope;
  /** When the watch over checks calls something unusual, and what it does about it. */
  misuse: MisuseSettings;
  /** The court that runs the register, or is its liaison: it is asked where a court has nobody here. */
  court: string | null;
  /** Days for which a party does not learn of a check, by purpose, where they differ from the catalogue's. */
  whoAskedDelays: WhoAskedDelays;
  /** Whom notices of removals, corrections and new listings reach. */
  notices: NoticeSettings;
  /** The name of the public log, which its keys carry: the address it is served under, without the scheme. */
  logOrigin: string;
  /** The address that certificates print; null: the one that was asked under. */
  publicUrl: string | null;
  /** Who is asked to cosign the public log. */
  witnesses: readonly WitnessAddress[];
  /** How many of them make a checkpoint one that proofs are given against. */
  quorum: number;
  /** Where webhooks may go beside public addresses over https. */
  webhookTargets: Targets;
  /** What stands at the foot of the public's pages. */
  siteFooter: SiteFooter;
  /** For how long agencies can read what they were told. */
  eventRetentionDays: number;
  /** For how many years records are kept, by table; null keeps them for good. */
  retention: RetentionSettings;
  /** Processes that serve; with one, this process does. */
  workers: number;
  /** The file that a back-up touches when it has ended well; null: nothing reports one. */
  backupMark: string | null;
  production: boolean;
};

/** Names every bad variable, and no value. */
export class ConfigurationError extends Error {
  constructor(faults: string[]) {
    super(`Configuration:\n  ${faults.join("\n  ")}`);
    this.name = "ConfigurationError";
  }
}

/** Parses `environment`; throws one `ConfigurationError` that lists every bad variable by name. Empty values count as absent. */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  const production = given["NODE_ENV"] === "production";
  if (production && !given["KEY_RING"]) faults.push("KEY_RING: required in production (the path of the key ring file)");
  const witnesses = parsed.data?.LOG_WITNESSES ?? [];
  const quorum = parsed.data?.LOG_QUORUM ?? majorityOf(witnesses.length);
  if (quorum > witnesses.length) faults.push("LOG_QUORUM: there are not so many witnesses in LOG_WITNESSES");
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  const { HOST, PORT, DATA_DIR, DATABASE_URL, KEY_RING, TRUSTED_PROXIES } = parsed.data;
  const { COURT, FEED_GATES, CHECK_LIMITS, MISUSE_RULES, WHO_ASKED_DELAYS, NOTICE_LOOKBACK_DAYS, CLEAR_LOOKBACK } =
    parsed.data;
  const { LOG_ORIGIN, PUBLIC_URL } = parsed.data;
  const { WEBHOOK_PRIVATE_RANGES, WEBHOOK_HTTP_HOSTS, EVENT_RETENTION_DAYS } = parsed.data;
  const { SITE_FOOTER, BACKUP_MARK } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    dataDirectory: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL,
    keyRingPath: KEY_RING,
    proxies: TRUSTED_PROXIES,
    feedGates: FEED_GATES ?? {},
    limits: limitsWith(defaultLimits, CHECK_LIMITS ?? {}),
    misuse: MISUSE_RULES,
    court: COURT ?? null,
    whoAskedDelays: WHO_ASKED_DELAYS ?? {},
    notices: { lookbackDays: NOTICE_LOOKBACK_DAYS ?? null, clearLookback: CLEAR_LOOKBACK ?? {} },
    logOrigin: LOG_ORIGIN,
    publicUrl: PUBLIC_URL ?? null,
    witnesses,
    quorum,
    webhookTargets: { privateRanges: WEBHOOK_PRIVATE_RANGES, httpHosts: WEBHOOK_HTTP_HOSTS },
    siteFooter: SITE_FOOTER ?? {},
    eventRetentionDays: EVENT_RETENTION_DAYS,
    retention: { ...defaultRetention, ...parsed.data.RETENTION },
    workers: parsed.data.WORKERS,
    backupMark: BACKUP_MARK ?? null,
    production,
  };
}

/** Comma-separated addresses and subnets. */
function parseProxyList(text: string, context: z.core.$RefinementCtx<string>): ProxyList {
  const list = parseProxies(wordsOf(text));
  if (list) return list;
  context.addIssue("it takes addresses and subnets such as 10.0.0.0/8, comma-separated");
  return z.NEVER;
}

function wordsOf(text: string): string[] {
  const entries = text.split(",").map((entry) => entry.trim());
  return entries.filter((entry) => entry !== "");
}

/** A JSON object such as `{"shrink": 0.1}`. */
function parseGates(text: string, context: z.core.$RefinementCtx<string>): GateSettings {
  const parsed = GateSettings.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const gates = Object.keys(GateSettings.shape).join(", ");
  context.addIssue(`it takes a JSON object of numbers from 0 under some of ${gates}`);
  return z.NEVER;
}

/** A JSON object such as `{"key": {"checksPerDay": 20000}}`. */
function parseLimits(text: string, context: z.core.$RefinementCtx<string>): z.infer<typeof LimitSettings> {
  const parsed = LimitSettings.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue("it takes a JSON object of numbers from 1 under agency and key: burst, burstSeconds and so on");
  return z.NEVER;
}

/** A JSON object such as `{"canary": {"action": "block"}}`. */
function parseMisuse(text: string, context: z.core.$RefinementCtx<string>): MisuseSettings {
  const parsed = MisuseSettings.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const rules = Object.keys(MisuseSettings.shape).join(", ");
  context.addIssue(`it takes a JSON object of an action and thresholds under some of ${rules}`);
  return z.NEVER;
}

/** `VKEY URL` for each witness, as a policy of c2sp.org/tlog-policy has them, with spaces or line ends between. */
function parseWitnesses(text: string, context: z.core.$RefinementCtx<string>): WitnessAddress[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const witnesses = words.flatMap((word, at): WitnessAddress[] => {
    const url = words[at + 1]?.replace(/\/$/, "");
    const key = at % 2 === 0 ? parseVerifierKey(word) : null;
    return key?.type === "cosignature" && URL.canParse(url ?? "") && /^https?:/.test(url ?? "")
      ? [{ key, url: url ?? "" }]
      : [];
  });
  if (words.length === 2 * witnesses.length) return witnesses;
  context.addIssue("it takes the verifier key and the address of each witness, with spaces between");
  return z.NEVER;
}

function majorityOf(count: number): number {
  return count === 0 ? 0 : Math.floor(count / 2) + 1;
}

/** A JSON object such as `{"exit.border_control": 60}`. */
function parseDelays(text: string, context: z.core.$RefinementCtx<string>): WhoAskedDelays {
  const parsed = WhoAskedDelays.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue("it takes a JSON object of days under purposes of the catalogue");
  return z.NEVER;
}

/** A JSON object such as `{"housing_fund.loan": 30}`. */
function parseClearLookback(text: string, context: z.core.$RefinementCtx<string>): ClearLookback {
  const parsed = ClearLookback.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue("it takes a JSON object of days under purposes of the catalogue");
  return z.NEVER;
}

/** A JSON object such as `{"check_record": 5}`. */
function parseRetention(text: string, context: z.core.$RefinementCtx<string>): RetentionSettings {
  const parsed = RetentionSettings.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue('it takes a JSON object such as {"check_record": 5}: years from 3 to 100, or null to keep for good');
  return z.NEVER;
}

/** A JSON object such as `{"organiser": "…", "icpNumber": "…"}`. */
function parseFooter(text: string, context: z.core.$RefinementCtx<string>): SiteFooter {
  const parsed = SiteFooter.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue(`it takes a JSON object of texts under some of ${Object.keys(SiteFooter.shape).join(", ")}`);
  return z.NEVER;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
