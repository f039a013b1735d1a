// The replay itself: two lists, 53 agencies, a year of checks against the running service, and what it all came to.
import { join } from "node:path";
import { connect, type Sql } from "../../src/platform/database.ts";
import { confirmKeyRing } from "../../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { migrate } from "../../src/platform/migrations.ts";
import { enrolAgencies } from "./agencies.ts";
import { type Asked, askAll } from "./asking.ts";
import { evenly } from "./evenly.ts";
import { listOptions, type LoadedList, loadList } from "./lists.ts";
import { planYear, requestsOf, XIAMEN } from "./plan.ts";
import { notableQuestions, strangers } from "./questions.ts";
import { type Compared, compareRecord } from "./record.ts";
import { startService } from "./service-process.ts";

export type ReplayOptions = {
  /** An empty database; it is filled. */
  url: string;
  /** For the lists, their truth and the key ring. */
  directory: string;
  records: number;
  checks: number;
  hits: number;
};

export type Replay = { lists: LoadedList[]; agencies: number; asked: Asked; record: Compared };

export async function replayYear({ url, directory, records, checks, hits }: ReplayOptions): Promise<Replay> {
  await migrate(url);
  const { db, sql, end } = connect(url, { name: "replay", max: 2, statementTimeoutMs: 0 });
  try {
    await requireEmpty(sql);
    const keyRingPath = join(directory, "key-ring.json");
    createKeyRing(keyRingPath);
    const ring = readKeyRing(keyRingPath);
    await confirmKeyRing(db, ring);

    const lists: LoadedList[] = [];
    for (const options of listOptions(records)) lists.push(await loadList(options, { url, ring, directory }));
    const agencies = await enrolAgencies(db, ring);

    const year = planYear(agencies, checks);
    const notable = await notableQuestions(lists, hits, checks / XIAMEN.checks);
    const others = notable.reduce((left, { count }) => left - count, checks - year.repeats);
    const questions = evenly([...notable, ...strangers(lists, others)]);

    const service = await startService({ databaseUrl: url, keyRingPath, dataDirectory: directory });
    try {
      const asked = await askAll(requestsOf(year, questions), { ...service, checks });
      const record = await compareRecord(sql, asked.outcomes);
      return { lists, agencies: agencies.length, asked, record };
    } finally {
      await service.stop();
    }
  } finally {
    await end();
  }
}

async function requireEmpty(sql: Sql): Promise<void> {
  const [state] = await sql`
    select exists (select from agency) or exists (select from listing) or exists (select from key_fingerprint) as filled`;
  if (state?.["filled"]) throw new Error("The database is not empty: a replay fills one and leaves it behind.");
}
