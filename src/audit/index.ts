// What happened, by whom and why: the trail that every act writes to, and the public log that anyone can verify.
export { appendFacts, appendSeries, type Fact } from "./append.ts";
export { type AuditEntry, appendAudit, appendAuditEntries } from "./entry.ts";
export { factSource } from "./fact-source.ts";
export { checkLog, type EntrySource, type FsckReport } from "./fsck.ts";
export { type LogIdentity, logIdentity, verifierKeysOf } from "./identity.ts";
export { LAG_SECONDS_MAX, LAG_SECONDS_TOLD, type LagWatch, watchLag } from "./lag.ts";
export {
  canonicalJson,
  commitmentOfText,
  formatOpening,
  formatReceipt,
  type Json,
  type Opening,
  parseVerifierKey,
  type VerifierKey,
} from "./log/index.ts";
export { monitorLog } from "./monitor.ts";
export { appendGroupSql } from "./outbox-queries.ts";
export { answerReceipt, readFactReceipt, readReceipt, type Receipt, receiptResponses } from "./receipt.ts";
export { logRoutes } from "./routes.ts";
export { newSalt } from "./salt.ts";
export { type Sequencer, sequencerConnection, startSequencer } from "./sequencer.ts";
export { proveEntry } from "./stored-log.ts";
