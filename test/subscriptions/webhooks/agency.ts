// An agency that is told things: with receivers of its own, a clock that the test moves, and the rows behind it all.
import { afterEach, beforeEach } from "vitest";
import { createAgency } from "../../../src/agencies/index.ts";
import { appendEvents, type EventType } from "../../../src/events/index.ts";
import { newUuid } from "../../../src/platform/id.ts";
import { createLog } from "../../../src/platform/log.ts";
import { createEndpoint } from "../../../src/subscriptions/webhooks/endpoint.ts";
import { createSender } from "../../../src/subscriptions/webhooks/sender.ts";
import { formatSecret } from "../../../src/subscriptions/webhooks/signature.ts";
import { createDeliveries, type DeliveryOptions } from "../../../src/subscriptions/webhooks/worker.ts";
import { useDatabase } from "../../database.ts";
import { newRing } from "../../service.ts";
import { loopbackTargets, type Receiver, startReceiver } from "./receiver.ts";

export type ToldReceiver = { receiver: Receiver; id: string; secret: string };
type DeliveryOutline = { id: string; state: string; attempts: number; name: string; made: number };

/** A database of the calling file's own, and in it a new agency for each test. */
export function useAgency() {
  const connection = useDatabase();
  const ring = newRing();
  const receivers: Receiver[] = [];
  const told = { agencyId: "", at: Date.now() };
  const now = () => new Date(told.at);

  beforeEach(async () => {
    told.at = Math.max(told.at, Date.now()) + 3_600_000;
    told.agencyId = await newAgency();
  });
  afterEach(async () => {
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
    // What one test leaves pending is nothing to the next.
    await connection.sql`update webhook_endpoint set state = 'removed', disabled_by = null`;
  });

  async function newAgency(): Promise<string> {
    const draft = { name: `测试单位${newUuid()}`, purposes: ["office.lease"] };
    const { id } = await connection.db.transaction((tx) => createAgency(tx, "operator:test", draft));
    return id;
  }

  const act = () => ({ agencyId: told.agencyId, actor: "agency:test/officer", now: now() });

  const options = (changes: Partial<DeliveryOptions> = {}): DeliveryOptions => ({
    db: connection.db,
    ring,
    sender: createSender({ targets: loopbackTargets(), now }),
    log: createLog(),
    now,
    random: () => 0,
    ...changes,
  });

  /** An endpoint of the agency with a server behind it. */
  async function newReceiver(types: string[] | null = null): Promise<ToldReceiver> {
    const receiver = await startReceiver();
    receivers.push(receiver);
    const { endpoint, secret } = await connection.db.transaction((tx) =>
      createEndpoint(tx, ring, act(), { url: receiver.url, description: null, types }),
    );
    return { receiver, id: endpoint.id, secret: formatSecret(secret) };
  }

  /** Tells the agency of listings, each with an order key of its own or the one given. */
  async function tell(names: string[], orderKey?: string, type: EventType = "listing.ended"): Promise<void> {
    const { agencyId } = told;
    const events = names.map((name) => ({ agencyId, type, orderKey: orderKey ?? name, data: { listing: name } }));
    await connection.db.transaction((tx) => appendEvents(tx, events));
  }

  async function endpointRow(id: string) {
    const [row] = await connection.sql`select *, place::int from webhook_endpoint where id = ${id}`;
    return row;
  }

  return {
    connection,
    ring,
    /** Whom the next call is about, and the time of the clock. */
    told,
    now,
    wait: (seconds: number) => (told.at += seconds * 1_000),
    newAgency,
    act,
    options,
    settle: (changes: Partial<DeliveryOptions> = {}) => createDeliveries(options(changes)).settle(),
    newReceiver,
    tell,
    endpointRow,
    deliveriesOf: (id: string) =>
      connection.sql<DeliveryOutline[]>`
        select id, state, attempts, data->>'listing' as name,
          (select count(*)::int from webhook_attempt where delivery_id = d.id) as made
        from webhook_delivery d where endpoint_id = ${id} order by position`,
  };
}
