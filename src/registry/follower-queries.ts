// How far each follower of the register's changes has come.
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";

/** Makes sure that `name` has a place; a new follower begins with the first change. */
export async function insertFollower(tx: Transaction, name: string): Promise<void> {
  await tx.execute(sql`insert into register_follower (name, position) values (${name}, 0) on conflict do nothing`);
}

/** The follower's place, locked, and the register's; none while another process follows. */
export async function lockFollower(
  tx: Transaction,
  name: string,
): Promise<{ after: number; newest: number } | undefined> {
  const [place] = await tx.execute<{ after: number; newest: number }>(sql`
    select f.position as after, (select position from register_state) as newest
    from register_follower f where f.name = ${name}
    for update of f skip locked`);
  return place;
}

export async function setFollower(tx: Transaction, name: string, position: number): Promise<void> {
  await tx.execute(sql`update register_follower set position = ${position} where name = ${name}`);
}

/** The follower's place, locked: waits for whoever follows, and keeps it there until the commit. */
export async function lockPlace(tx: Transaction, name: string): Promise<void> {
  await tx.execute(sql`select from register_follower where name = ${name} for update`);
}

export async function readNewest(reader: Reader): Promise<number> {
  const [state] = await reader.execute<{ position: number }>(sql`select position from register_state`);
  return state?.position ?? 0;
}
