// What a check's papers say to a person, and whether a receipt holds: pure, so that a browser runs it as well.
export { actionLabels, documentLabels, gradeLabels, listLabels, outcomeLabels, outcomeThenLabels } from "./labels.ts";
export { roleLabels } from "./labels.ts";
export {
  type GivenParty,
  isAbout,
  partySentences,
  type ReceiptReading,
  type ReceiptTrust,
  type ReceiptVerdict,
  readReceiptFile,
  trustIn,
} from "./receipt.ts";
export { type SealedParty, subjectCommitment } from "./subject.ts";
