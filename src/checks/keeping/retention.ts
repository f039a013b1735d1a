// Gives up the months of the record whose time has come. What an open matter needs stays as it is, what a closed one names
// stays without personal data, and the log says how many entries lost their rows, so that nothing is hidden as given up.
import { appendAudit, appendFacts } from "../../audit/index.ts";
import { type Database, type Transaction, tryOut } from "../../platform/database.ts";
import { instantOf } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { type Erasure, eraseChecksById } from "../erasure.ts";
import { listPartitions, lockMonths } from "./month-queries.ts";
import {
  collectHeld,
  countHeldFor,
  countStood,
  heldByListings,
  type HeldFor,
  type Holding,
  listUnerased,
  replacePartitions,
} from "./retention-queries.ts";

/** Checks that are erased in one transaction. */
const ERASED_MAX = 5_000;

export type Retention = {
  /** Whose checks are made on or after this day stay; null where no month's time has come. */
  until: string | null;
  rows: number;
  /** What leaves the record, what stays without personal data, and what stays as it is. */
  dropped: number;
  erased: number;
  held: number;
  heldFor: HeldFor[];
};

export type RetentionPlan = {
  /** Below the ids that are kept (`keptFrom`). */
  keptFrom: string;
  /** What other modules need checks for. */
  holdings: readonly Holding[];
};

const NOTHING: Retention = { until: null, rows: 0, dropped: 0, erased: 0, held: 0, heldFor: [] };

/** What `retainRecords` would do now; nothing is changed. */
export async function previewRetention(db: Database, plan: RetentionPlan): Promise<Retention> {
  return tryOut(db, async (tx) => {
    const due = await findDue(tx, plan);
    return due ? weigh(tx, due.before, plan) : NOTHING;
  });
}

/** Erases what closed matters name, a stretch at a time, and then gives the rest up in one transaction. */
export async function retainRecords(db: Database, act: Erasure, plan: RetentionPlan): Promise<Retention> {
  while ((await db.transaction((tx) => eraseSome(tx, act, plan))) === ERASED_MAX);
  return db.transaction((tx) => giveUp(tx, act, plan));
}

async function eraseSome(tx: Transaction, act: Erasure, plan: RetentionPlan): Promise<number> {
  const due = await findDue(tx, plan);
  if (!due) return 0;
  await collectHeld(tx, due.before, [heldByListings, ...plan.holdings]);
  const ids = await listUnerased(tx, ERASED_MAX);
  if (ids.length > 0) await eraseChecksById(tx, act, ids);
  return ids.length;
}

async function giveUp(tx: Transaction, { actor, reason }: Erasure, plan: RetentionPlan): Promise<Retention> {
  const due = await findDue(tx, plan);
  if (!due) return NOTHING;
  const retention = await weigh(tx, due.before, plan);
  if (retention.dropped === 0) return retention;
  const dropped = await replacePartitions(tx, due.partitions, due.before);
  const { until, erased: kept, held } = retention;
  await appendAudit(tx, {
    actor,
    action: "record.retain",
    subject: "check_record",
    reason,
    detail: { until, ...dropped, kept, held },
  });
  const fact = { kind: "retention", table: "check_record", until, at: new Date().toISOString(), ...dropped, v: 1 };
  await appendFacts(tx, [{ subject: "check_record", fact }]);
  return retention;
}

/** The partitions of which no id is kept, and where they end. */
async function findDue(tx: Transaction, plan: RetentionPlan): Promise<{ partitions: string[]; before: string } | null> {
  await lockMonths(tx);
  const due = (await listPartitions(tx)).filter(({ to }) => to !== null && to <= plan.keptFrom);
  const before = due.at(-1)?.to;
  return before ? { partitions: due.map(({ name }) => name), before } : null;
}

async function weigh(tx: Transaction, before: string, { holdings }: RetentionPlan): Promise<Retention> {
  await collectHeld(tx, before, [heldByListings, ...holdings]);
  const stood = await countStood(tx, before);
  const sum = (figure: "rows" | "dropped" | "erased" | "held") => stood.reduce((all, one) => all + one[figure], 0);
  return {
    until: shanghaiDate(instantOf(before)),
    rows: sum("rows"),
    dropped: sum("dropped"),
    erased: sum("erased"),
    held: sum("held"),
    heldFor: await countHeldFor(tx),
  };
}
