// A register of three parties with sanctions on them, at a clock of its own, and beside it what each sanction must be: kept
// step by step from what the register shows at that instant, by nobody who follows changes.
import { expect } from "vitest";
import { createAgency } from "../../../src/agencies/index.ts";
import type { Load } from "../../../src/feeds/index.ts";
import { blindIndex } from "../../../src/identity/index.ts";
import { newUuid, publicId } from "../../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../../src/platform/time.ts";
import { followOnce } from "../../../src/registry/follower.ts";
import { catchUpFollower, type RegisterFollower } from "../../../src/registry/index.ts";
import { compareToday, liftingFollower } from "../../../src/sanctions/lifting/follower.ts";
import type { Standing } from "../../../src/sanctions/lifting/plan.ts";
import { readStandings } from "../../../src/sanctions/lifting/standing.ts";
import { insertSanction } from "../../../src/sanctions/sanction-queries.ts";
import { numberOf } from "../../feeds/published-row.ts";
import { openRegister } from "../../feeds/register.ts";
import { testKeys } from "../../registry/keys.ts";

export const PARTIES = 3;
export const NAME = "测试甲";
const MINUTE_MS = 60_000;

/** By party, what its number is found by. */
export const indexes = Array.from({ length: PARTIES }, (_, party) =>
  Buffer.from(blindIndex(testKeys.blindIndexKey, "resident_id", numberOf(party)), "hex"),
);

const agency = { name: "测试单位", purposes: ["procurement.supplier_qualification"] };

type Duration = "once" | "until" | "while_listed";
type Kept = {
  id: string;
  party: number;
  endsOn: string | null;
  rests: string[];
  standing: Standing;
  arisen: number;
  cancelled: number;
  /** Of a sanction that happened once: its listings have all ended by a change. */
  isOver: boolean;
};
type Shown = { id: string; party: number; isNamed: boolean; answersUntil: string | null };
type Row = { id: string; sanction: string; state: string };

export type History = Awaited<ReturnType<typeof openHistory>>;

/** `wrap` makes another follower of the real one: a control that must be found out. */
export async function openHistory(
  changesMax: number,
  wrap: (follower: RegisterFollower) => RegisterFollower = (follower) => follower,
) {
  const register = await openRegister();
  const { db, sql } = register;
  const { id: agencyId } = await db.transaction((tx) => createAgency(tx, "operator:test", agency));
  const kept: Kept[] = [];
  const loads: Load[] = [];
  let clock = new Date();
  let position = 0;
  let shown: Shown[] = [];
  let known: Row[] = [];
  const follower = wrap({ ...liftingFollower({ now: () => clock }), changesMax });

  /** What the register shows, and the changes since the last look moved to this clock. */
  async function look(): Promise<void> {
    clock = new Date(clock.getTime() + MINUTE_MS);
    await sql`update listing_change set at = ${clock.toISOString()} where position > ${position}`;
    const [state] = await sql<{ position: number }[]>`select position from register_state`;
    position = state?.position ?? 0;
    const rows = await sql<(Omit<Shown, "party"> & { index: Buffer })[]>`
      select l.id, d.blind_index as index, l.name = ${NAME} as "isNamed", l.answers_until::text as "answersUntil"
      from listing l join document d on d.subject_id = l.subject_id where l.state = 'published' order by l.id`;
    shown = rows.map(({ index, ...row }) => ({ ...row, party: indexes.findIndex((known) => known.equals(index)) }));
  }

  const isGround = ({ isNamed, answersUntil }: Shown, day: string) =>
    isNamed && (answersUntil === null || answersUntil >= day);

  /** The instant has come: each sanction is what it was, or what the register makes of it. */
  function step(day: string, isChange: boolean): void {
    for (const one of kept) {
      const grounds = shown.filter((listing) => listing.party === one.party && isGround(listing, day));
      const runs = one.endsOn === null || day <= one.endsOn;
      if (one.standing === "completed") {
        if (isChange && !grounds.some(({ id }) => one.rests.includes(id))) one.isOver = true;
      } else if (one.standing === "supported") {
        if (!runs) one.standing = "ended_by_date";
        else if (grounds.length === 0) {
          one.standing = "open_obligation";
          one.arisen++;
        }
      } else if (one.standing === "open_obligation" && grounds.length > 0 && runs) {
        one.standing = "supported";
        one.cancelled++;
      }
    }
  }

  async function compare(): Promise<void> {
    const standings = await readStandings(
      db,
      kept.map(({ id }) => id),
      clock,
    );
    expect(kept.map(({ id }) => standings.get(id))).toEqual(kept.map(({ standing }) => standing));
    const rows = [...(await sql<Row[]>`select id, sanction_id as sanction, state from lift_obligation order by id`)];
    for (const before of known) {
      const after = rows.find(({ id }) => id === before.id);
      expect(after?.sanction, "an obligation has disappeared").toBe(before.sanction);
      if (before.state !== "open") expect(after?.state, "a settled obligation has changed").toBe(before.state);
    }
    known = rows;
  }

  return {
    register,
    kept,
    loads,
    today: () => shanghaiDate(clock),
    now: () => clock,
    shown: (party: number) =>
      shown.filter((listing) => listing.party === party && isGround(listing, shanghaiDate(clock))),

    /** Whatever `act` did to the register has happened now. */
    async change(act: () => Promise<unknown>): Promise<void> {
      await act();
      await look();
      step(shanghaiDate(clock), true);
      await compare();
    },

    /** Midnight after midnight. */
    async pass(days: number): Promise<void> {
      for (let day = 1; day <= days; day++) {
        clock = new Date(Date.parse(`${addDays(shanghaiDate(clock), 1)}T00:30:00+08:00`));
        step(shanghaiDate(clock), false);
      }
      await compare();
    },

    async impose(party: number, duration: Duration, days: number): Promise<void> {
      const rests = this.shown(party).map(({ id }) => id);
      if (rests.length === 0) return;
      await look();
      const endsOn = duration === "until" ? addDays(shanghaiDate(clock), days) : null;
      const id = newUuid();
      const state = duration === "once" ? ("completed" as const) : ("active" as const);
      const row = sanctionRow({ id, agencyId, duration, endsOn, state, index: indexes[party], now: clock });
      const listings = rests.map((listingId) => ({ listingId, grade: "exact" as const, since: clock }));
      await db.transaction((tx) => insertSanction(tx, row, listings));
      const standing = state === "completed" ? state : ("supported" as const);
      kept.push({ id, party, endsOn, rests, standing, arisen: 0, cancelled: 0, isOver: false });
      await compare();
    },

    /** The agency reports that it has lifted the sanction, where it was told to. */
    async lift(place: number, act: (obligationId: string) => Promise<unknown>): Promise<void> {
      const open = known.filter(({ state }) => state === "open");
      const chosen = open[place % Math.max(open.length, 1)];
      const one = kept.find(({ id }) => id === chosen?.sanction);
      // The follower may not have come to a re-listing that has cancelled it.
      if (!chosen || !one) return;
      await act(chosen.id);
      one.standing = "lifted";
      await compare();
    },

    async follow(): Promise<void> {
      await followOnce(db, follower);
      await compare();
    },

    /** It does all of its work and dies before the commit. */
    async crash(): Promise<void> {
      const dying: RegisterFollower = {
        ...follower,
        async follow(tx, stretch) {
          await follower.follow(tx, stretch);
          throw new Error("killed");
        },
      };
      await followOnce(db, dying).catch((error: unknown) => expect(error).toMatchObject({ message: "killed" }));
      await compare();
    },

    /** Everything once more from the first change, as if it had never been done. */
    async repeat(): Promise<void> {
      await db.transaction((tx) => follower.follow(tx, { after: 0, upTo: position }));
      await compare();
    },

    async race(): Promise<void> {
      await Promise.all([catchUpFollower(db, follower), catchUpFollower(db, follower), this.compareDay()]);
      await compare();
    },

    async compareDay(): Promise<void> {
      while (await compareToday(db, clock));
    },

    /** When everybody has come to the end, what is on record is what happened, and each was told once. */
    async finish({ withDay }: { withDay: boolean }): Promise<void> {
      await catchUpFollower(db, follower);
      if (withDay) {
        await this.pass(1);
        await this.compareDay();
      }
      await compare();
      const noted = await sql<{ sanction: string; state: string }[]>`
        select sanction_id as sanction, state from lift_obligation`;
      const told = await sql<
        { type: string; sanction: string }[]
      >`select type, data ->> 'sanction' as sanction from event`;
      const found = kept.map(({ id }) => {
        const own = noted.filter(({ sanction }) => sanction === id);
        const events = told.filter(({ sanction }) => sanction === publicId("san", id)).map(({ type }) => type);
        return {
          arisen: own.length,
          cancelled: own.filter(({ state }) => state === "cancelled").length,
          due: events.filter((type) => type === "lift.due").length,
          relisted: events.filter((type) => type === "lift.cancelled").length,
        };
      });
      expect(found).toEqual(
        kept.map(({ arisen, cancelled }) => ({ arisen, cancelled, due: arisen, relisted: cancelled })),
      );
      const over = await sql<{ id: string }[]>`select sanction_id as id from reapplication`;
      const isTold = new Set(over.map(({ id }) => id));
      for (const { id } of kept.filter(({ isOver }) => isOver)) expect(isTold).toContain(id);
    },

    close: () => register.close(),
  };
}

type Given = { id: string; agencyId: string; duration: Duration; endsOn: string | null; index: Buffer | undefined };

function sanctionRow({
  id,
  agencyId,
  duration,
  endsOn,
  index,
  state,
  now,
}: Given & { state: "active" | "completed"; now: Date }) {
  if (!index) throw new Error("the party has no document");
  const today = shanghaiDate(now);
  return {
    id,
    agencyId,
    taskId: newUuid(),
    feedbackId: newUuid(),
    checkId: newUuid(),
    subjectIndex: index,
    purpose: "procurement.supplier_qualification",
    lists: ["dishonest" as const],
    measure: "OP2016-01-01",
    title: "设立金融类公司限制",
    effect: "prudential_reference",
    legalBasis: "中办国办2016年意见 第1类第1项",
    conditions: [],
    decisionNumber: "测试1号",
    decisionDatedOn: today,
    officer: "officer 0417",
    duration,
    imposedOn: today,
    endsOn,
    state,
    recordedAt: now,
  };
}
