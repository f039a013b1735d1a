// What happened, by whom and why: the trail that every act writes to, and the public log that anyone can verify.
export { appendFacts, appendSeries, type Fact } from "./append.ts";
export { type AuditEntry, appendAudit } from "./entry.ts";
export { factSource } from "./fact-source.ts";
export { checkLog, type FsckReport } from "./fsck.ts";
export { type LogIdentity, logIdentity, verifierKeysOf } from "./identity.ts";
export { LAG_SECONDS_MAX, LAG_SECONDS_TOLD, type LagWatch, watchLag } from "./lag.ts";
export {
  canonicalJson,
  commitmentOfText,
  formatCheckpoint,
  formatReceipt,
  leafHash,
  parseCheckpoint,
  parseReceipt,
  parseVerifierKey,
  verifyReceipt,
} from "./log/index.ts";
export type { Hash, Json, ReceiptFault, Tree, VerifierKey } from "./log/index.ts";
export type { EntryKind, Placed } from "./log-queries.ts";
export { monitorLog } from "./monitor.ts";
export { entryOf, formatOpening, type Opening, parseOpening } from "./opening.ts";
export { appendGroupSql } from "./outbox-queries.ts";
export { packEntries, type PackedEntries, unpackEntries } from "./packed-entries.ts";
export { logRoutes } from "./routes.ts";
export { newSalt } from "./salt.ts";
export { type Sequencer, sequencerConnection, startSequencer } from "./sequencer.ts";
export { proveEntry } from "./stored-log.ts";
export type { EntrySource, EntrySources } from "./stretch.ts";
