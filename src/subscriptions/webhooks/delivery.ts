// A delivery: signed and sent, what came of it recorded, and sent again when its agency asks.
import { appendAudit } from "../../audit/index.ts";
import { eventView } from "../../events/index.ts";
import type { Database, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Now } from "../../platform/time.ts";
import {
  type DeliveryRow,
  findDelivery,
  insertAttempt,
  insertDelivery,
  restartDelivery,
  settleDelivery,
} from "./delivery-queries.ts";
import { type EndpointRow, listKeys, lockEndpoint, noteHealth } from "./endpoint-queries.ts";
import { type AgencyAct, disableEndpoint, requireEndpoint } from "./endpoint.ts";
import { openKey } from "./key.ts";
import { type Attempt, judgeAttempt, pauseAfter } from "./retry.ts";
import type { Message, Sender } from "./sender.ts";
import { signMessage, type SigningKeys } from "./signature.ts";

const TEST = "webhook.test";
const USER_AGENT = "shixin-webhooks/1";
/** Whoever takes longer waits in the lane of those that fail. */
const SLOW_MS = 3_000;
const NOTED_MS = 5_000;

/** A delivery that this process has claimed, with all that sending it takes. */
export type ClaimedDelivery = { row: DeliveryRow; claim: string; url: string; keys: readonly SigningKeys[] };
export type DeliveryDependencies = { db: Database; sender: Sender; now: Now; random: () => number };
type Told = Pick<DeliveryRow, "eventId" | "eventAt" | "type" | "data">;

/** Sends, then records: a process that is killed in between sends again, and the receiver knows the id. */
export async function makeDelivery(dependencies: DeliveryDependencies, claimed: ClaimedDelivery): Promise<Attempt> {
  const { db, sender, now } = dependencies;
  const at = now();
  const attempt = await sender(messageOf(claimed.url, claimed.keys, claimed.row, at));
  await db.transaction((tx) =>
    recordAttempt(tx, claimed, { attempt, at, ended: now(), random: dependencies.random() }),
  );
  return attempt;
}

type Recorded = { attempt: Attempt; at: Date; ended: Date; random: number };

async function recordAttempt(tx: Transaction, { row, claim }: ClaimedDelivery, recorded: Recorded): Promise<void> {
  const { attempt, at, ended, random } = recorded;
  const endpoint = await lockEndpoint(tx, row.endpointId);
  if (!endpoint) return;
  await insertAttempt(tx, attemptRow(row.id, attempt, at));
  const verdict = judgeAttempt(attempt, row.attempts + 1, ended, random);
  switch (verdict.state) {
    case "delivered":
      await settleDelivery(tx, { id: row.id, claim }, { state: "delivered", endedAt: ended });
      break;
    case "pending":
      await settleDelivery(tx, { id: row.id, claim }, { nextAttemptAt: verdict.nextAttemptAt });
      break;
    case "stuck":
      await settleDelivery(tx, { id: row.id, claim }, {});
      break;
  }
  const noted = await judgeHealth(tx, endpoint, recorded);
  if (verdict.state === "stuck" && noted.state === "enabled")
    await disableEndpoint(tx, noted, verdict.disabling, ended);
}

/** What was under way when an endpoint was paused says nothing new: of failures together one counts, and a success ends no pause. */
async function judgeHealth(
  tx: Transaction,
  endpoint: EndpointRow,
  { attempt, at, ended }: Recorded,
): Promise<EndpointRow> {
  const { id, pausedUntil, failures } = endpoint;
  const paused = pausedUntil !== null && at < pausedUntil ? pausedUntil : null;
  if (attempt.outcome === "delivered") {
    const isSlow = attempt.ms > SLOW_MS;
    if (failures === 0 && !isSlow && !endpoint.isSlow && isJustNoted(endpoint, ended)) return endpoint;
    const health = paused ? {} : { failures: 0, pausedUntil: null, isSlow };
    return noteHealth(tx, id, { ...health, lastDeliveredAt: ended });
  }
  const counted = failures + (paused ? 0 : 1);
  const until = pauseAfter(attempt, counted, ended);
  return noteHealth(tx, id, { failures: counted, pausedUntil: paused && paused > until ? paused : until });
}

/** Of what goes well once every few seconds is noted. */
function isJustNoted({ lastDeliveredAt }: EndpointRow, at: Date): boolean {
  return lastDeliveredAt !== null && at.getTime() - lastDeliveredAt.getTime() < NOTED_MS;
}

/** Sends an event of no consequence now, once, whatever the state of the endpoint, and says what came of it. */
export async function sendTest(
  { db, ring, sender }: { db: Database; ring: KeyRing; sender: Sender },
  { agencyId, actor, now }: AgencyAct,
  endpointId: string,
): Promise<DeliveryRow> {
  const { url } = await requireEndpoint(db, agencyId, endpointId);
  const webhook = publicId("whk", endpointId);
  const event = { eventId: newUuid(), eventAt: now, type: TEST, data: { webhook } };
  const keys = (await listKeys(db, [endpointId], now)).map((key) => openKey(ring, key));
  const attempt = await sender(messageOf(url, keys, event, now));
  const id = newUuid();
  const state = attempt.outcome === "delivered" ? ("delivered" as const) : ("failed" as const);
  const times = { nextAttemptAt: now, createdAt: now, endedAt: now };
  return db.transaction(async (tx) => {
    await insertDelivery(tx, { id, endpointId, ...event, orderKey: webhook, state, attempts: 1, ...times });
    await insertAttempt(tx, attemptRow(id, attempt, now));
    const detail = { outcome: attempt.outcome, status: attempt.status };
    await appendAudit(tx, { actor, action: "webhook.test", subject: webhook, detail });
    return requireDelivery(tx, agencyId, id);
  });
}

/** Makes a delivery due now. Of what is about the same thing, the rest waits for it; what was delivered since, was. */
export async function resendDelivery(tx: Transaction, act: AgencyAct, id: string): Promise<DeliveryRow> {
  const { endpointId, position } = await requireDelivery(tx, act.agencyId, id);
  const endpoint = await lockEndpoint(tx, endpointId);
  if (position === null) throw new AppError("conflict", { note: "a test is not sent again: send another" });
  if (endpoint?.state !== "enabled") throw new AppError("conflict", { note: "enable the endpoint first" });
  await restartDelivery(tx, id, act.now);
  await noteHealth(tx, endpointId, { pausedUntil: null });
  const detail = { webhook: publicId("whk", endpointId) };
  await appendAudit(tx, { actor: act.actor, action: "delivery.resend", subject: publicId("dlv", id), detail });
  return requireDelivery(tx, act.agencyId, id);
}

export async function requireDelivery(
  reader: Parameters<typeof findDelivery>[0],
  agencyId: string,
  id: string,
): Promise<DeliveryRow> {
  const found = await findDelivery(reader, agencyId, id);
  if (!found) throw new AppError("not-found");
  return found;
}

function messageOf(
  url: string,
  keys: readonly SigningKeys[],
  { eventId, eventAt, type, data }: Told,
  at: Date,
): Message {
  const event = eventView({ id: eventId, at: eventAt, type, data });
  const body = JSON.stringify(event);
  const timestamp = Math.floor(at.getTime() / 1_000);
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": USER_AGENT,
    "Webhook-Id": event.id,
    "Webhook-Timestamp": String(timestamp),
    "Webhook-Signature": signMessage(keys, event.id, timestamp, body),
  };
  return { url, headers, body };
}

function attemptRow(deliveryId: string, { outcome, status, ms, reply }: Attempt, at: Date) {
  return { deliveryId, outcome, status, ms, reply, at };
}
