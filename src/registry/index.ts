// The register: who is listed, in which period, and in which order that changed.
export { type ExitOperation } from "./rules.ts";
export { type Ground, groundsOf } from "./grounds.ts";
export { type DraftDocument, endListing, type ListingDraft, publishListing } from "./listing.ts";
export { flagObjection } from "./objection-flag.ts";
export { findListing, hasListingsBeside } from "./queries.ts";
export { type GivenTerm, termOf } from "./term.ts";
export type { Listing, ListingContent } from "./content.ts";
export { type Applied, applyStage, compareStage, type Difference, type StagedLoad } from "./apply.ts";
export { type Party, type PartyKeys, type PartyKind, partyKindOf, partyOf, placeOfNumber } from "./party.ts";
export { analyzeRegister } from "./apply-queries.ts";
export {
  analyzeStage,
  createStage,
  dropStage,
  type Stage,
  stageColumns,
  type StagedListing,
  type StagedValue,
} from "./stage.ts";
export { stagedValues, stageOf } from "./stage.ts";
