// What a party may do without an account: apply for a correction, say that it has performed, see where that stands, and
// who asked about it.
import type { ProxyList } from "../../platform/client-address.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { jsonBody, jsonResponse, newRouter, parseAs, problems, type Router, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { publicId } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { rateLimitFields } from "../../platform/rate-limit.ts";
import type { Now } from "../../platform/time.ts";
import { findClaimant } from "../party-code.ts";
import { type ListTold, purposeDelays, readWhoAsked, WhoAsked, type WhoAskedDelays } from "../who-asked.ts";
import { receiveApplication } from "./application.ts";
import { createPublicLimit, UNITS } from "./limit.ts";
import { claimOf, documentOf, PartyObjection, StandingRequest, WhoAskedRequest } from "./request.ts";
import { readStanding, Standing } from "./standing.ts";

const BODY_KIB_MAX = 32;
const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const body = [...bodyProblems, "party-not-verified", "quota-exceeded", "register-unavailable"] as const;
const tags = ["party"];

/** Of every answer that was counted. */
const headers = z.object({
  "RateLimit-Policy": z.string().openapi({ example: '"party-minute";q=30;w=60' }),
  RateLimit: z.string().openapi({ example: '"party-minute";r=29;t=60' }),
});

const Receipt = z
  .object({
    receipt: z.string().openapi({ description: "To be named at the court's window", example: "obj_…" }),
    state: z.enum(["unverified", "under_review"]),
    takenInOn: z.iso.date(),
  })
  .openapi("ObjectionReceipt");

const postObjection = {
  operationId: "applyForCorrection",
  method: "post" as const,
  path: "/public/objections",
  tags,
  summary: "当事人申请纠正（告知已履行） · A party applies for correction, or says that it has performed",
  description:
    "With the court's code the review begins today. Without it the application is kept as unverified whatever it names: " +
    "the receipt says nothing about any list, and the court's time runs from the day on which identity is shown at a " +
    "court's window or by post.",
  security: [],
  request: { body: jsonBody(PartyObjection, bodySize) },
  responses: {
    201: { ...jsonResponse("Taken in", Receipt), headers },
    ...problems(...body, "act-refused"),
  },
};

const postWhoAsked = {
  operationId: "whoAskedAboutMe",
  method: "post" as const,
  path: "/public/who-asked",
  tags,
  summary: "谁查询过我 · Who asked about me, when, for what, and with what answer, newest first",
  description:
    "For the party alone: document, name and the court's code. What the law withholds for now is counted. Which agencies " +
    "were told of a removal, and which have acknowledged it, stands beside it.",
  security: [],
  request: { body: jsonBody(WhoAskedRequest, bodySize) },
  responses: { 200: { ...jsonResponse("A page", WhoAsked), headers }, ...problems(...body, "invalid-cursor") },
};

const postStanding = {
  operationId: "readObjectionStanding",
  method: "post" as const,
  path: "/public/objections/standing",
  tags,
  summary: "凭回执查询办理情况 · Where an application stands, by its receipt and the party's document",
  description: "The same refusal for a receipt that nobody has and for one of another party.",
  security: [],
  request: { body: jsonBody(StandingRequest, bodySize) },
  responses: { 200: { ...jsonResponse("As it is now", Standing), headers }, ...problems(...body) },
};

export const partyOperations = [postObjection, postWhoAsked, postStanding];

export type PartyRoutesOptions = {
  db: Database;
  ring: KeyRing;
  now: Now;
  delays: WhoAskedDelays;
  listTold: ListTold;
  proxies: ProxyList;
};

export function partyRoutes(options: PartyRoutesOptions): Router {
  const { db, ring, now, delays: settings, listTold, proxies } = options;
  const delays = purposeDelays(settings);
  const limit = createPublicLimit({ ring, proxies });
  const router = newRouter();
  for (const operation of partyOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/public/objections", async (c) => {
    const taken = limit.takeAddress(c, UNITS.application);
    const given = parseAs(PartyObjection, await readJson(c, BODY_BYTES_MAX));
    const party = { name: given.name, document: documentOf(given.document) };
    const fields = rateLimitFields([...taken, ...limit.takeParty(c, party, UNITS.application)]);
    const { id, state, takenInOn } = await db.transaction((tx) => receiveApplication(tx, ring, given, now()));
    return c.json({ receipt: publicId("obj", id), state, takenInOn }, 201, { ...NOT_KEPT, ...fields });
  });

  router.post("/public/who-asked", async (c) => {
    const taken = limit.takeAddress(c, UNITS.look);
    const given = parseAs(WhoAskedRequest, await readJson(c, BODY_BYTES_MAX));
    const claim = claimOf(given);
    const fields = rateLimitFields([...taken, ...limit.takeParty(c, claim, UNITS.look)]);
    const subjectId = await findClaimant(db, ring, claim);
    if (subjectId === null) throw new AppError("party-not-verified");
    const { cursor, limit: rows } = given;
    const page = await readWhoAsked(db, ring, { subjectId, claim, delays, listTold, cursor, limit: rows, now: now() });
    return c.json(page, 200, { ...NOT_KEPT, ...fields });
  });

  router.post("/public/objections/standing", async (c) => {
    const taken = limit.takeAddress(c, UNITS.look);
    const { receipt, document: given } = parseAs(StandingRequest, await readJson(c, BODY_BYTES_MAX));
    const document = documentOf(given);
    const fields = rateLimitFields([...taken, ...limit.takeParty(c, { name: "", document }, UNITS.look)]);
    return c.json(await readStanding(db, ring, { receipt, document }), 200, { ...NOT_KEPT, ...fields });
  });

  return router;
}
