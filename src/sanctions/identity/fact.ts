// What the public log commits to of a court's answer: what it found, about which listing, and that it was taken back. Whose
// number it is about is no part of it.
import type { Fact, Json } from "../../audit/index.ts";
import { publicId } from "../../platform/id.ts";
import type { RequestRow } from "./queries.ts";

export function answerOf(row: RequestRow): Fact {
  return factOf(row, { act: "answered", at: row.answeredAt?.toISOString() ?? null, by: row.answeredBy });
}

export function revocationOf(row: RequestRow): Fact {
  return factOf(row, { act: "revoked", at: row.revokedAt?.toISOString() ?? null, by: row.revokedBy });
}

function factOf({ id, court, finding, listingId }: RequestRow, act: Record<string, Json>): Fact {
  const subject = publicId("idr", id);
  const listing = publicId("lst", listingId);
  return { subject, fact: { ...act, court, finding, kind: "identity", listing, request: subject, v: 1 } };
}
