// Drafts of a court: several parties of one case in one form, each with a listing, a limit, or both; and their amendment.
import { appendAuditEntries } from "../audit/index.ts";
import {
  auditNameOf,
  type CourtActor,
  findCourt,
  hasAuthority,
  requireJurisdiction,
  staffOf,
} from "../courts/index.ts";
import { nameKey, parseCaseNumber } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { type Plan, type Taken, takeAct, type Target } from "./act.ts";
import { lockCase, type Proceeding } from "./act-queries.ts";
import { COURT_SOURCE, type Listing } from "./content.ts";
import { startDeadline } from "./deadlines.ts";
import {
  type DraftForm,
  type DraftListing,
  type DraftWords,
  entriesOf,
  listingRow,
  proceedingRow,
  readPartyDocument,
} from "./draft-form.ts";
import { type PartyKeys, partyOf } from "./party.ts";
import { findOrInsertSubjects } from "./party-queries.ts";
import { insertProceedings } from "./proceeding-queries.ts";
import { insertListings } from "./queries.ts";
import { refusalOf } from "./refusal.ts";
import { refusalError } from "./refusal-error.ts";
import { stated } from "./stated.ts";
import { decidedTerm } from "./term.ts";

export type { DraftForm } from "./draft-form.ts";

/** Draws up what the form says, all of it or nothing. A live listing of the same party in the same case is `conflict`. */
export async function draftListings(
  tx: Transaction,
  keys: PartyKeys,
  actor: CourtActor,
  form: DraftForm,
  now: Date,
): Promise<Listing[]> {
  const staff = staffOf(actor);
  if (!hasAuthority(staff, "clerk", shanghaiDate(now))) throw refusalError(refusalOf("role"));
  const number = parseCaseNumber(form.caseNumber);
  if (!number.ok) throw new AppError("validation", { faults: [{ pointer: "#/caseNumber", code: "bad_form" }] });
  const { courtCode, normal } = number.caseNumber;
  if (courtCode !== null) await requireJurisdiction(tx, actor, courtCode, "act");
  const court = await findCourt(tx, courtCode ?? actor.court ?? "");
  if (!court) throw new AppError("not-found");
  const drawn = entriesOf(form);
  await lockCase(tx, normal);
  const parties = await findParties(tx, keys, form);
  const entries = parties.flatMap((party, at) => (drawn[at] ?? []).map((entry) => ({ ...entry, ...party })));
  // A legacy number names no court: the case is that of the court that drafts.
  const competentCourt = courtCode === null ? actor.court : null;
  const place = { courtCode, caseNumber: normal, courtName: court.name ?? court.code, competentCourt };
  const listings = await insertListings(
    tx,
    entries.map((entry) => listingRow(form, entry, place)),
  );
  if (listings.length < entries.length)
    throw new AppError("conflict", { note: "a party is already listed in this case" });
  const formId = newUuid();
  await insertProceedings(
    tx,
    entries.map((entry) => proceedingRow(form, entry, { formId, draftedBy: [staff.id] })),
  );
  // Art. 5: the creditor's application is decided in 15 days from its receipt.
  if (form.initiatedBy === "creditor")
    for (const drafted of listings.filter(({ list }) => list === "dishonest"))
      await startDeadline(tx, drafted, { kind: "application_decision", startedOn: form.receivedOn });
  await appendAuditEntries(
    tx,
    entries.map(({ id, list, capacity }) => ({
      actor: auditNameOf(actor),
      action: "listing.draft",
      subject: publicId("lst", id),
      detail: { list, capacity, form: formId, version: 1 },
    })),
  );
  return listings;
}

async function findParties(tx: Transaction, keys: PartyKeys, form: DraftForm) {
  const read = form.parties.map((given, at) => {
    const document = readPartyDocument(given, at);
    return { document, party: partyOf(keys, document, nameKey(given.name)) };
  });
  const parties = read.map(({ party }) => party);
  const subjectIds = await findOrInsertSubjects(tx, keys, parties, COURT_SOURCE);
  return read.map((each, at) => ({ ...each, subjectId: subjectIds[at] ?? each.party.subjectId }));
}

export type Amendment = { [K in keyof DraftListing]?: DraftListing[K] | undefined } & DraftWords & {
    initiatedBy?: Proceeding["initiatedBy"] | undefined;
    receivedOn?: string | undefined;
    notice?: DraftForm["notice"] | undefined;
  };

/** Changes a draft. Whoever does so has drawn it up with the others, and does not decide on it. */
export async function amendDraft(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  amendment: Amendment,
): Promise<Taken> {
  const { grounds, groundAroseOn, checklist, term, performed, initiatedBy, receivedOn, notice, ...words } = amendment;
  const isOfList = stated({ grounds, groundAroseOn, checklist, term });
  return takeAct(tx, actor, target, ({ listing, proceeding }): Plan => {
    const [first] = listing.list === "consumption_limit" ? Object.keys(isOfList) : [];
    if (first) throw new AppError("validation", { faults: [{ pointer: `#/${first}`, code: "not_allowed" }] });
    const draftedBy = new Set(proceeding?.draftedBy).add(staffOf(actor).id);
    return {
      act: { name: "amend" },
      content: { ...stated({ ...words, grounds }), ...(term && decidedTerm(term, {})) },
      proceeding: {
        ...stated({ groundAroseOn, checklist, term, performed, initiatedBy, receivedOn }),
        ...(notice && { noticeEndsOn: notice.endsOn, warned: notice.warned }),
        draftedBy: [...draftedBy],
      },
    };
  });
}
