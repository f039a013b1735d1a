// For how long records are kept, in years by table; null keeps them for good.
import { z } from "zod";
import { addYears, shanghaiDate } from "../../platform/time.ts";
import { monthOf, startOf } from "./month.ts";

/** Who provides personal data to others keeps the record of it for three years (网络数据安全管理条例 art. 12). */
const CHECK_YEARS_MIN = 3;

export const RetentionSettings = z
  .strictObject({ check_record: z.int().min(CHECK_YEARS_MIN).max(100).nullable() })
  .partial();
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/**
 * Local law asks for five years of queries (深圳经济特区社会信用条例 art. 45), and no longer storage than the purpose needs
 * (个人信息保护法 art. 19).
 */
export const defaultRetention = { check_record: 5 } as const satisfies RetentionSettings;

/** Below the ids that are kept at `now`: months go whole, and only once their last day is `years` ago. */
export function keptFrom(years: number, now: Date): string {
  return monthOf(startOf(addYears(shanghaiDate(now), -years).slice(0, 7))).from;
}
