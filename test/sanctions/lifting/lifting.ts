// An agency that lifts what it owes.
import type { Connection } from "../../../src/platform/database.ts";
import { shanghaiDate } from "../../../src/platform/time.ts";
import { liftObligation } from "../../../src/sanctions/lifting/obligation.ts";
import { findObligationCase } from "../../../src/sanctions/lifting/obligation-queries.ts";

export async function liftInTest({ db }: Pick<Connection, "db">, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await findObligationCase(tx, id);
    if (!found) throw new Error("no obligation");
    const actor = { agencyId: found.obligation.agencyId, keyId: "key", operator: "officer 0417" };
    const lifting = { liftedOn: shanghaiDate(now), document: "测试2号", note: "名单信息已移出" };
    await liftObligation(tx, actor, id, lifting, now);
  });
}
