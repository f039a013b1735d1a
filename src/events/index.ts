// What agencies are told, appended in the transaction of what it is about and read in one order.
export { appendEvents, appendEventsOf } from "./event.ts";
export { type EventType, eventTypeNames, eventTypes, type NewEvent } from "./event-types.ts";
export { readToken, tokenOf } from "./feed.ts";
export { pruneEvents } from "./pruning.ts";
export { type EventPlace, type EventRow, listEventsAfter, readExtent } from "./queries.ts";
export { eventView } from "./resource.ts";
export { eventOperations, eventRoutes } from "./routes.ts";
