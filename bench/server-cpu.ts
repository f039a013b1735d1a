// The CPU that PostgreSQL's processes on this machine have used. Only Linux tells; elsewhere it is unknown.
import { readFileSync } from "node:fs";
import type { Sql } from "../src/platform/database.ts";

/** Ticks a second in which Linux counts for every process to read (`USER_HZ`). */
const TICKS = 100;

/** Starts counting; the function it gives says how many seconds were used since, by sessions that are still there. */
export async function countServerCpu(sql: Sql): Promise<() => Promise<number | null>> {
  const before = await usedBySession(sql);
  return async () => {
    const now = await usedBySession(sql);
    return now && [...now].reduce((sum, [pid, used]) => sum + used - (before?.get(pid) ?? 0), 0);
  };
}

async function usedBySession(sql: Sql): Promise<Map<number, number> | null> {
  const rows = await sql<{ pid: number }[]>`select pid from pg_stat_activity`;
  try {
    return new Map(rows.map(({ pid }) => [pid, usedBy(pid)]));
  } catch {
    return null;
  }
}

/** Its time in user and in system mode: the 12th and 13th words after the name, which may hold anything. */
function usedBy(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const words = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(words[11]) + Number(words[12])) / TICKS;
}
