// An agency's webhook endpoints: set up, changed, given other keys, switched off and on, set back, removed.
import { appendAudit } from "../../audit/index.ts";
import { appendEvents, readExtent, readToken } from "../../events/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { cancelPending, restartPending } from "./delivery-queries.ts";
import {
  changeEndpoint,
  countEndpoints,
  deleteKeys,
  type EndpointChanges,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  insertKey,
  lockEndpoint,
  retireKeys,
} from "./endpoint-queries.ts";
import { newKey } from "./key.ts";
import type { Disabling } from "./retry.ts";

const ENDPOINTS_MAX = 20;
const HOUR_MS = 3_600_000;

/** Who acts for which agency, and when. */
export type AgencyAct = { agencyId: string; actor: string; now: Date };
export type EndpointSettings = { url: string; description: string | null; types: string[] | null };

/** A new endpoint, which is told what comes from now on. `secret` exists only in this result. */
export async function createEndpoint(
  tx: Transaction,
  ring: KeyRing,
  { agencyId, actor, now }: AgencyAct,
  settings: EndpointSettings,
): Promise<{ endpoint: EndpointRow; secret: Buffer }> {
  if ((await countEndpoints(tx, agencyId)) >= ENDPOINTS_MAX)
    throw new AppError("conflict", { note: `an agency has at most ${ENDPOINTS_MAX} endpoints` });
  const { newest } = await readExtent(tx);
  const id = newUuid();
  const endpoint = await insertEndpoint(tx, { id, agencyId, ...settings, place: newest.position, createdAt: now });
  const { row, secret } = newKey(ring, { endpointId: id, generation: 1 });
  await insertKey(tx, { ...row, createdAt: now });
  await audit(tx, actor, "webhook.create", endpoint);
  return { endpoint, secret };
}

export async function changeSettings(
  tx: Transaction,
  act: AgencyAct,
  { id, version }: { id: string; version: number },
  settings: Partial<EndpointSettings>,
): Promise<EndpointRow> {
  const current = await holdEndpoint(tx, act, id);
  if (current.version !== version) throw new AppError("precondition-failed");
  const health = settings.url === undefined ? {} : untroubled;
  const changed = await changeEndpoint(tx, id, { ...settings, ...health });
  await audit(tx, act.actor, "webhook.change", changed, { changed: Object.keys(settings) });
  return changed;
}

/** New keys; the old ones sign as well for `overlapHours` more, so that receivers change over when they like. */
export async function rotateKeys(
  tx: Transaction,
  ring: KeyRing,
  act: AgencyAct,
  { id, overlapHours }: { id: string; overlapHours: number },
): Promise<{ endpoint: EndpointRow; secret: Buffer }> {
  await holdEndpoint(tx, act, id);
  const endsAt = new Date(act.now.getTime() + overlapHours * HOUR_MS);
  const generation = 1 + (await retireKeys(tx, id, endsAt, act.now));
  const { row, secret } = newKey(ring, { endpointId: id, generation });
  await insertKey(tx, { ...row, createdAt: act.now });
  const endpoint = await changeEndpoint(tx, id, {});
  await audit(tx, act.actor, "webhook.rotate_secret", endpoint, { overlapHours });
  return { endpoint, secret };
}

/**
 * Goes on with everything that the endpoint was not told, from the first attempt on. What is no longer kept is
 * `events-gone`, unless the agency says that it is to be left out.
 */
export async function enableEndpoint(
  tx: Transaction,
  act: AgencyAct,
  { id, skipGone }: { id: string; skipGone: boolean },
): Promise<EndpointRow> {
  const { place } = await holdEndpoint(tx, act, id);
  const { prunedThrough } = await readExtent(tx);
  if (place < prunedThrough && !skipGone) throw new AppError("events-gone");
  await restartPending(tx, id, act.now);
  const enabled = await changeEndpoint(tx, id, {
    state: "enabled",
    disabledBy: null,
    disabledAt: null,
    place: Math.max(place, prunedThrough),
    ...untroubled,
  });
  await audit(tx, act.actor, "webhook.enable", enabled, { skipped: place < prunedThrough });
  return enabled;
}

/** By the agency itself. */
export async function switchOffEndpoint(tx: Transaction, act: AgencyAct, id: string): Promise<EndpointRow> {
  const current = await holdEndpoint(tx, act, id);
  if (current.state === "disabled") throw new AppError("conflict", { note: "the endpoint is disabled" });
  const disabled = await setDisabled(tx, current, "switched_off", act.now);
  await audit(tx, act.actor, "webhook.disable", disabled);
  return disabled;
}

/** By the service, which also says so in the feed. What is to be delivered waits. */
export async function disableEndpoint(
  tx: Transaction,
  endpoint: EndpointRow,
  disabling: Disabling,
  now: Date,
): Promise<void> {
  const disabled = await setDisabled(tx, endpoint, disabling, now);
  await audit(tx, "system:deliveries", "webhook.disable", disabled, { disabling });
  const webhook = publicId("whk", endpoint.id);
  const data = { webhook, reason: disabling };
  await appendEvents(tx, [{ agencyId: endpoint.agencyId, type: "webhook.disabled", orderKey: webhook, data }]);
}

/** Tells everything after a token of the feed once more. A token behind what is still to be told changes nothing. */
export async function replayEvents(
  tx: Transaction,
  ring: Pick<KeyRing, "cursorKey">,
  act: AgencyAct,
  { id, after }: { id: string; after: string },
): Promise<EndpointRow> {
  const current = await holdEndpoint(tx, act, id);
  if (current.state === "disabled") throw new AppError("conflict", { note: "enable the endpoint first" });
  const place = Math.min(current.place, await readToken(tx, ring.cursorKey, act.agencyId, after));
  const changed = await changeEndpoint(tx, id, { place, ...untroubled });
  await audit(tx, act.actor, "webhook.replay", changed, { events: current.place - place });
  return changed;
}

/** Its keys are forgotten and nothing more is sent; the log stays as long as that of others. */
export async function removeEndpoint(tx: Transaction, act: AgencyAct, id: string): Promise<void> {
  await holdEndpoint(tx, act, id);
  await cancelPending(tx, id, act.now);
  await deleteKeys(tx, id);
  const removed = await changeEndpoint(tx, id, {
    state: "removed",
    disabledBy: null,
    disabledAt: null,
  });
  await audit(tx, act.actor, "webhook.remove", removed);
}

export async function requireEndpoint(reader: Reader, agencyId: string, id: string): Promise<EndpointRow> {
  const found = await findEndpoint(reader, agencyId, id);
  if (!found) throw new AppError("not-found");
  return found;
}

const untroubled = { failures: 0, pausedUntil: null, isSlow: false } satisfies EndpointChanges;

/** The agency's endpoint, held to the end of the transaction. */
async function holdEndpoint(tx: Transaction, { agencyId }: AgencyAct, id: string): Promise<EndpointRow> {
  const found = await lockEndpoint(tx, id);
  if (found?.agencyId !== agencyId || found.state === "removed") throw new AppError("not-found");
  return found;
}

async function setDisabled(tx: Transaction, { id }: EndpointRow, disabledBy: Disabling, now: Date) {
  return changeEndpoint(tx, id, { state: "disabled", disabledBy, disabledAt: now });
}

/** The address stays out of the trail: it may hold a secret of the receiver's. */
async function audit(
  tx: Transaction,
  actor: string,
  action: string,
  { id, version }: EndpointRow,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await appendAudit(tx, { actor, action, subject: publicId("whk", id), detail: { version, ...detail } });
}
