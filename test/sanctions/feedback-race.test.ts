// What happens at the same moment: a sanction and the end of its listing, two reports on one task, in each order.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transaction } from "../../src/platform/database.ts";
import { AppError } from "../../src/platform/error.ts";
import { publicId, uuidOf } from "../../src/platform/id.ts";
import { giveFeedback } from "../../src/sanctions/feedback.ts";
import type { Report } from "../../src/sanctions/report.ts";
import { NewFeedback } from "../../src/sanctions/request.ts";
import { endByCourt } from "../registry/ending.ts";
import { type Desk, listOf, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Hit = Awaited<ReturnType<Desk["hit"]>>;

const reportOf = ({ answer }: Hit, over: object = {}): Report => NewFeedback.parse(desk.sanctioned(answer.id, over));

async function give(tx: Transaction, { task }: Hit, report: Report) {
  const [key] = await tx.execute<{ id: string }>(
    sql`select id from api_key where agency_id = ${desk.service.agencyId}`,
  );
  const reporter = { agencyId: desk.service.agencyId, keyId: key?.id ?? "" };
  return giveFeedback(tx, desk.service.ring, reporter, uuidOf("tsk", task) ?? "", report, desk.now());
}

/** A transaction that has done its work and does not commit until it may. */
function hold(work: (tx: Transaction) => Promise<unknown>) {
  let session = 0;
  const [done, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const outcome = desk.service.db
    .transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      session = row?.pid ?? 0;
      await work(tx);
      done.resolve();
      await mayCommit.promise;
    })
    .then(
      () => "done",
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  return {
    outcome,
    done: done.promise,
    commit: mayCommit.resolve,
    /** Once it waits for a lock. */
    async waits(): Promise<void> {
      await expect
        .poll(async () => {
          const [row] = await desk.service.sql`
            select exists (select from pg_locks where not granted and pid = ${session}) as waits`;
          return row?.["waits"];
        })
        .toBe(true);
    },
  };
}

describe("a sanction and the end of the listing that it rests on", () => {
  test("the end comes first: nothing is recorded", async () => {
    const hit = await desk.hit();
    const end = hold((tx) => endByCourt(tx, hit.listing));
    await end.done;
    const sanction = hold((tx) => give(tx, hit, reportOf(hit)));
    sanction.commit();
    await sanction.waits();
    end.commit();
    expect([await end.outcome, await sanction.outcome]).toEqual(["done", "listing-ended"]);
    expect((await desk.read(hit.task)).body).toMatchObject({ state: "open", history: [], sanctions: [] });
  });

  test("the sanction comes first: the end waits, and finds what rests on the listing", async () => {
    const hit = await desk.hit();
    const sanction = hold((tx) => give(tx, hit, reportOf(hit)));
    await sanction.done;
    const found: unknown[] = [];
    const end = hold(async (tx) => {
      await endByCourt(tx, hit.listing);
      found.push(
        ...(await tx.execute(sql`select sanction_id from sanction_listing where listing_id = ${hit.listing}`)),
      );
    });
    end.commit();
    await end.waits();
    sanction.commit();
    expect([await sanction.outcome, await end.outcome]).toEqual(["done", "done"]);
    expect(found).toHaveLength(1);
  });

  test("control: without the lock the end does not wait", async () => {
    const hit = await desk.hit();
    const reading = hold((tx) => tx.execute(sql`select state from listing where id = ${hit.listing}`));
    await reading.done;
    const end = hold((tx) => endByCourt(tx, hit.listing));
    end.commit();
    expect(await end.outcome).toBe("done");
    reading.commit();
    expect(await reading.outcome).toBe("done");
  });

  test("a party's other listing is enough: it is held, and the sanction rests on it", async () => {
    const hit = await desk.hit();
    const other = await desk.publish(hit.party, { caseNumber: "(2026)闽0203执90009001号" });
    const again = { ...hit, ...(await desk.check(hit.party)) };
    const end = hold((tx) => endByCourt(tx, hit.listing));
    await end.done;
    const sanction = hold((tx) => give(tx, again, reportOf(again)));
    sanction.commit();
    await sanction.waits();
    end.commit();
    expect([await end.outcome, await sanction.outcome]).toEqual(["done", "done"]);
    const { body } = await desk.read(hit.task);
    expect(listOf(body, "sanctions")).toMatchObject([{ listings: [{ listing: publicId("lst", other.id) }] }]);
  });
});

describe("two reports on one task at once", () => {
  test.each([
    ["that say the same are one", {}, [201, 200]],
    ["that say different things: one is refused", { duration: "once" }, [201, 409]],
  ])("%s", async (_, over, statuses) => {
    const { answer, task } = await desk.hit();
    const reports = [desk.sanctioned(answer.id), desk.sanctioned(answer.id, over)];
    const answers = await Promise.all(reports.map((report) => desk.report(task, report)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(statuses));
    const { body } = await desk.read(task);
    expect([listOf(body, "history"), listOf(body, "sanctions")].map(({ length }) => length)).toEqual([1, 1]);
  });

  test("that replace the same one: one is refused", async () => {
    const { task } = await desk.hit();
    const nothing = { kind: "not_sanctioned", reason: "no_basis", operator: "officer 0417" };
    const { body: first } = await desk.report(task, nothing);
    const replaces = (first["feedback"] as { id: string }).id;
    const answers = await Promise.all(
      ["settled", "discretion"].map((reason) => desk.report(task, { ...nothing, reason, replaces })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(listOf((await desk.read(task)).body, "history")).toHaveLength(2);
  });
});
