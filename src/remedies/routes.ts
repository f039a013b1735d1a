// Objections over HTTP: a court takes them in, reads them, and takes one act after another on them.
import { type CourtActor, type Door, listClocksOf, requireJurisdiction, visibleCourts } from "../courts/index.ts";
import { pageOfTrail } from "../courts/trail/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Database, Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newRouter, parseAs, type Router } from "../platform/http.ts";
import { publicId, uuidOf } from "../platform/id.ts";
import { readJson } from "../platform/json-request.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { Now } from "../platform/time.ts";
import { readVersion, versionTag } from "../platform/etag.ts";
import { requireListingId } from "./objection-acts.ts";
import { takeInObjection } from "./objection.ts";
import {
  actOperations,
  BODY_KIB_MAX,
  getObjection,
  getObjections,
  getObjectionTrail,
  ListQuery,
  NewPartyCode,
  objectionOperations,
  postObjection,
  postPartyCode,
} from "./operations.ts";
import { issuePartyCode } from "./party-code.ts";
import { findObjection, listObjections } from "./queries.ts";
import { NewObjection, objectionDetail, objectionView } from "./resource.ts";
import { enforcingCourt, listOpenActs } from "./step.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type ObjectionRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function objectionRoutes(options: ObjectionRoutesOptions): Router {
  const { db, ring, door, now } = options;
  const router = newRouter();
  for (const operation of objectionOperations) router.openAPIRegistry.registerPath(operation);

  addTrail(router, options);

  router.get("/objections", door.requireCourt(getObjections), async (c) => {
    const { cursor, limit, listing, ...given } = parseAs(ListQuery, c.req.query());
    const courts = await visibleCourts(db, c.var.actor);
    const filter = { ...given, courts, listingId: listing === undefined ? undefined : requireListingId(listing) };
    const pages = pagesOf(ring.cursorKey, `objections ${c.var.actor.court} ${JSON.stringify({ ...given, listing })}`);
    const rows = await listObjections(db, filter, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.objection.id);
    return c.json({ data: page.map(objectionView), ...rest }, 200, NOT_KEPT);
  });

  router.get("/objections/:id", door.requireCourt(getObjection), async (c) => {
    const detail = await readDetail(db, objectionIdOf(c.req.param("id")), c.var.actor);
    return c.json(detail, 200, { ...NOT_KEPT, ETag: versionTag(detail.version) });
  });

  router.post("/objections", door.requireCourt(postObjection), async (c) => {
    const { listing, kind, ground, channel, receivedOn, statement, agent, contact } = parseAs(
      NewObjection,
      await readJson(c, BODY_BYTES_MAX),
    );
    const application = { party: null, statement, agent: agent ?? null, contact: contact ?? null };
    const applicant = agent ? ("agent" as const) : ("party" as const);
    const given = { kind, ground, channel, applicant, application, receivedOn, listingId: requireListingId(listing) };
    const detail = await db.transaction(async (tx) => {
      const { id } = await takeInObjection(tx, ring, c.var.actor, given, now());
      return readDetail(tx, id, c.var.actor);
    });
    const Location = `/v1/objections/${detail.id}`;
    return c.json(detail, 201, { ...NOT_KEPT, Location, ETag: versionTag(detail.version) });
  });

  router.post("/party-codes", door.requireCourt(postPartyCode), async (c) => {
    const { listing } = parseAs(NewPartyCode, await readJson(c, BODY_BYTES_MAX));
    const issue = (tx: Transaction) => issuePartyCode(tx, ring, c.var.actor, requireListingId(listing));
    return c.json(await db.transaction(issue), 201, NOT_KEPT);
  });

  for (const { act, operation } of actOperations)
    router.post(`/objections/:id/${act.name}`, door.requireCourt(operation), async (c) => {
      const { actor } = c.var;
      const target = {
        id: objectionIdOf(c.req.param("id")),
        version: readVersion(c.req.header("if-match")),
        now: now(),
      };
      const given = parseAs(act.body, await readJson(c, BODY_BYTES_MAX));
      const detail = await db.transaction(async (tx) => {
        await act.take(tx, actor, target, given);
        return readDetail(tx, target.id, actor);
      });
      return c.json(detail, 200, { ...NOT_KEPT, ETag: versionTag(detail.version) });
    });

  return router;

  async function readDetail(reader: Reader, id: string, actor: CourtActor) {
    const found = await readSeen(reader, id, actor);
    const clocks = await listClocksOf(reader, publicId("obj", id));
    const acts = await listOpenActs(reader, actor, found, now());
    return objectionDetail(ring, found, { clocks, acts }, now());
  }
}

function addTrail(router: Router, { db, ring, door }: ObjectionRoutesOptions): void {
  router.get("/objections/:id/audit", door.requireCourt(getObjectionTrail), async (c) => {
    const id = objectionIdOf(c.req.param("id"));
    await readSeen(db, id, c.var.actor);
    return c.json(await pageOfTrail({ db, ring }, publicId("obj", id), c.req.query()), 200, NOT_KEPT);
  });
}

async function readSeen(reader: Reader, id: string, actor: CourtActor) {
  const found = await findObjection(reader, id);
  if (!found) throw new AppError("not-found");
  await requireJurisdiction(reader, actor, enforcingCourt(found), "see");
  return found;
}

function objectionIdOf(given: string): string {
  const id = uuidOf("obj", given);
  if (id === null) throw new AppError("not-found");
  return id;
}
