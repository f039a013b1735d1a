// The statements on identity requests and on the agencies that ask them.
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import { account, clock } from "../../courts/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { publicIdSql } from "../../platform/id-sql.ts";
import { listing } from "../../registry/schema.ts";
import { identityAsker, identityRequest } from "./schema.ts";

export type RequestRow = typeof identityRequest.$inferSelect;
export type AskerRow = typeof identityAsker.$inferSelect;
export type ClockRow = typeof clock.$inferSelect;
/** A request with its listing and the clock of its answer. */
export type RequestCase = { request: RequestRow; listing: typeof listing.$inferSelect; clock: ClockRow | null };

/** Undefined where one of the pair is open. */
export async function insertRequest(
  tx: Transaction,
  row: typeof identityRequest.$inferInsert,
): Promise<RequestRow | undefined> {
  const [inserted] = await tx.insert(identityRequest).values(row).onConflictDoNothing().returning();
  return inserted;
}

const isSettled = and(inArray(identityRequest.finding, ["same", "different"]), isNull(identityRequest.revokedAt));

/** The request of the pair that is open, or whose finding stands. No answer changes it until the transaction's end. */
export async function holdRequestOfPair(
  tx: Transaction,
  subjectIndex: Buffer,
  listingId: string,
): Promise<RequestRow | undefined> {
  const isPair = and(eq(identityRequest.subjectIndex, subjectIndex), eq(identityRequest.listingId, listingId));
  const [found] = await tx
    .select()
    .from(identityRequest)
    .where(and(isPair, or(isNull(identityRequest.finding), isSettled)))
    .orderBy(desc(identityRequest.id))
    .limit(1)
    .for("share");
  return found;
}

/** The last request of the pair, whatever became of it. */
export async function findLastRequest(
  reader: Reader,
  subjectIndex: Buffer,
  listingId: string,
): Promise<RequestRow | undefined> {
  const [found] = await reader
    .select()
    .from(identityRequest)
    .where(and(eq(identityRequest.subjectIndex, subjectIndex), eq(identityRequest.listingId, listingId)))
    .orderBy(desc(identityRequest.id))
    .limit(1);
  return found;
}

/** What the agency said last stands; its first question keeps its time. */
export async function writeAsker(tx: Transaction, row: AskerRow): Promise<{ isNew: boolean }> {
  const { checkId, operator, proofs, note } = row;
  const [written] = await tx
    .insert(identityAsker)
    .values(row)
    .onConflictDoUpdate({
      target: [identityAsker.requestId, identityAsker.agencyId],
      set: { checkId, operator, proofs, note },
    })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  return { isNew: written?.isNew === true };
}

const clockOfRequest = and(
  eq(clock.kind, "identity_request"),
  eq(clock.subject, sql.raw(publicIdSql("idr", "identity_request.id"))),
);

function casesOf(reader: Reader) {
  return reader
    .select({ request: identityRequest, listing, clock })
    .from(identityRequest)
    .innerJoin(listing, eq(listing.id, identityRequest.listingId))
    .leftJoin(clock, clockOfRequest);
}

export async function findRequest(reader: Reader, id: string): Promise<RequestCase | undefined> {
  const [found] = await casesOf(reader).where(eq(identityRequest.id, id));
  return found;
}

/** The same for an agency that asked. */
export async function findAskedRequest(
  reader: Reader,
  agencyId: string,
  id: string,
): Promise<(RequestCase & { asker: AskerRow }) | undefined> {
  const [found] = await listAsked(reader, agencyId, { id }, null, 1);
  return found;
}

export type RequestFilter = { state?: "open" | "answered" | undefined; overdueOn?: string | undefined };

function filterOf({ state, overdueOn }: RequestFilter): (SQL | undefined)[] {
  return [
    state && (state === "open" ? isNull(identityRequest.finding) : isNotNull(identityRequest.finding)),
    overdueOn === undefined ? undefined : and(isNull(identityRequest.finding), lt(clock.dueOn, overdueOn)),
  ];
}

/** The requests that these courts see, oldest first; null: all. */
export async function listRequests(
  reader: Reader,
  { courts, ...filter }: RequestFilter & { courts: readonly string[] | null },
  after: string | null,
  limit: number,
): Promise<RequestCase[]> {
  const competent = sql`coalesce(${listing.competentCourt}, ${listing.courtCode}, ${identityRequest.court})`;
  const asked = identityRequest.court;
  const isSeen =
    courts === null
      ? undefined
      : or(inArray(competent, [...courts]), and(identityRequest.viaLiaison, inArray(asked, [...courts])));
  return casesOf(reader)
    .where(and(isSeen, ...filterOf(filter), after === null ? undefined : gt(identityRequest.id, after)))
    .orderBy(asc(identityRequest.id))
    .limit(limit);
}

/** The requests that an agency asked, newest first. */
export async function listAsked(
  reader: Reader,
  agencyId: string,
  { id, ...filter }: RequestFilter & { id?: string },
  before: string | null,
  limit: number,
): Promise<(RequestCase & { asker: AskerRow })[]> {
  return reader
    .select({ request: identityRequest, listing, clock, asker: identityAsker })
    .from(identityAsker)
    .innerJoin(identityRequest, eq(identityRequest.id, identityAsker.requestId))
    .innerJoin(listing, eq(listing.id, identityRequest.listingId))
    .leftJoin(clock, clockOfRequest)
    .where(
      and(
        eq(identityAsker.agencyId, agencyId),
        id === undefined ? undefined : eq(identityAsker.requestId, id),
        before === null ? undefined : lt(identityAsker.requestId, before),
        ...filterOf(filter),
      ),
    )
    .orderBy(desc(identityAsker.requestId))
    .limit(limit);
}

export type NamedAsker = AskerRow & { agencyName: string };

/** Who asks, in the order in which they came. */
export async function listAskers(reader: Reader, requestIds: readonly string[]): Promise<NamedAsker[]> {
  if (requestIds.length === 0) return [];
  const rows = await reader
    .select({ asker: identityAsker, agencyName: agency.name })
    .from(identityAsker)
    .innerJoin(agency, eq(agency.id, identityAsker.agencyId))
    .where(inArray(identityAsker.requestId, [...requestIds]))
    .orderBy(asc(identityAsker.askedAt), asc(identityAsker.agencyId));
  return rows.map(({ asker, agencyName }) => ({ ...asker, agencyName }));
}

type Answer = Pick<RequestRow, "court" | "finding" | "reasons" | "answeredBy" | "answeredAt" | "redressDigest">;

/** No row where it has another version, or an answer. */
export async function setAnswer(
  tx: Transaction,
  { id, version }: Pick<RequestRow, "id" | "version">,
  answer: Answer,
): Promise<RequestRow | undefined> {
  const [updated] = await tx
    .update(identityRequest)
    .set({ ...answer, version: version + 1 })
    .where(and(eq(identityRequest.id, id), eq(identityRequest.version, version), isNull(identityRequest.finding)))
    .returning();
  return updated;
}

/** No row where it has another version, or no finding stands. */
export async function setRevoked(
  tx: Transaction,
  { id, version }: Pick<RequestRow, "id" | "version">,
  revocation: Pick<RequestRow, "revokedBy" | "revokedAt" | "revocationReason">,
): Promise<RequestRow | undefined> {
  const [updated] = await tx
    .update(identityRequest)
    .set({ ...revocation, version: version + 1 })
    .where(and(eq(identityRequest.id, id), eq(identityRequest.version, version), isSettled))
    .returning();
  return updated;
}

/** The request whose redress code this is, while its finding stands. */
export async function findRedress(reader: Reader, digest: Buffer): Promise<RequestRow | undefined> {
  const isCode = and(eq(identityRequest.redressDigest, digest), isNull(identityRequest.revokedAt));
  const [found] = await reader.select().from(identityRequest).where(isCode);
  return found;
}

/** Whether anybody at this court can answer. */
export async function hasStaff(reader: Reader, court: string): Promise<boolean> {
  const able = and(
    eq(account.courtCode, court),
    isNull(account.disabledAt),
    inArray(account.role, ["judge", "president"]),
  );
  return (await reader.select({ id: account.id }).from(account).where(able).limit(1)).length > 0;
}
