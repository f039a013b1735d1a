// SQL on how far the comparison of a day has come.
import { sql } from "drizzle-orm";
import type { Transaction } from "../../platform/database.ts";

/** The place, locked; none when the day is done, or another process is at it. */
export async function lockDay(tx: Transaction, today: string): Promise<{ after: string | null } | undefined> {
  await tx.execute(sql`
    insert into lifting_day (day, after) values (${today}::date - 1, null) on conflict do nothing`);
  const [place] = await tx.execute<{ day: string; after: string | null }>(sql`
    select day::text as day, after from lifting_day for update skip locked`);
  if (!place) return undefined;
  if (place.day === today) return place.after === null ? undefined : { after: place.after };
  return { after: null };
}

/** `after` is null when everything has been compared. */
export async function setDay(tx: Transaction, day: string, after: string | null): Promise<void> {
  await tx.execute(sql`update lifting_day set day = ${day}, after = ${after}`);
}
