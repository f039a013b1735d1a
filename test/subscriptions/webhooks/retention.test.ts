// How long what was told is kept, and that nobody misses anything unawares.
import { expect, test } from "vitest";
import { enableEndpoint, switchOffEndpoint } from "../../../src/subscriptions/webhooks/endpoint.ts";
import { forgetOld } from "../../../src/subscriptions/webhooks/retention.ts";
import { useAgency } from "./agency.ts";

const { connection, told, now, wait, act, settle, newReceiver, tell, endpointRow, deliveriesOf } = useAgency();

const age = (days: number) =>
  connection.sql`update event set at = ${new Date(told.at - days * 86_400_000).toISOString()}`;

test("an endpoint that was off for too long is told that something is gone, and not silently less", async () => {
  const { receiver, id } = await newReceiver();
  await connection.db.transaction((tx) => switchOffEndpoint(tx, act(), id));
  await tell(["a"]);
  await age(31);
  await tell(["b"]);
  await forgetOld(connection.db, now(), 30);
  const enable = (skipGone: boolean) => connection.db.transaction((tx) => enableEndpoint(tx, act(), { id, skipGone }));
  await expect(enable(false)).rejects.toMatchObject({ code: "events-gone" });
  await enable(true);
  await settle();
  expect(receiver.names()).toEqual(["b"]);
});

test("one that is on and was not told in time is disabled for it; one that had nothing to be told goes on", async () => {
  const stuck = await newReceiver();
  stuck.receiver.answer(500);
  const quiet = await newReceiver(["lift.due"]);
  await tell(Array.from({ length: 1_200 }, (_, n) => `n${n}`));
  await settle();
  await age(31);
  await forgetOld(connection.db, now(), 30);
  expect(await endpointRow(stuck.id)).toMatchObject({ state: "disabled", disabled_by: "events_gone" });
  expect(await endpointRow(quiet.id)).toMatchObject({ state: "enabled" });
  expect((await deliveriesOf(stuck.id)).length, "what was taken over is still to be told").toBe(1_000);
});

test("the log of deliveries goes with its events, what is pending stays", async () => {
  const { receiver, id } = await newReceiver();
  receiver.reply(({ body }, response) => void response.writeHead(body.includes('"b"') ? 500 : 204).end());
  await tell(["a", "b"]);
  await settle();
  wait(31 * 86_400);
  await forgetOld(connection.db, now(), 30);
  expect(await deliveriesOf(id)).toMatchObject([{ name: "b", state: "pending", made: 1 }]);
});
