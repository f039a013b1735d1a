// What arrives at an endpoint, in which order, when again, and when no more: with a clock of the test's own.
import { WebhookVerificationError } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { publicId } from "../../../src/platform/id.ts";
import { resendDelivery } from "../../../src/subscriptions/webhooks/delivery.ts";
import {
  enableEndpoint,
  removeEndpoint,
  rotateKeys,
  switchOffEndpoint,
} from "../../../src/subscriptions/webhooks/endpoint.ts";
import { RETRY_SECONDS } from "../../../src/subscriptions/webhooks/retry.ts";
import { formatSecret } from "../../../src/subscriptions/webhooks/signature.ts";
import { useAgency } from "./agency.ts";
import { verify } from "./receiver.ts";

const { connection, ring, told, wait, act, settle, newAgency, newReceiver, tell, endpointRow, deliveriesOf } =
  useAgency();

test("an event arrives once, as the feed has it, and verifies with the package that receivers use", async () => {
  const { receiver, secret } = await newReceiver();
  await tell(["a"]);
  await settle();
  expect(receiver.received).toHaveLength(1);
  const [message] = receiver.received;
  if (!message) throw new Error("nothing came");
  // The package judges by the machine's clock, from which the test's has departed.
  told.at = Date.now();
  await settle();
  expect(receiver.received).toHaveLength(1);
  expect(JSON.parse(message.body)).toMatchObject({ id: message.id, type: "listing.ended", data: { listing: "a" } });
  expect(message.id).toMatch(/^evt_/);
  await tell(["b"]);
  await settle();
  const [, fresh] = receiver.received;
  expect(fresh && verify(secret, fresh)).toMatchObject({ data: { listing: "b" } });
  expect(() => fresh && verify(secret, { ...fresh, body: `${fresh.body} ` })).toThrow(WebhookVerificationError);
});

test("only what its endpoint asks for, and only what concerns its agency", async () => {
  const { receiver } = await newReceiver(["lift.due"]);
  await tell(["a", "b"]);
  await tell(["c"], "c", "lift.due");
  const mine = told.agencyId;
  told.agencyId = await newAgency();
  await tell(["x"], "x", "lift.due");
  told.agencyId = mine;
  await settle();
  expect(receiver.names()).toEqual(["c"]);
});

test("a new endpoint is told what comes, not what was", async () => {
  await tell(["before"]);
  const { receiver } = await newReceiver();
  await tell(["after"]);
  await settle();
  expect(receiver.names()).toEqual(["after"]);
});

test("an agency whose agreement is suspended is told nothing until it is in force again", async () => {
  const { receiver } = await newReceiver();
  await tell(["a"]);
  await connection.sql`update agency set state = 'suspended' where id = ${told.agencyId}`;
  await settle();
  expect(receiver.received).toEqual([]);
  await connection.sql`update agency set state = 'active' where id = ${told.agencyId}`;
  await settle();
  expect(receiver.names()).toEqual(["a"]);
});

describe("an endpoint that fails", () => {
  test("is tried on the schedule, with one id and fresh times, and then disabled, which is told", async () => {
    const { receiver, id } = await newReceiver();
    receiver.answer(500, { "Content-Type": "text/plain" }, "down");
    await tell(["a"]);
    for (const [attempt, seconds] of RETRY_SECONDS.entries()) {
      wait(Math.max(0, seconds - 1));
      await settle();
      expect(receiver.received, "not before its time").toHaveLength(attempt === 0 ? 1 : attempt);
      wait(Math.min(1, seconds));
      await settle();
      expect(receiver.received).toHaveLength(attempt + 1);
    }
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    const times = receiver.received.map(({ headers }) => Number(headers["webhook-timestamp"]));
    expect(times.map((time, attempt) => time - (times[attempt - 1] ?? times[0] ?? 0))).toEqual([...RETRY_SECONDS]);
    expect(await endpointRow(id)).toMatchObject({ state: "disabled", disabled_by: "exhausted" });
    expect(await deliveriesOf(id)).toMatchObject([{ state: "pending", made: 10 }]);
    const events =
      await connection.sql`select type, data from event where agency_id = ${told.agencyId} and type = 'webhook.disabled'`;
    expect(events).toMatchObject([{ data: { webhook: publicId("whk", id), reason: "exhausted" } }]);
    const audited =
      await connection.sql`select actor, detail from audit_entry where subject = ${publicId("whk", id)} and action = 'webhook.disable'`;
    expect(audited).toMatchObject([{ actor: "system:deliveries", detail: { disabling: "exhausted" } }]);
  });

  test("gets everything that waited, in order, once it is enabled", async () => {
    const { receiver, id } = await newReceiver();
    receiver.answer(410);
    await tell(["a"], "k");
    await settle();
    expect(await endpointRow(id)).toMatchObject({ state: "disabled", disabled_by: "gone" });
    await tell(["b", "c"], "k");
    await settle();
    expect(receiver.names()).toEqual(["a"]);
    receiver.answer(204);
    await connection.db.transaction((tx) => enableEndpoint(tx, act(), { id, skipGone: false }));
    await settle();
    // Between a and b stands the event that says the endpoint was disabled, about another thing.
    expect(receiver.names().filter((name) => name !== "undefined")).toEqual(["a", "a", "b", "c"]);
    expect(await endpointRow(id)).toMatchObject({ state: "enabled", disabled_by: null, failures: 0 });
  });

  test("is left alone for as long as it asks", async () => {
    const { receiver } = await newReceiver();
    receiver.answer(503, { "Retry-After": "120" });
    await tell(["a"]);
    await settle();
    receiver.answer(204);
    await tell(["b"]);
    wait(119);
    await settle();
    expect(receiver.names()).toEqual(["a"]);
    wait(1);
    await settle();
    expect(receiver.names()).toEqual(["a", "a", "b"]);
  });

  test("is not asked for each of a thousand events, and gets them all once it answers", async () => {
    const { receiver, id } = await newReceiver();
    receiver.answer(500);
    await tell(Array.from({ length: 1_040 }, (_, n) => `n${n}`));
    await settle();
    const atOnce = receiver.received.length;
    expect(atOnce, "what was under way together").toBeLessThanOrEqual(8);
    expect(await endpointRow(id)).toMatchObject({ failures: 1 });
    expect((await deliveriesOf(id)).length, "the rest waits as events").toBe(1_000);
    wait(60);
    await settle();
    expect(receiver.received.length - atOnce, "one to see").toBe(1);
    receiver.answer(204);
    // Most of them have been had by now, as far as this test goes.
    await connection.sql`
      update webhook_delivery set state = 'delivered', ended_at = now()
      where endpoint_id = ${id} and attempts = 0 and data->>'listing' <> 'n999'`;
    wait(600);
    await settle();
    const names = receiver.names();
    expect(names).toEqual(
      expect.arrayContaining(["n0", "n999", ...Array.from({ length: 40 }, (_, n) => `n${1_000 + n}`)]),
    );
    expect(await deliveriesOf(id)).toHaveLength(1_040);
  });
});

describe("order", () => {
  test("of what is about the same thing, the later waits for the earlier; the rest goes on", async () => {
    const { receiver } = await newReceiver();
    receiver.reply(({ body }, response) => void response.writeHead(body.includes('"a1"') ? 500 : 204).end());
    await tell(["a1", "a2"], "a");
    await tell(["b1", "b2"], "b");
    await settle();
    expect(receiver.names().toSorted(), "both were under way together").toEqual(["a1", "b1"]);
    // It is tried again, and then left alone a little longer.
    for (const seconds of [5, 10]) {
      wait(seconds);
      await settle();
    }
    expect(receiver.names().filter((name) => name !== "a1")).toEqual(["b1", "b2"]);
    receiver.answer(204);
    wait(300);
    await settle();
    expect(receiver.names().slice(-2)).toEqual(["a1", "a2"]);
  });

  test("holds over many keys and failures, between two processes at once", async () => {
    const { receiver } = await newReceiver();
    const done: string[] = [];
    let turn = 0;
    receiver.reply(({ body }, response) => {
      const failed = ++turn % 4 === 0;
      if (!failed) done.push(JSON.parse(body).data.listing);
      response.writeHead(failed ? 503 : 204).end();
    });
    const keys = ["p", "q", "r", "s"];
    for (let n = 0; n < 12; n++) for (const key of keys) await tell([`${key}${n}`], key);
    for (let round = 0; done.length < 48 && round < 200; round++) {
      await Promise.all([settle(), settle()]);
      wait(400);
    }
    for (const key of keys)
      expect(done.filter((name) => name.startsWith(key))).toEqual(Array.from({ length: 12 }, (_, n) => `${key}${n}`));
    expect(done).toHaveLength(48);
  });
});

test("a new secret signs beside the old one until that ends", async () => {
  const { receiver, id, secret: old } = await newReceiver();
  told.at = Date.now();
  const { secret } = await connection.db.transaction((tx) => rotateKeys(tx, ring, act(), { id, overlapHours: 1 }));
  const renewed = formatSecret(secret);
  await tell(["a"]);
  await settle();
  const [message] = receiver.received;
  if (!message) throw new Error("nothing came");
  expect(verify(old, message)).toEqual(verify(renewed, message));
  expect(
    String(message.headers["webhook-signature"])
      .split(" ")
      .map((one) => one.split(",")[0]),
  ).toEqual(["v1", "v1", "v1a", "v1a"]);
  wait(3_601);
  await tell(["b"]);
  await settle();
  expect(String(receiver.received[1]?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
});

test("a delivery is sent again when its agency asks, with all its attempts", async () => {
  const { receiver, id } = await newReceiver();
  await tell(["a"]);
  await settle();
  const [delivery] = await deliveriesOf(id);
  await connection.db.transaction((tx) => resendDelivery(tx, act(), delivery?.id ?? ""));
  receiver.answer(500);
  await settle();
  receiver.answer(204);
  wait(5);
  await settle();
  expect(receiver.names()).toEqual(["a", "a", "a"]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered", attempts: 2, made: 3 }]);
});

test("switched off, an endpoint is told nothing; removed, nothing any more, and its keys are gone", async () => {
  const { receiver, id } = await newReceiver();
  await connection.db.transaction((tx) => switchOffEndpoint(tx, act(), id));
  await tell(["a"]);
  await settle();
  expect(receiver.received).toEqual([]);
  await connection.db.transaction((tx) => enableEndpoint(tx, act(), { id, skipGone: false }));
  await settle();
  expect(receiver.names()).toEqual(["a"]);
  receiver.answer(500);
  await tell(["b"]);
  await settle();
  await connection.db.transaction((tx) => removeEndpoint(tx, act(), id));
  wait(86_400);
  await settle();
  expect(receiver.names()).toEqual(["a", "b"]);
  expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered" }, { state: "cancelled" }]);
  expect(await connection.sql`select from webhook_key where endpoint_id = ${id}`).toHaveLength(0);
});
