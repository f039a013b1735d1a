// Who asked about me: what the record of checks holds about a party, for the party itself (个人信息保护法 art. 45).
import { findPurpose, purposeCodes } from "../agencies/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Reader } from "../platform/database.ts";
import { z } from "../platform/http.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { shanghaiTime } from "../platform/time.ts";
import { type AskedRow, countWithheld, listAsked, listSubjectIndexes, type PurposeDelay } from "./party-queries.ts";
import { type Claim, indexesOf } from "./party-code.ts";

export const PAGE_ROWS_MAX = 100;
const TOLD_ROWS_MAX = 200;
/** A check that nobody learns of for longer than its record is kept was never shown. */
const DELAY_DAYS_MAX = 1_825;

/** Who was told of a removal is in no table that this module knows: whoever mounts the route says how it is read. */
export type ListTold = (
  reader: Reader,
  subjectId: string,
  page: { delays: readonly PurposeDelay[]; now: Date; limit: number },
) => Promise<{ agency: string; list: string; caseNumber: string; toldAt: Date; acknowledgedAt: Date | null }[]>;

const ToldOfRemoval = z.object({
  agency: z.string(),
  list: z.string(),
  caseNumber: z.string(),
  toldAt: z.iso.datetime({ offset: true }),
  acknowledgedAt: z.iso.datetime({ offset: true }).nullable(),
});

export const WhoAsked = z
  .object({
    data: z.array(
      z.object({
        checkedAt: z.iso.datetime({ offset: true }),
        agency: z.string(),
        purpose: z.object({ code: z.string(), title: z.string() }),
        lists: z.array(z.string()),
        outcome: z.enum(["listed", "review", "clear"]),
      }),
    ),
    hasMore: z.boolean(),
    nextCursor: z.string().nullable(),
    told: z.array(ToldOfRemoval).openapi({
      description: "Which agencies were told that a listing of the party has ended, newest first, at most 200",
    }),
    withheld: z.object({ checks: z.int(), until: z.iso.datetime({ offset: true }).nullable() }).openapi({
      description: "What the law keeps from the party for now: how many, and when the last of them is shown",
    }),
  })
  .openapi("WhoAsked");

/** Days by purpose, where they differ from the catalogue's. */
export const WhoAskedDelays = z.partialRecord(
  z.enum(purposeCodes as [string, ...string[]]),
  z.int().min(0).max(DELAY_DAYS_MAX),
);
export type WhoAskedDelays = z.infer<typeof WhoAskedDelays>;

/** The purposes whose checks the party learns of later, with the days of each. */
export function purposeDelays(settings: WhoAskedDelays): PurposeDelay[] {
  return purposeCodes
    .map((purpose) => ({ purpose, days: settings[purpose] ?? findPurpose(purpose)?.whoAskedDelayDays ?? 0 }))
    .filter(({ days }) => days > 0);
}

export type WhoAskedOptions = {
  subjectId: string;
  claim: Claim;
  delays: readonly PurposeDelay[];
  listTold: ListTold;
  cursor: string | undefined;
  limit: number;
  now: Date;
};

/** Everything that was asked under any number of the party, by whichever agency and with whatever answer. */
export async function readWhoAsked(
  reader: Reader,
  ring: KeyRing,
  { subjectId, claim, delays, listTold, cursor, limit, now }: WhoAskedOptions,
): Promise<z.infer<typeof WhoAsked>> {
  const indexes = [...indexesOf(ring, claim), ...(await listSubjectIndexes(reader, subjectId))];
  const pages = pagesOf(ring.cursorKey, `who asked ${subjectId}`);
  const rows = await listAsked(reader, indexes, { delays, now, before: pages.after(cursor), limit: limit + 1 });
  const { page, ...rest } = pages.cut(rows, limit, ({ id }) => id);
  const withheld = await countWithheld(reader, indexes, delays, now);
  const told = await listTold(reader, subjectId, { delays, now, limit: TOLD_ROWS_MAX });
  return {
    data: page.map(askedView),
    ...rest,
    told: told.map(toldView),
    withheld: { checks: withheld.checks, until: withheld.until && shanghaiTime(withheld.until) },
  };
}

function askedView({ checkedAt, agency, purpose, lists, outcome }: AskedRow) {
  const title = findPurpose(purpose)?.title ?? purpose;
  return { checkedAt: shanghaiTime(checkedAt), agency, purpose: { code: purpose, title }, lists, outcome };
}

function toldView({ agency, list, caseNumber, toldAt, acknowledgedAt }: Awaited<ReturnType<ListTold>>[number]) {
  const times = { toldAt: shanghaiTime(toldAt), acknowledgedAt: acknowledgedAt && shanghaiTime(acknowledgedAt) };
  return { agency, list, caseNumber, ...times };
}
