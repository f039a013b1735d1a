// Counts of a load of which nothing is counted yet.
import type { LoadCounts } from "./schema.ts";

export const noCounts: LoadCounts = {
  read: 0,
  accepted: 0,
  unchanged: 0,
  new: 0,
  changed: 0,
  ended: 0,
  rejected: 0,
  superseded: 0,
  disputed: 0,
  joined: 0,
  adopted: 0,
  parted: 0,
  conflicts: 0,
  rejectedByCode: {},
  unknownColumns: {},
};
