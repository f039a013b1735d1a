// Watching a party: the agency is told when the party is listed and when that ends. No check is made and none recorded.
import { appendAudit, appendAuditEntries } from "../../audit/index.ts";
import { keysOf, type Party, type SealedParty } from "../../checks/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { seal } from "../../platform/envelope.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { holdFollower } from "../../registry/index.ts";
import { insertKnown } from "./match-queries.ts";
import { findWatch, setEnded, upsertWatches, type WatchRow } from "./queries.ts";
import type { WatchInput } from "./request.ts";

/** The follower of the register that tells watchers. */
export const FOLLOWER = "watches";

export type AgencyCaller = { agencyId: string; keyId: string };
export type Watched = WatchRow & { isNew: boolean };

/** Watches parties from now on, in their order; whoever the matter watches already is watched until the new last day. */
export async function watchParties(
  tx: Transaction,
  ring: KeyRing,
  caller: AgencyCaller,
  input: Omit<WatchInput, "parties"> & { parties: Party[] },
  today: string,
): Promise<Watched[]> {
  if (input.parties.length === 0) return [];
  // Until the commit the register's changes wait, so that none falls between what is known and what will be told.
  await holdFollower(tx, FOLLOWER);
  const drafts = input.parties.map((party) => draftOf(ring, caller.agencyId, input, party));
  const byParty = new Map(drafts.map((draft) => [draft.subjectIndex.toString("hex"), draft]));
  const rows = await upsertWatches(tx, [...byParty.values()]);
  const ids = rows.map(({ id }) => id);
  await insertKnown(tx, ids, today);
  const { purpose, caseReference, operator, expiresOn } = input;
  await appendAuditEntries(
    tx,
    rows.map(({ id, isNew, role }) => ({
      actor: actorOf(caller),
      action: isNew ? "watch.create" : "watch.renew",
      subject: publicId("wat", id),
      detail: { purpose: purpose.code, caseReference, operator, role, expiresOn },
    })),
  );
  const found = new Map(rows.map((row) => [row.subjectIndex.toString("hex"), row]));
  return drafts.map(({ subjectIndex }) => {
    const row = found.get(subjectIndex.toString("hex"));
    if (!row) throw new Error("a watch was put up and is not there");
    return row;
  });
}

function draftOf(
  ring: KeyRing,
  agencyId: string,
  { purpose, caseReference, operator, expiresOn }: Omit<WatchInput, "parties">,
  party: Party,
) {
  const id = newUuid();
  const { kind, number, country } = party.identity;
  const { keys, nameKeys } = keysOf(ring, party);
  const sealed: SealedParty = { names: [party.name, ...(party.formerNames ?? [])], number, country };
  return {
    id,
    agencyId,
    purpose: purpose.code,
    lists: purpose.lists,
    caseReference,
    operator,
    role: party.role,
    reference: party.reference ?? null,
    documentKind: kind,
    subjectIndex: Buffer.from(keys[0], "hex"),
    subjectSealed: seal(ring.dataKey, watchPlace(id), JSON.stringify(sealed)),
    nameKeys,
    expiresOn,
  };
}

/** What an envelope of `watch.subject_sealed` is bound to. */
export function watchPlace(id: string): string {
  return `watch.subject_sealed ${id}`;
}

/** The agency needs it no longer. Again it changes nothing. */
export async function withdrawWatch(tx: Transaction, caller: AgencyCaller, id: string): Promise<WatchRow> {
  const ended = await setEnded(tx, { id, agencyId: caller.agencyId }, "withdrawn");
  const row = ended ?? (await findWatch(tx, caller.agencyId, id));
  if (!row) throw new AppError("not-found");
  if (ended) await appendAudit(tx, { actor: actorOf(caller), action: "watch.end", subject: publicId("wat", id) });
  return row;
}

/** On order: the party is not watched any more, and nothing tells that it was. */
export async function eraseWatch(
  tx: Transaction,
  { actor, reason }: { actor: string; reason: string },
  id: string,
): Promise<void> {
  if (!(await setEnded(tx, { id, agencyId: null }, "erased"))) throw new AppError("not-found");
  await appendAudit(tx, { actor, action: "watch.end", subject: publicId("wat", id), reason });
}

function actorOf({ agencyId, keyId }: AgencyCaller): string {
  return `agency:${publicId("agy", agencyId)}/${keyId}`;
}
