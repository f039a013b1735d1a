// The link to PostgreSQL breaks in every way that a network knows while clients ask: it goes silent, it is slow, a table is
// locked, and it breaks after a statement was carried out and before its answer. Rows 4, 6 and 10 of the fault table.
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "../../src/platform/database.ts";
import { askMeanwhile, compareWithRecord, fill, firstAnswer, type Journal, losesOne } from "./journal.ts";
import { createLink, type Link } from "./link.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";

export type LinkPlan = {
  silentMs: number;
  slowMs: number;
  lockedMs: number;
  breaks: number;
  clients: number;
  seed: number;
};

/** What was seen of one fault. */
export type LinkFault = {
  name: string;
  answered: number;
  refused: number;
  slowestMs: number;
  /** The slowest answer of the process itself to a question that needs no database. */
  slowestLivezMs: number;
  /** From the end of the fault to the first check that was asked and answered after it. */
  backMs: number;
};
export type LinkReport = { faults: LinkFault[]; recorded: number; lossIsNoticed: boolean; violations: string[] };

/** A check's deadline is three seconds, and it waits for one that is under way before it. */
const DEADLINE_MS = 3_100;
const WAIT_MS_MAX = 2 * DEADLINE_MS;
const BACK_MS_MAX = 5_000;
/** What a machine that does other things adds to any of these. */
const SLACK_MS = 2_000;
const QUIET_MS = 700;
const HOT = "shixin checks";

export async function breakLinkUnderLoad(plan: LinkPlan): Promise<LinkReport> {
  const keeper = await createServiceProcess();
  let service: (ServiceProcess & { folder: string }) | null = null;
  let link: Link | null = null;
  try {
    // The first one keeps PostgreSQL; the second reaches it through the link alone.
    await keeper.start();
    const cable = await createLink(await keeper.databaseUrl());
    link = cable;
    const cut = await createServiceProcess({ ...keeper, databaseUrl: () => Promise.resolve(cable.url) });
    service = cut;
    await cut.start();
    const key = await fill(keeper);
    const faults: LinkFault[] = [];
    const run = { keeper, cut, cable, plan };
    const journal = await askMeanwhile(cut, key, plan, async (journal) => {
      await pause(QUIET_MS);
      for (const [name, fault] of Object.entries(faultsOf(run))) faults.push(await watch(cut, journal, name, fault));
      await pause(QUIET_MS);
    });
    // In an unbroken link every session of the pool answers again: none is stuck in what it waited for.
    const stuck = await countStuck(cut, key);
    if (stuck > 0) journal.violations.add(`${stuck} requests find no session of the pool`);
    const recorded = await compareWithRecord(keeper, journal);
    const lossIsNoticed = await losesOne(keeper, journal);
    return { faults, recorded, lossIsNoticed, violations: [...journal.violations] };
  } finally {
    await service?.remove();
    await link?.close();
    await keeper.remove();
  }
}

type Run = { keeper: ServiceProcess; cut: ServiceProcess; cable: Link; plan: LinkPlan };

function faultsOf({ keeper, cable, plan }: Run): Record<string, () => Promise<void>> {
  return {
    async "silent link"() {
      cable.silence();
      await pause(plan.silentMs);
      cable.heal();
    },
    async "slow link, 200 ms"() {
      cable.delay(100);
      await pause(plan.slowMs);
      cable.delay(0);
    },
    async "slow link, 5 s"() {
      cable.delay(2_500);
      await pause(plan.slowMs);
      cable.delay(0);
    },
    async "locked table"() {
      const { sql, end } = connect(await keeper.databaseUrl(), { name: "fault test" });
      await sql.begin(async (tx) => {
        await tx`set local idle_in_transaction_session_timeout = 0`;
        await tx`lock table register_state in access exclusive mode`;
        await pause(plan.lockedMs);
      });
      await end();
    },
    async "answers lost after the work"() {
      const before = cable.broken();
      cable.breakAfterWork(HOT, plan.breaks);
      const until = performance.now() + WAIT_MS_MAX * plan.breaks;
      while (cable.broken() - before < plan.breaks && performance.now() < until) await pause(10);
      cable.breakAfterWork(HOT, 0);
      if (cable.broken() - before < plan.breaks) throw new Error("no answer was lost: nothing was tested");
    },
  };
}

async function watch(
  service: ServiceProcess,
  journal: Journal,
  name: string,
  fault: () => Promise<void>,
): Promise<LinkFault> {
  const begunAt = performance.now();
  const watching = new AbortController();
  const livez = watchLivez(service, watching.signal);
  await fault();
  const endedAt = performance.now();
  const back = await firstAnswer(journal, endedAt);
  watching.abort();
  const during = journal.entries.filter(({ sentAt }) => sentAt >= begunAt && sentAt < endedAt);
  const slowestMs = Math.max(0, ...during.map(({ sentAt, answeredAt }) => answeredAt - sentAt));
  const backMs = back.answeredAt - endedAt;
  if (slowestMs > WAIT_MS_MAX + SLACK_MS) journal.violations.add(`${name}: an answer took longer than two deadlines`);
  if (backMs > BACK_MS_MAX + SLACK_MS) journal.violations.add(`${name}: checks were not answered five seconds after`);
  if (during.some(({ status }) => status === 0)) journal.violations.add(`${name}: a connection of a client broke`);
  await pause(QUIET_MS);
  return {
    name,
    answered: during.filter(({ status }) => status === 200).length,
    refused: during.filter(({ status }) => status === 503).length,
    slowestMs,
    slowestLivezMs: await livez,
    backMs,
  };
}

/** Asks what needs no database, again and again: it shows how long the process thinks of nothing else. */
async function watchLivez({ url }: ServiceProcess, signal: AbortSignal): Promise<number> {
  let slowest = 0;
  while (!signal.aborted) {
    const sentAt = performance.now();
    await fetch(`${url}/livez`).then((answer) => answer.text());
    slowest = Math.max(slowest, performance.now() - sentAt);
    await pause(20);
  }
  return slowest;
}

/** More requests at once than the pool has sessions; how many are not answered. */
async function countStuck({ url }: ServiceProcess, key: string): Promise<number> {
  const headers = { Authorization: `Bearer ${key}` };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      fetch(`${url}/v1/checks?limit=1`, { headers, signal: AbortSignal.timeout(WAIT_MS_MAX) })
        .then(async (answer) => {
          await answer.text();
          return answer.status;
        })
        .catch(() => 0),
    ),
  );
  return answers.filter((status) => status !== 200).length;
}
