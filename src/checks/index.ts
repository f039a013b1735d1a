// The check: one statement that reads the register, writes the record and answers; and the papers that prove it later.
export { addCheckCommand } from "./bulk/command.ts";
export { bulkOperations } from "./bulk/operations.ts";
export { bulkRoutes } from "./bulk/routes.ts";
export { startBulkWorker } from "./bulk/worker.ts";
export type { Grade } from "./answer.ts";
export { type CertificateRecord, confirmCertificate } from "./certificate/certificate.ts";
export { InvalidItem } from "./batch.ts";
export { codeOf, digestOfCode, formatCode, parseCode } from "./certificate/code.ts";
export { certificateOperations, certificateRoutes } from "./certificate/routes.ts";
export { type Checker, createChecker, keysOf } from "./check.ts";
export { checkSource } from "./entry-source.ts";
export { createHotConnection, type HotConnection } from "./connection.ts";
export { type Erasure, eraseChecksBefore, eraseChecksById } from "./erasure.ts";
export { createFeedbackDue } from "./feedback-due.ts";
export { hitOperations, hitRoutes } from "./hits/routes.ts";
export { createCheckMetrics } from "./metrics.ts";
export { type CheckRow, findCheck } from "./queries.ts";
export {
  documentLabels,
  type GivenParty,
  isAbout,
  outcomeLabels,
  partySentences,
  readReceiptFile,
  trustIn,
} from "./reading/index.ts";
export type { ReceiptReading, ReceiptTrust, SealedParty } from "./reading/index.ts";
export { openParty, partyView, RecordedCheck, RecordedSubject, recordView } from "./record.ts";
export { addRecordCommand } from "./record-command.ts";
export { replayOperations, replayRoutes } from "./replay/routes.ts";
export { type Party, purposeOf, readParty, requestFields, requireNumber, Subject, type Unread } from "./request.ts";
export { checkOperations, checkRoutes } from "./routes.ts";
