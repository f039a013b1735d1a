// Whom notices reach: how far back it counts that somebody was shown a listing, and where past answers are looked at again.
import { purposeCodes } from "../../agencies/index.ts";
import { z } from "../../platform/http.ts";

/** As long as the record of checks is kept. */
const DAYS_MAX = 1_825;

/** Days by purpose: absent, a purpose does not look back at answers that were clear. */
export const ClearLookback = z.partialRecord(
  z.enum(purposeCodes as [string, ...string[]]),
  z.int().min(1).max(DAYS_MAX),
);
export type ClearLookback = z.infer<typeof ClearLookback>;

export type NoticeSettings = {
  /** Days in which whoever was shown a listing is told; null: ever since it was published. */
  lookbackDays: number | null;
  clearLookback: ClearLookback;
};

export const defaultNoticeSettings: NoticeSettings = { lookbackDays: null, clearLookback: {} };
