// SQL on accounts and their recovery codes.
import { eq } from "drizzle-orm";
import type { Reader } from "../../platform/database.ts";
import { account } from "../schema.ts";
import type { AccountRow } from "./session-queries.ts";

export async function findAccount(reader: Reader, id: string): Promise<AccountRow | undefined> {
  const [found] = await reader.select().from(account).where(eq(account.id, id));
  return found;
}
