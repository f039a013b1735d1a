// The processes that deliver: several at once, killed, taken for dead, stopped, and beside endpoints that are no good.
import { describe, expect, test } from "vitest";
import { createSender, type Sender } from "../../../src/subscriptions/webhooks/sender.ts";
import { createDeliveries, startDeliveries } from "../../../src/subscriptions/webhooks/worker.ts";
import { type ToldReceiver, useAgency } from "./agency.ts";
import { loopbackTargets } from "./receiver.ts";

const { connection, told, now, wait, options, settle, newAgency, newReceiver, tell, deliveriesOf } = useAgency();

describe("a process", () => {
  test("beside another sends nothing twice", async () => {
    const { receiver } = await newReceiver();
    const names = Array.from({ length: 60 }, (_, n) => `n${n}`);
    await tell(names);
    await Promise.all([settle(), settle(), settle()]);
    await settle();
    expect(receiver.names().toSorted()).toEqual(names.toSorted());
  });

  test("that dies between sending and recording has it sent again under the same id, and nothing is lost", async () => {
    const { receiver, id } = await newReceiver();
    await tell(["a1", "a2"], "a");
    const killed = new Error("killed");
    const real = createSender({ targets: loopbackTargets(), now });
    const dying: Sender = async (message) => {
      await real(message);
      throw killed;
    };
    await Promise.all(await createDeliveries(options({ sender: dying })).look());
    expect(receiver.names()).toEqual(["a1"]);
    expect(await deliveriesOf(id)).toMatchObject([{ state: "pending", made: 0 }, { state: "pending" }]);
    await settle();
    expect(receiver.names(), "it is held for a while").toEqual(["a1"]);
    wait(61);
    await settle();
    expect(receiver.names()).toEqual(["a1", "a1", "a2"]);
    expect(receiver.received[0]?.id).toBe(receiver.received[1]?.id);
    expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered", made: 1 }, { state: "delivered" }]);
  });

  test("that was taken for dead and comes back records what it sent and changes nothing else", async () => {
    const { receiver, id } = await newReceiver();
    await tell(["a"]);
    const slow = Promise.withResolvers<void>();
    const real = createSender({ targets: loopbackTargets(), now });
    const late: Sender = async () => {
      await slow.promise;
      return { outcome: "refused", status: 500, ms: 90_000, reply: null, retryAfterSeconds: null };
    };
    const first = await createDeliveries(options({ sender: late })).look();
    expect(first).toHaveLength(1);
    wait(61);
    await settle({ sender: real });
    slow.resolve();
    await Promise.all(first);
    expect(receiver.names()).toEqual(["a"]);
    expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered", attempts: 1, made: 2 }]);
  });
});

describe("endpoints that answer nothing do not slow others", () => {
  const held: (() => void)[] = [];
  const patient = createSender({ targets: loopbackTargets(), now, attemptMsMax: 100_000 });

  /** Endpoints of as many agencies whose requests hang until `release`. */
  async function hangingReceivers(count: number): Promise<ToldReceiver[]> {
    const hanging: ToldReceiver[] = [];
    await asEach(await Promise.all(Array.from({ length: count }, newAgency)), async () => {
      const one = await newReceiver();
      one.receiver.reply((_, response) => void held.push(() => response.writeHead(204).end()));
      agencies.push(told.agencyId);
      hanging.push(one);
    });
    return hanging;
  }
  const agencies: string[] = [];
  async function asEach(ids: string[], work: () => Promise<void>): Promise<void> {
    const own = told.agencyId;
    for (const id of ids) {
      told.agencyId = id;
      await work();
    }
    told.agencyId = own;
  }
  async function release(works: Promise<void>[]): Promise<void> {
    const ended = Promise.all(works);
    let isOver = false;
    void ended.then(() => (isOver = true));
    while (!isOver) {
      while (held.length > 0) held.pop()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    agencies.length = 0;
  }

  test("once they have failed: one at a time, and all of them together in a lane of their own", async () => {
    const living = await newReceiver();
    const hanging = await hangingReceivers(20);
    await connection.sql`update webhook_endpoint set failures = 3 where id = any (${hanging.map(({ id }) => id)})`;
    const deliveries = createDeliveries(options({ sender: patient }));
    const works: Promise<void>[] = [];
    for (let n = 0; n < 5; n++) {
      await tell([`n${n}`]);
      await asEach(agencies, () => tell([`n${n}`]));
      works.push(...(await deliveries.look()));
      await living.receiver.until(n + 1);
    }
    const asked = hanging.map(({ receiver }) => receiver.received.length);
    expect(Math.max(...asked), "one at a time").toBe(1);
    expect(asked.filter((count) => count > 0).length, "of all together").toBeLessThanOrEqual(16);
    await release(works);
  });

  test("nor before anything is known of them: what is not answered soon makes room", async () => {
    const living = await newReceiver();
    const hanging = await hangingReceivers(8);
    const names = Array.from({ length: 8 }, (_, n) => `n${n}`);
    await asEach(agencies, () => tell(names));
    const deliveries = createDeliveries(options({ sender: patient, pace: { soonMs: 20 } }));
    const works = await deliveries.look();
    expect(works, "the whole lane").toHaveLength(48);
    await tell(["a"]);
    for (; living.receiver.received.length === 0; await new Promise((resolve) => setImmediate(resolve)))
      works.push(...(await deliveries.look()));
    expect(living.receiver.names()).toEqual(["a"]);
    const asked = hanging.map(({ receiver }) => receiver.received.length);
    expect(Math.max(...asked)).toBeLessThanOrEqual(8);
    await release(works);
  });
});

describe("the loop", () => {
  const pace = { lookMs: 20, breathMs: 1 };

  test("tells what happens while it runs, and follows one with the next at once", async () => {
    const { receiver } = await newReceiver();
    const loop = startDeliveries(options({ pace: { ...pace, lookMs: 60_000 } }));
    await tell(["a1", "a2", "a3"], "a");
    const quick = startDeliveries(options({ pace }));
    await receiver.until(3);
    expect(receiver.names()).toEqual(["a1", "a2", "a3"]);
    await Promise.all([loop.stop(), quick.stop()]);
  });

  test("lets what was sent come to its end when it stops, and sends nothing more", async () => {
    const { receiver, id } = await newReceiver();
    const answers: (() => void)[] = [];
    receiver.reply((_, response) => void answers.push(() => response.writeHead(204).end()));
    await tell(["a1", "a2"], "a");
    const loop = startDeliveries(options({ pace }));
    await receiver.until(1);
    const stopped = loop.stop();
    answers.pop()?.();
    await stopped;
    expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered" }, { state: "pending", made: 0 }]);
    expect(receiver.received).toHaveLength(1);
  });
});
