// How much agencies may ask: counted where it is recorded, handed out in portions, never overshot.
export { readStanding, type Standing } from "./drawing.ts";
export { WHOLE_AGENCY } from "./queries.ts";
export { createQuota, type Quota } from "./quota.ts";
