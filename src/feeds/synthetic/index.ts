// Invented lists of any size from a seed, with the truth that a check of each row must answer.
export { syntheticCourts, type SyntheticCourt } from "./court.ts";
export { writeSynthetic, type SyntheticCounts, type SyntheticFileOptions } from "./file.ts";
export { syntheticFaults, type SyntheticFault } from "./flaw.ts";
export { clearParties, clearParty, nearMisses, type NearMiss } from "./near-miss.ts";
export type { SyntheticKind, SyntheticOptions } from "./options.ts";
export type { SyntheticRow } from "./row.ts";
export { syntheticRows, type RowWithTruth } from "./rows.ts";
export type { SyntheticCheck, Truth } from "./truth.ts";
