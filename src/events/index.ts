// What agencies are told, appended in the transaction of what it is about and read in one order.
export { appendEvents, appendEventsOf } from "./event.ts";
export { type EventType, eventTypes, type NewEvent } from "./event-types.ts";
export { type EventRow, listEventsAfter } from "./queries.ts";
