// The audit trail of one object, with the names of the people in it.
export { readTrail, TrailEntry, trailEntryView, type TrailRow } from "./trail.ts";
