// Rolling a load back: it undoes what the load did to the register, and nothing that anybody did since.
import type { Transaction } from "../platform/database.ts";
import { createChangeTable } from "./change-queries.ts";
import { lockApplying } from "./compare-queries.ts";
import {
  collectEffects,
  countEffects,
  endListed,
  markLeft,
  relistEnded,
  restoreChanged,
  restoreSources,
  type UndoneLoad,
} from "./rollback-queries.ts";

export { type UndoneLoad, undoTable } from "./rollback-queries.ts";

/** What the roll-back would end, put back and list again, and what it would leave. */
export type Undo = { ends: number; restores: number; relists: number; leaves: number };

/** The first half: nothing is written. `undoLoad` follows in the same transaction. */
export async function compareUndo(tx: Transaction, load: UndoneLoad): Promise<Undo> {
  await lockApplying(tx);
  await collectEffects(tx, load);
  await markLeft(tx, load);
  const { listed, changed, ended, left } = await countEffects(tx);
  return { ends: listed, restores: changed, relists: ended, leaves: left };
}

/** Returns the number of changes; `recordStagedChanges` is the caller's last step. */
export async function undoLoad(tx: Transaction, { loadId, source }: UndoneLoad): Promise<number> {
  await createChangeTable(tx);
  const ended = await endListed(tx, source);
  const changed = await restoreChanged(tx, loadId);
  const listed = await relistEnded(tx);
  await restoreSources(tx, loadId);
  return ended + changed + listed;
}
