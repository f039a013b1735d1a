// The feed over HTTP: a page from a place on, at once or when there is something to tell.
import type { EventEmitter } from "node:events";
import { type Callers, requireScope } from "../agencies/index.ts";
import type { Database } from "../platform/database.ts";
import { answerJson, jsonResponse, newRouter, parseAs, problems, type Router, z } from "../platform/http.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { eventTypeNames } from "./event-types.ts";
import { type FeedQuery, readFeed, tokenOf } from "./feed.ts";
import { EventView, eventView } from "./resource.ts";
import { watchEvents } from "./watch.ts";

const PAGE_ROWS_MAX = 200;
const WAIT_SECONDS_MAX = 20;

const EventQuery = z.strictObject({
  after: z.string().min(1).max(200).default("oldest").openapi({
    description: "The `resumeToken` of the page before; or `oldest`, what is kept; or `now`, what comes from now on",
  }),
  types: z
    .string()
    .max(1_000)
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(eventTypeNames)))
    .optional()
    .openapi({ type: "string", description: `Comma-separated, of ${eventTypeNames.join(", ")}` }),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(100),
  wait: z.coerce.number().int().min(0).max(WAIT_SECONDS_MAX).default(0).openapi({
    description: "Seconds for which an empty page waits for something to tell",
  }),
});

const EventPage = z.object({
  data: z.array(EventView),
  hasMore: z.boolean(),
  resumeToken: z.string().openapi({ description: "The next request's `after`, also of an empty page" }),
});

const getEvents = {
  operationId: "listEvents",
  method: "get" as const,
  path: "/events",
  tags: ["events"],
  summary: "通知事项 · What the agency is told, in order, from its own place on",
  description:
    "Every event at least once, in one order, with ids only. Keep the token once a page is worked off: whoever asks with " +
    "the same token again gets the same events again. They are kept for 30 days unless the operator says otherwise; a " +
    "token from before that is `events-gone`, and never a page with a hole.",
  security: [{ apiKey: ["events:read"] }],
  request: { query: EventQuery },
  responses: {
    200: jsonResponse("A page", EventPage),
    ...problems("unauthenticated", "scope", "validation", "invalid-cursor", "events-gone", "register-unavailable"),
  },
};

export const eventOperations = [getEvents];

export type EventRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; stopping: () => boolean };

export function eventRoutes({ db, ring, callers, stopping }: EventRoutesOptions): Router {
  const router = newRouter();
  for (const operation of eventOperations) router.openAPIRegistry.registerPath(operation);
  const watch = watchEvents(db, { stopping });

  router.get("/events", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "events:read");
    const { agencyId } = caller;
    const { wait, ...query } = parseAs(EventQuery, c.req.query());
    const signal = wait === 0 ? AbortSignal.abort() : waitingSignal(c.env.outgoing, wait * 1_000);
    const { events, place, hasMore } = await readWaiting({ agencyId, ...query }, signal);
    const resumeToken = tokenOf(ring.cursorKey, agencyId, place);
    return answerJson({ data: events.map(eventView), hasMore, resumeToken } satisfies z.infer<typeof EventPage>);
  });

  return router;

  async function readWaiting(query: FeedQuery, signal: AbortSignal) {
    for (;;) {
      const page = await readFeed(db, ring.cursorKey, query);
      if (page.events.length > 0 || !(await watch.until(page.place.position, signal))) return page;
      query = { ...query, after: tokenOf(ring.cursorKey, query.agencyId, page.place) };
    }
  }
}

/** Ends after `waitMsMax`, or with the caller's connection. */
function waitingSignal(response: EventEmitter, waitMsMax: number): AbortSignal {
  const left = new AbortController();
  response.once("close", () => left.abort());
  return AbortSignal.any([left.signal, AbortSignal.timeout(waitMsMax)]);
}
