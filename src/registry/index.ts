// The register: who is listed, in which period, and in which order that changed.
export { type ExitOperation } from "./rules.ts";
export { type Ground, groundsOf } from "./grounds.ts";
export { COURT_SOURCE, type DraftDocument, endListing, type ListingDraft, publishListing } from "./listing.ts";
export { flagObjection } from "./objection-flag.ts";
export { findListing, hasListingsBeside } from "./queries.ts";
export { type GivenTerm, termOf } from "./term.ts";
export type { Listing, ListingContent } from "./content.ts";
export { applyStage, compareStage, type Difference, type Effects, type StagedLoad } from "./apply.ts";
export { differenceTable } from "./compare-queries.ts";
export { type Positions, recordStagedChanges } from "./change-queries.ts";
export { compareUndo, type Undo, undoLoad } from "./rollback.ts";
export { type UndoneLoad, undoTable } from "./rollback-queries.ts";
export { countLive, readSourceState } from "./state-queries.ts";
export { stateHashOf } from "./state-hash.ts";
export { type Party, type PartyKeys, type PartyKind, partyKindOf, partyOf, placeOfNumber } from "./party.ts";
export { analyzeRegister } from "./apply-queries.ts";
export { analyzeStage, countStagedRows, createStage, dropStage, keepStage, type Stage, stageOf } from "./stage.ts";
export { stageColumns, type StagedListing, type StagedValue, stagedValues } from "./stage.ts";
