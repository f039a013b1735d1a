// The keys of the console: derived, issued once, revoked like any other, and renewed by an act of its own.
import { afterAll, beforeAll, expect, test } from "vitest";
import { isApiKey } from "../../src/agencies/api-key.ts";
import { consoleKeyOf, consoleRoleOf, readyConsoleKey, renewConsoleKey } from "../../src/agencies/console-key.ts";
import { revokeKey } from "../../src/agencies/key.ts";
import { publicId } from "../../src/platform/id.ts";
import { PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ sequencer: false });
});
afterAll(() => service.stop());

const ACTOR = "staff:acc_test";
const newWhose = async (name: string) => {
  const { agencyId } = await service.addAgency(name, [PURPOSE]);
  return { agencyId, role: "agency_officer" as const };
};
const ready = (whose: Parameters<typeof readyConsoleKey>[2]) => readyConsoleKey(service.db, service.ring, whose, ACTOR);

test("a key follows from the ring alone, and is another for each agency, role and generation", () => {
  const { credentialKey } = service.ring;
  const [one, other] = ["one", "other"] as const;
  const keyOf = (agencyId: string, role: "agency_officer" | "agency_liaison", generation: number) =>
    consoleKeyOf(credentialKey, { agencyId, role }, generation).key;
  const keys = [
    keyOf(one, "agency_officer", 0),
    keyOf(other, "agency_officer", 0),
    keyOf(one, "agency_liaison", 0),
    keyOf(one, "agency_officer", 1),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.every(isApiKey)).toBe(true);
  expect(keyOf(one, "agency_officer", 0)).toBe(keys[0]);
});

test("the first who comes has it issued, once however many come together, with its scopes and its audit entry", async () => {
  const whose = await newWhose("控制台单位一");
  const [key, ...others] = await Promise.all([ready(whose), ready(whose), ready(whose)]);
  expect(new Set([key, ...others]).size).toBe(1);
  expect((await service.get("/v1/agency", key)).body).toMatchObject({ id: publicId("agy", whose.agencyId) });
  expect((await service.get("/v1/webhooks", key)).body.code).toBe("scope");
  const { id } = consoleKeyOf(service.ring.credentialKey, whose, 0);
  expect(consoleRoleOf(service.ring, whose.agencyId, id)).toBe("agency_officer");
  const entries = await service.sql`select actor, action from audit_entry where subject = ${id}`;
  expect(entries.map(({ actor, action }) => [actor, action])).toEqual([[ACTOR, "key.issue"]]);
});

test("revoked, the console is closed until it is renewed, and the old key stays dead", async () => {
  const whose = await newWhose("控制台单位二");
  const old = await ready(whose);
  const renew = () => service.db.transaction((tx) => renewConsoleKey(tx, service.ring, whose, ACTOR));
  await expect(renew()).rejects.toMatchObject({ code: "conflict" });
  const { id } = consoleKeyOf(service.ring.credentialKey, whose, 0);
  await service.db.transaction((tx) => revokeKey(tx, ACTOR, id, "测试"));
  await expect(ready(whose)).rejects.toMatchObject({ code: "console-closed" });
  const renewals = await Promise.allSettled([renew(), renew()]);
  expect(renewals.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const key = await ready(whose);
  expect(key).not.toBe(old);
  expect((await service.get("/v1/agency", key)).status).toBe(200);
  expect((await service.get("/v1/agency", old)).status).toBe(401);
});

test("an agency that is suspended has no console", async () => {
  const whose = await newWhose("控制台单位三");
  await service.sql`update agency set state = 'suspended' where id = ${whose.agencyId}`;
  await expect(ready(whose)).rejects.toMatchObject({ code: "console-closed" });
});
