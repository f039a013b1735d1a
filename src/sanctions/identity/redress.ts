// The redress code: what whoever is mistaken for a listed party shows at the next counter, and what it confirms there.
import { appendAudit } from "../../audit/index.ts";
import { codeOf, digestOfCode } from "../../checks/index.ts";
import { findCourt } from "../../courts/index.ts";
import type { DocumentKind } from "../../identity/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { openAsked } from "./identity-request.ts";
import { findAskedRequest, findRedress, type RequestRow } from "./queries.ts";

const ENDING_LENGTH = 4;

/** All that the code confirms: neither whose listing it is, nor which, nor the rest of the number. */
export type Redress = { courtName: string; foundOn: string; documentKind: DocumentKind; ending: string };

/** The same whenever it is printed again. */
export function redressCodeOf({ credentialKey }: KeyRing, id: string): string {
  return codeOf(credentialKey, publicId("idr", id));
}

export function redressDigestOf(ring: KeyRing, id: string): Buffer {
  return digestOfCode(ring.credentialKey, redressCodeOf(ring, id));
}

/** For an agency that asked, to hand over on paper; `not-found` where no such finding stands. */
export async function issueRedress(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  { agencyId, id }: { agencyId: string; id: string },
): Promise<Redress & { code: string }> {
  const found = await findAskedRequest(tx, agencyId, id);
  if (!found || found.request.finding !== "different" || found.request.revokedAt !== null)
    throw new AppError("not-found");
  await appendAudit(tx, { actor, action: "redress_code.print", subject: publicId("idr", id) });
  return { ...(await redressOf(tx, ring, found.request)), code: redressCodeOf(ring, id) };
}

/** What a code that somebody typed confirms; null where it is nobody's, or its finding was taken back. */
export async function confirmRedress(reader: Reader, ring: KeyRing, code: string): Promise<Redress | null> {
  const found = await findRedress(reader, digestOfCode(ring.credentialKey, code));
  return found ? redressOf(reader, ring, found) : null;
}

async function redressOf(reader: Reader, ring: KeyRing, row: RequestRow): Promise<Redress> {
  const court = await findCourt(reader, row.court);
  if (row.answeredAt === null) throw new Error("a request without an answer has no redress");
  return {
    courtName: court?.name ?? row.court,
    foundOn: shanghaiDate(row.answeredAt),
    documentKind: row.documentKind as DocumentKind,
    ending: openAsked(ring, row).number.slice(-ENDING_LENGTH),
  };
}
