// Listings over HTTP: a court reads what it is competent for, draws up drafts, and takes one act after another on them.
import { answerReceipt } from "../audit/index.ts";
import type { Door } from "../courts/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Database, Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { readVersion, versionTag } from "../platform/etag.ts";
import { newRouter, parseAs, type Router } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import { readJson } from "../platform/json-request.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { Now } from "../platform/time.ts";
import { readListingAt, readListingReceipt } from "./as-of.ts";
import { NewDraft } from "./act-request.ts";
import { draftListings } from "./draft.ts";
import { formOf } from "./draft-request.ts";
import {
  actOperations,
  AsOfQuery,
  BODY_KIB_MAX,
  getListing,
  getListingReceipt,
  getListings,
  listingOperations,
  ListQuery,
  postListings,
  ReceiptQuery,
} from "./operations.ts";
import { readActedOn, readCase, readCases, readDocuments } from "./reading.ts";
import { listingAsOfView, listingView, summaryView } from "./resource.ts";

export { listingOperations } from "./operations.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type ListingRoutesOptions = { db: Database; sql: Sql; ring: KeyRing; door: Door; now: Now };

export function listingRoutes(options: ListingRoutesOptions): Router {
  const router = newRouter();
  for (const operation of listingOperations) router.openAPIRegistry.registerPath(operation);
  addReadingRoutes(router, options);
  addReceiptRoute(router, options);
  addActRoutes(router, options);
  return router;
}

function addReadingRoutes(router: Router, { db, ring, door, now }: ListingRoutesOptions): void {
  router.get("/listings", door.requireCourt(getListings), async (c) => {
    const { actor } = c.var;
    const { cursor, limit, ...given } = parseAs(ListQuery, c.req.query());
    const filter = { ...given, court: given.court ?? actor.court ?? "" };
    const { court, list, state, caseNumber, task } = filter;
    const pages = pagesOf(ring.cursorKey, JSON.stringify(["listings", court, list, state, caseNumber, task]));
    const rows = await readCases(db, actor, filter, { now: now(), before: pages.after(cursor), limit: limit + 1 });
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.listing.id);
    const data = page.map((found) => summaryView(found, found.documents));
    return c.json({ data, ...rest }, 200, NOT_KEPT);
  });

  router.get("/listings/:id", door.requireCourt(getListing), async (c) => {
    const { asOf } = parseAs(AsOfQuery, c.req.query());
    const id = listingIdOf(c.req.param("id"));
    if (asOf !== undefined) {
      const at = new Date(asOf);
      return c.json(listingAsOfView(await readListingAt(db, c.var.actor, id, at), at), 200, NOT_KEPT);
    }
    const found = await readCase(db, c.var.actor, id, now());
    return c.json(listingView(found), 200, { ...NOT_KEPT, ETag: versionTag(found.listing.version) });
  });
}

function addReceiptRoute(router: Router, { db, sql, door }: ListingRoutesOptions): void {
  router.get("/listings/:id/receipt", door.requireCourt(getListingReceipt), async (c) => {
    const given = c.req.param("id");
    const { version } = parseAs(ReceiptQuery, c.req.query());
    const receipt = await readListingReceipt({ db, sql }, c.var.actor, listingIdOf(given), version);
    return answerReceipt(c, given, receipt);
  });
}

function addActRoutes(router: Router, { db, ring, door, now }: ListingRoutesOptions): void {
  router.post("/listings", door.requireCourt(postListings), async (c) => {
    const { actor } = c.var;
    const form = formOf(parseAs(NewDraft, await readJson(c, BODY_BYTES_MAX)));
    const drafts = await db.transaction(async (tx) => {
      const listings = await draftListings(tx, ring, actor, form, now());
      return readDocuments(
        tx,
        listings.map((listing) => ({ listing, exit: null })),
      );
    });
    return c.json({ data: drafts.map((draft) => summaryView(draft, draft.documents)) }, 201, NOT_KEPT);
  });

  for (const { act, operation } of actOperations)
    router.post(`/listings/:id/${act.name}`, door.requireCourt(operation), async (c) => {
      const { actor } = c.var;
      const target = { id: listingIdOf(c.req.param("id")), version: readVersion(c.req.header("if-match")), now: now() };
      const body = await readJson(c, BODY_BYTES_MAX);
      const found = await db.transaction(async (tx) => {
        await act.take(tx, actor, target, body);
        return readActedOn(tx, target.id, target.now);
      });
      return c.json(listingView(found), 200, { ...NOT_KEPT, ETag: versionTag(found.listing.version) });
    });
}

function listingIdOf(given: string): string {
  const id = uuidOf("lst", given);
  if (id === null) throw new AppError("not-found");
  return id;
}
