// Which loads a sender may see: an agency's system those of the sources of its agency, a court's staff those of the sources
// of their court, and of the courts below it. Others do not exist for them.
import { type Caller, type Callers, requireScope } from "../agencies/index.ts";
import { auditNameOf, type CourtActor, type Door, requireJurisdiction, type Security } from "../courts/index.ts";
import { visibleCourts } from "../courts/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { Guard } from "../platform/http.ts";
import { publicId, uuidOf } from "../platform/id.ts";
import type { LoadRow } from "./queries.ts";
import { findSource, listSourcesOf, type SourceRow } from "./source-queries.ts";
import { findSourceLoad } from "./upload-queries.ts";

/** An agency's system acts for a person whom it names; whoever is signed in at a court is that person. */
export type Sender = { kind: "agency"; caller: Caller } | { kind: "court"; actor: CourtActor };
type Needed = "act" | "see";
/** What an address names. */
export type Place = { source: string; id?: string };

export type LoadAccess = {
  /** For an operation on loads: `c.var.sender` is whoever comes. */
  enter: (operation: { method: string; security: Security }) => Guard<{ sender: Sender }>;
  sources: (sender: Sender) => Promise<SourceRow[]>;
  /** The name of the source, if the sender may do so much there. */
  source: (sender: Sender, place: Place, needed: Needed) => Promise<string>;
  /** The same with the load that the address names. */
  load: (sender: Sender, place: Place, needed: Needed) => Promise<LoadRow>;
  /** The load as it is now, for a sender who was let in. */
  again: (row: LoadRow) => Promise<LoadRow>;
};

export type LoadAccessOptions = { db: Database; callers: Callers; door: Door };

export function createLoadAccess({ db, callers, door }: LoadAccessOptions): LoadAccess {
  return {
    enter: (operation) => async (c, next) => {
      c.set("sender", await senderOf(c.req.header("authorization"), () => door.courtActor(c, operation)));
      await next();
    },
    async sources(sender) {
      if (sender.kind === "agency") return listSourcesOf(db, { agencyId: sender.caller.agencyId });
      return listSourcesOf(db, { courts: await visibleCourts(db, sender.actor) });
    },
    source,
    async load(sender, place, needed) {
      return find(await source(sender, place, needed), uuidOf("lod", place.id ?? ""));
    },
    again: (row) => find(row.source, row.id),
  };

  async function senderOf(authorization: string | undefined, actor: () => Promise<CourtActor>): Promise<Sender> {
    if (authorization === undefined) return { kind: "court", actor: await actor() };
    const caller = await callers.findFresh(authorization);
    requireScope(caller, "feeds:write");
    return { kind: "agency", caller };
  }

  async function source(sender: Sender, { source: name }: Place, needed: Needed): Promise<string> {
    const found = await findSource(db, name);
    if (!found) throw new AppError("not-found");
    if (sender.kind === "court") await requireJurisdiction(db, sender.actor, found.scopeCode, needed);
    else if (found.agencyId !== sender.caller.agencyId) throw new AppError("not-found");
    return found.name;
  }

  async function find(name: string, id: string | null): Promise<LoadRow> {
    const row = id === null ? null : await findSourceLoad(db, name, id);
    if (!row) throw new AppError("not-found");
    return row;
  }
}

/** The person who acts, as loads and the audit trail name them: a system names its own, whoever is signed in is named. */
export function personOf(sender: Sender, operator: string | undefined): string {
  const fault = (code: "required" | "not_allowed") =>
    new AppError("validation", { faults: [{ pointer: "#/operator", code }] });
  if (sender.kind === "court") {
    if (operator !== undefined) throw fault("not_allowed");
    return auditNameOf(sender.actor);
  }
  if (operator === undefined) throw fault("required");
  return `agency:${publicId("agy", sender.caller.agencyId)}/${operator}`;
}

/** Whose pages a cursor belongs to. */
export function ownerOf(sender: Sender): string {
  return sender.kind === "court" ? (sender.actor.court ?? "") : sender.caller.agencyId;
}
