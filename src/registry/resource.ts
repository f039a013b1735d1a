// A listing as its court sees it: every member that leaves is named here.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import type { Case, ListingExit, Proceeding } from "./act-queries.ts";
import { competentCourt } from "./competence.ts";
import type { ListingAt } from "./as-of.ts";
import type { Listing } from "./content.ts";
import type { RunningTerm } from "./drafted-values.ts";
import type { DocumentMask } from "./listing-queries.ts";
import type { Openings } from "./openings.ts";
import type { WindowRow } from "./proceeding-queries.ts";
import type { Refusal } from "./refusal.ts";
import { listingStates, lists } from "./schema.ts";

const text = z.string().nullable();
const day = z.string().nullable().openapi({ example: "2026-11-23" });

const ProceedingResource = z.object({
  form: z.string().openapi({ description: "The same for all that was drawn up in one form" }),
  draftedBy: z.array(z.string()),
  initiatedBy: z.enum(["creditor", "court"]),
  receivedOn: z.string(),
  notice: z.object({ endsOn: z.string(), warned: z.boolean() }),
  performed: z.boolean(),
  groundAroseOn: day,
  checklist: z.record(z.string(), z.boolean().nullable()).nullable(),
  term: z
    .object({ kind: z.enum(["open", "fixed"]), months: z.int().nullable(), extension: text, runsFrom: text })
    .nullable()
    .openapi({ description: "As it was drafted; null for a limit" }),
  unitLimit: text,
  decision: z
    .object({
      number: text,
      sha256: text,
      decidedBy: z.string(),
      decidedAs: z.enum(["president", "delegate"]).nullable(),
    })
    .nullable(),
  service: z.object({ servedOn: z.string(), how: text }).nullable(),
  graceEndsOn: day,
  unperformedOn: day,
});

const ExitResource = z.object({
  operation: text,
  reason: text,
  endedBy: text,
  endedAt: text,
  reasonAroseOn: day,
  reachedCourtOn: day,
  creditorBarredUntil: day,
  limitToLift: text.openapi({ description: "The debtor's limit that has no reason left" }),
  secondLook: z.object({
    needed: z.boolean(),
    by: text,
    at: text,
    finding: z.enum(["confirmed", "objected"]).nullable(),
  }),
  shield: z.object({ needed: z.boolean(), on: day, by: text }),
});

const WindowResource = z.object({
  id: z.string(),
  measures: z.array(z.string()),
  from: z.string(),
  until: z.string(),
  openedBy: z.string(),
  closedAt: text,
});

export const BarResource = z.object({
  code: z.string(),
  article: z.string(),
  reason: z.object({ zh: z.string(), en: z.string() }),
});

const opening = { article: z.string(), refusal: BarResource.nullable() };
const OpenActResource = z.object({
  act: z.string().openapi({ description: "The last part of its address", example: "record-service" }),
  ...opening,
});
const OpenExitResource = z.object({ operation: z.string(), ground: text, ...opening });

export const ListingSummary = z
  .object({
    id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    version: z.int(),
    list: z.enum(lists),
    capacity: z.string(),
    state: z.enum(listingStates),
    party: z.object({
      name: z.string(),
      sex: z.enum(["male", "female"]).nullable(),
      ageAtPublication: z.int().nullable(),
      legalRepresentative: text,
      documents: z.array(z.object({ type: z.string(), masked: z.string() })),
    }),
    court: z.object({ code: text, name: z.string(), competent: text }),
    caseNumber: z.string(),
    handler: text,
    areaName: text,
    titleDocument: text,
    titleMaker: text,
    filedOn: day,
    grounds: z.array(z.string()),
    obligation: text,
    performance: text,
    performedPart: text,
    unperformedPart: text,
    decidedOn: day,
    effectiveOn: day,
    publishedOn: day,
    term: z.object({
      kind: z.enum(["open", "fixed", "unknown"]),
      runsFrom: z.enum(["decision", "effect", "publication"]).nullable(),
      endsOn: day,
    }),
    underObjection: z.boolean(),
    source: z.string(),
    exit: ExitResource.nullable(),
  })
  .openapi("ListingSummary");

export const ListingResource = ListingSummary.extend({
  proceeding: ProceedingResource.nullable().openapi({ description: "Null for what a file brought" }),
  windows: z.array(WindowResource),
  bars: z.array(BarResource).openapi({ description: "Of a draft: what forbids to decide it today" }),
  next: z
    .object({ acts: z.array(OpenActResource), exits: z.array(OpenExitResource) })
    .openapi({ description: "What whoever asks may do next, and what the law has against it today" }),
}).openapi("Listing");

export const ListingAsOf = ListingSummary.extend({
  asOf: z.string(),
  change: z.object({ kind: z.enum(["listed", "changed", "ended", "identified"]), position: z.int(), at: z.string() }),
}).openapi("ListingAsOf");

export type CaseView = Case & { documents: DocumentMask[]; windows: WindowRow[]; bars: Refusal[]; next: Openings };

export function summaryView(
  { listing, exit }: Pick<Case, "listing" | "exit">,
  documents: readonly DocumentMask[],
): z.infer<typeof ListingSummary> {
  const { termKind, termRunsFrom, termEndsOn } = listing;
  return {
    id: publicId("lst", listing.id),
    version: listing.version,
    list: listing.list,
    capacity: listing.capacity,
    state: listing.state,
    party: {
      name: listing.name,
      sex: listing.sex,
      ageAtPublication: listing.ageAtPublication,
      legalRepresentative: listing.legalRepresentative,
      documents: documents.map(({ kind, masked }) => ({ type: kind, masked })),
    },
    court: { code: listing.courtCode, name: listing.courtName, competent: competentCourt(listing) },
    caseNumber: listing.caseNumberRaw,
    handler: listing.handler,
    areaName: listing.areaName,
    titleDocument: listing.titleDocument,
    titleMaker: listing.titleMaker,
    filedOn: listing.filedOn,
    grounds: listing.grounds,
    obligation: listing.obligation,
    performance: listing.performance,
    performedPart: listing.performedPart,
    unperformedPart: listing.unperformedPart,
    decidedOn: listing.decidedOn,
    effectiveOn: listing.effectiveOn,
    publishedOn: listing.publishedOn,
    term: { kind: termKind, runsFrom: termRunsFrom, endsOn: termEndsOn },
    underObjection: listing.underObjection,
    source: listing.source,
    exit: listing.endedAt ? exitView(listing, exit) : null,
  };
}

export function listingView({ documents, windows, bars, next, ...found }: CaseView): z.infer<typeof ListingResource> {
  return {
    ...summaryView(found, documents),
    proceeding: found.proceeding && proceedingView(found.proceeding),
    windows: windows.map(windowView),
    bars: bars.map(barView),
    next: {
      acts: next.acts.map(({ name, article, refusal }) => {
        return { act: name.replaceAll("_", "-"), article, refusal: refusal && barView(refusal) };
      }),
      exits: next.exits.map(({ operation, ground, article, refusal }) => {
        return { operation, ground, article, refusal: refusal && barView(refusal) };
      }),
    },
  };
}

export function barView({ code, article, reason }: Refusal): z.infer<typeof BarResource> {
  return { code, article, reason };
}

export function listingAsOfView({ listing, change, documents }: ListingAt, asOf: Date): z.infer<typeof ListingAsOf> {
  const { kind, position, atMs } = change;
  return {
    ...summaryView({ listing, exit: null }, documents),
    asOf: shanghaiTime(asOf),
    change: { kind, position, at: shanghaiTime(new Date(atMs)) },
  };
}

function proceedingView(drawn: Proceeding): z.infer<typeof ProceedingResource> {
  const { decidedBy, decidedAs, servedOn } = drawn;
  return {
    form: drawn.formId,
    draftedBy: drawn.draftedBy,
    initiatedBy: drawn.initiatedBy,
    receivedOn: drawn.receivedOn,
    notice: { endsOn: drawn.noticeEndsOn, warned: drawn.warned },
    performed: drawn.performed,
    groundAroseOn: drawn.groundAroseOn,
    checklist: drawn.checklist,
    term: drawn.term && draftedTerm(drawn.term),
    unitLimit: drawn.unitLimitId && publicId("lst", drawn.unitLimitId),
    decision: decidedBy === null ? null : { number: drawn.decisionNumber, sha256: hexOf(drawn), decidedBy, decidedAs },
    service: servedOn === null ? null : { servedOn, how: drawn.servedHow },
    graceEndsOn: drawn.graceEndsOn,
    unperformedOn: drawn.unperformedOn,
  };
}

function draftedTerm(term: RunningTerm) {
  if (term.kind === "open") return { kind: term.kind, months: null, extension: null, runsFrom: null };
  const { kind, months, extension, runsFrom } = term;
  return { kind, months, extension, runsFrom };
}

function hexOf({ decisionPaper }: Proceeding): string | null {
  return decisionPaper?.toString("hex") ?? null;
}

function exitView(listing: Listing, exit: ListingExit | null): z.infer<typeof ExitResource> {
  return {
    operation: exit?.operation ?? listing.exitOperation,
    reason: listing.exitReason,
    endedBy: listing.endedBy,
    endedAt: timeOf(listing.endedAt),
    reasonAroseOn: exit?.reasonAroseOn ?? null,
    reachedCourtOn: exit?.reachedCourtOn ?? null,
    creditorBarredUntil: exit?.creditorBarredUntil ?? null,
    limitToLift: exit?.limitToLift ? publicId("lst", exit.limitToLift) : null,
    secondLook: {
      needed: exit?.needsSecondLook ?? false,
      by: exit?.secondLookBy ?? null,
      at: timeOf(exit?.secondLookAt ?? null),
      finding: exit?.finding ?? null,
    },
    shield: {
      needed: exit?.wasPublic ?? false,
      on: exit?.shieldedOn ?? null,
      by: exit?.shieldedBy ?? null,
    },
  };
}

function windowView({ id, measures, startsOn, endsOn, openedBy, closedAt }: WindowRow) {
  return {
    id: publicId("win", id),
    measures,
    from: startsOn,
    until: endsOn,
    openedBy,
    closedAt: timeOf(closedAt),
  };
}

function timeOf(instant: Date | null): string | null {
  return instant && shanghaiTime(instant);
}
