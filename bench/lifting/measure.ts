// A list is loaded, sanctions are imposed on some of its parties, and a later snapshot lacks just these: what is owed is
// noted by the service while checks go on.
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { writeSynthetic } from "../../src/feeds/synthetic/index.ts";
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import { type Connection, connect } from "../../src/platform/database.ts";
import { confirmKeyRing } from "../../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { createCheckLoad, p99Of } from "../feeds/check-load.ts";
import { importInProcess, type Settings } from "../feeds/import-process.ts";
import { startService } from "../replay/service-process.ts";
import { chooseRemovals, imposeSanctions } from "./sanctions.ts";

const PURPOSE = "procurement.supplier_qualification";
/** So many listings for each that ends, that no gate speaks. */
const LISTED_EACH = 25;
const LOOK_MS = 100;

export type LiftingOptions = {
  /** A migrated, empty database. */
  databaseUrl: string;
  /** For files; the caller removes it. */
  directory: string;
  removals: number;
  sanctionsEach: number;
  checksPerSecond: number;
  quietMs: number;
  report?: (line: string) => void;
};

export type LiftingFigures = {
  removals: number;
  sanctions: number;
  obligations: number;
  events: number;
  /** From the start of the import to its end. */
  loadSeconds: number;
  /** From the commit that ended the listings to the last obligation. */
  notedSeconds: number;
  quietP99Ms: number;
  besideP99Ms: number;
};

export async function measureLifting(options: LiftingOptions): Promise<LiftingFigures> {
  const { databaseUrl, directory, removals, sanctionsEach, report = () => {} } = options;
  const settings: Settings = { databaseUrl, keyRingPath: join(directory, "key-ring.json"), dataDirectory: directory };
  const connection = connect(databaseUrl, { name: "bench", statementTimeoutMs: 600_000 });
  try {
    const agencies = await prepareAgencies(connection, settings, sanctionsEach);
    const [asking] = agencies;
    if (!asking) throw new Error("no agency");
    const rows = removals * LISTED_EACH;
    const list = join(directory, "list.jsonl");
    report(`Inventing and loading a list of ${rows.toLocaleString("en")} rows …`);
    await writeSynthetic({ out: list, rows, seed: 1, kind: "national" });
    await importInProcess(settings, { source: "national", file: list, mode: "snapshot", expected: rows });
    report(`Imposing ${(removals * sanctionsEach).toLocaleString("en")} sanctions …`);
    const cases = await chooseRemovals(connection, removals);
    await imposeSanctions(
      connection,
      agencies.map(({ agencyId }) => agencyId),
    );
    const shorter = join(directory, "shorter.jsonl");
    const left = await writeWithout(list, shorter, cases);
    const load = { source: "national", file: shorter, mode: "snapshot", expected: left } as const;
    return await measureBeside(options, settings, connection, asking.key, () => importInProcess(settings, load));
  } finally {
    await connection.end();
  }
}

async function prepareAgencies({ db }: Connection, { keyRingPath }: Settings, count: number) {
  createKeyRing(keyRingPath);
  const ring = readKeyRing(keyRingPath);
  await confirmKeyRing(db, ring);
  return Promise.all(
    Array.from({ length: count }, (_, place) =>
      db.transaction(async (tx) => {
        const agency = await createAgency(tx, "operator:bench", { name: `基准测试${place}`, purposes: [PURPOSE] });
        const { key } = await issueKey(tx, ring, "operator:bench", { agencyId: agency.id });
        return { agencyId: agency.id, key };
      }),
    ),
  );
}

/** The list without the rows of these cases; how many are left. */
async function writeWithout(list: string, out: string, cases: ReadonlySet<string>): Promise<number> {
  let left = 0;
  await pipeline(async function* () {
    for await (const line of createInterface({ input: createReadStream(list) })) {
      if (cases.has((JSON.parse(line) as { caseCode: string }).caseCode)) continue;
      left++;
      yield `${line}\n`;
    }
  }, createWriteStream(out));
  return left;
}

/** The same rate of checks twice: with nothing else to do, and from the start of the load to the last obligation. */
async function measureBeside(
  { checksPerSecond: perSecond, quietMs, removals, sanctionsEach, report = () => {} }: LiftingOptions,
  settings: Settings,
  { sql }: Connection,
  key: string,
  load: () => Promise<{ seconds: number }>,
): Promise<LiftingFigures> {
  const service = await startService(settings);
  const checks = createCheckLoad({ ...service, key, purpose: PURPOSE, perSecond });
  /** Seconds since the listings ended, when the follower has come to the last change. */
  const isNoted = async () => {
    const [row] = await sql<{ isNoted: boolean; seconds: number }[]>`
      select f.position = s.position as "isNoted",
        extract(epoch from clock_timestamp() - (select max(at) from listing_change where position > s.position - 10))::float8
          as seconds
      from register_state s left join register_follower f on f.name = 'lifting'`;
    return row?.isNoted ? row.seconds : null;
  };
  const untilNoted = async () => {
    for (;;) {
      const seconds = await isNoted();
      if (seconds !== null) return seconds;
      await delay(LOOK_MS);
    }
  };
  try {
    report("Waiting for the service to come to the first load's end …");
    await untilNoted();
    await checks.timesWhile(delay(quietMs / 4));
    report("Checks, quiet …");
    const quietP99Ms = p99Of(await checks.timesWhile(delay(quietMs)));
    report("The shorter snapshot …");
    const ending = load().then(async ({ seconds }) => ({ loadSeconds: seconds, notedSeconds: await untilNoted() }));
    const besideP99Ms = p99Of(await checks.timesWhile(ending));
    const [counts] = await sql<{ obligations: number; events: number }[]>`
      select (select count(*) from lift_obligation where state = 'open')::int as obligations,
        (select count(*) from event where type = 'lift.due')::int as events`;
    const { obligations, events } = counts ?? { obligations: 0, events: 0 };
    return {
      removals,
      sanctions: removals * sanctionsEach,
      obligations,
      events,
      ...(await ending),
      quietP99Ms,
      besideP99Ms,
    };
  } finally {
    checks.close();
    await service.stop();
  }
}
