// The part of the service that asks files of questions: some agencies' at once, one file of each at a time, oldest first.
import { rm } from "node:fs/promises";
import type { Callers } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { Logger } from "../../platform/log.ts";
import { asAppError } from "../../platform/problem.ts";
import type { Checker } from "../check.ts";
import { askFile, LEASE_SECONDS, LeaseLost } from "./asking.ts";
import { isHere, questionsPath, removeOld, resultsPath } from "./files.ts";
import { type BulkRow, claim, finish, giveBack, listClaimable } from "./queries.ts";

const ROUND_MS = 2_000;
/** Agencies whose files are asked at once: their stretches take turns. */
const FILES_MAX = 4;

export type BulkWorkerOptions = {
  db: Database;
  callers: Callers;
  /** With a connection of its own: files wait for nothing that a counter waits for. */
  checker: Checker;
  /** `bulk` in the service's data. */
  directory: string;
  log: Logger;
};
export type BulkWorker = { wake: () => void; stop: () => Promise<void> };

export function startBulkWorker({ db, callers, checker, directory, log }: BulkWorkerOptions): BulkWorker {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** By agency. */
  const running = new Map<string, Promise<void>>();
  let round = Promise.resolve();

  function wake(): void {
    round = round
      .then(lookAround)
      .catch((error: unknown) => log.error({ err: error }, "bulk checks were not looked after"));
  }
  const timer = setInterval(wake, ROUND_MS).unref();
  wake();

  async function lookAround(): Promise<void> {
    for (const waiting of await listClaimable(db)) {
      if (signal.aborted || running.size >= FILES_MAX) break;
      if (running.has(waiting.agencyId) || !(await isHere(directory, waiting.id))) continue;
      const lease = newUuid();
      const row = await db.transaction((tx) => claim(tx, waiting.id, lease, LEASE_SECONDS));
      if (!row) continue;
      // A first claim has nothing on record yet.
      const work = ask({ ...row, startedAt: waiting.startedAt }).finally(() => {
        running.delete(row.agencyId);
        wake();
      });
      running.set(row.agencyId, work);
    }
    await removeOld(db, directory);
  }

  async function ask(row: BulkRow): Promise<void> {
    const bulk = publicId("blk", row.id);
    try {
      const caller = await callers.ofKey(row.keyId);
      const questions = questionsPath(directory, row.id);
      const results = resultsPath(directory, row.id);
      const last = await askFile({ db, checker, caller, questions, results, signal }, row);
      const isCanceled = last.cancelRequested && last.done < (last.total ?? 0);
      await end(row, isCanceled ? "canceled" : "succeeded", null);
      log.info({ bulk, done: last.done, canceled: isCanceled }, "bulk check finished");
    } catch (error) {
      if (error instanceof LeaseLost) return;
      // The next start goes on.
      if (signal.aborted) {
        await db.transaction((tx) => giveBack(tx, row));
        return;
      }
      const { code } = asAppError(error);
      if (!(error instanceof AppError)) log.error({ bulk, err: error }, "bulk check failed");
      await end(row, "failed", code);
    }
  }

  async function end(row: BulkRow, state: "succeeded" | "failed" | "canceled", problem: string | null): Promise<void> {
    if (await db.transaction((tx) => finish(tx, row, state, problem)))
      await rm(questionsPath(directory, row.id), { force: true });
  }

  return {
    wake,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await round;
      await Promise.all(running.values());
    },
  };
}
