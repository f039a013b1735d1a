// A load as the API shows it, and what a caller sends to begin or decide one.
import { redactNumbers, textFault } from "../identity/index.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { LoadDifference } from "./difference.ts";
import { describeFinding } from "./finding.ts";
import { CLOCK_SKEW_MS } from "./order.ts";
import type { LoadRow } from "./queries.ts";
import { exceptionKinds, feedScopes, loadStates } from "./schema.ts";
import type { SourceRow } from "./source-queries.ts";
import { UPLOAD_BYTES_MAX } from "./upload.ts";
import { viewLoad } from "./view.ts";

const NAME_LENGTH_MAX = 200;
const OPERATOR_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;
const INTEGER_MAX = 2_147_483_647;

const line = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .superRefine((text, context) => {
      const fault = textFault(text) ?? (text !== "" && text.trim() === "" ? "too_short" : null);
      if (fault) context.addIssue({ code: "custom", params: { code: fault } });
    });

const operator = line(OPERATOR_LENGTH_MAX)
  .refine((text) => redactNumbers(text) === text)
  .transform((text) => text.normalize("NFKC").trim())
  .optional()
  .openapi({
    description:
      "The person who acts, as the agency names them in its own records; no identity number. Needed with a key; left out " +
      "with a session, which names the person itself",
    example: "officer 0417",
  });

export const NewLoad = z
  .strictObject({
    mode: z.enum(["snapshot", "delta"]).openapi({ description: "A snapshot is the whole list; a delta adds to it" }),
    name: line(NAME_LENGTH_MAX).openapi({
      description: "Of the file, for people",
      example: "list-2026-11-22.jsonl.gz",
    }),
    bytes: z.int().min(1).max(UPLOAD_BYTES_MAX).openapi({ description: "Length of the file as it is sent, in bytes" }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional()
      .openapi({ description: "Of the file as it is sent, in hexadecimal; another file is refused" }),
    rows: z.int().min(0).max(INTEGER_MAX).optional().openapi({
      description: "Rows that the file holds. A snapshot that does not say so may end few listings",
    }),
    asOf: z.iso
      .datetime({ offset: true, abort: true })
      .refine((text) => Date.parse(text) <= Date.now() + CLOCK_SKEW_MS, { params: { code: "out_of_range" } })
      .optional()
      .openapi({ description: "The moment for which the file speaks; default: 24 hours ago" }),
    sequence: z.int().min(0).max(INTEGER_MAX).optional().openapi({ description: "Number of a delta in its source" }),
    baseState: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional()
      .openapi({ description: "`stateHash` of the load that a delta goes on from" }),
    operator,
  })
  .openapi("NewLoad");

export const Release = z.strictObject({ operator }).openapi("LoadRelease");
export const ReasonedDecision = z
  .strictObject({ operator, reason: line(REASON_LENGTH_MAX).refine((text) => redactNumbers(text) === text) })
  .openapi("LoadDecision");

const time = z.string().openapi({ example: "2026-11-22T10:00:00.123+08:00" });
const rows = z.int();

const Counts = z
  .object({
    read: rows,
    accepted: rows,
    unchanged: rows,
    new: rows,
    changed: rows,
    ended: rows,
    rejected: rows,
    superseded: rows.openapi({ description: "Ended by their court, or their owner, after the file was cut" }),
    disputed: rows.openapi({ description: "Ended by another source before the file was cut" }),
    joined: rows.openapi({ description: "Of another source, and now named by this one too" }),
    adopted: rows.openapi({ description: "Taken over from a source of lower precedence" }),
    parted: rows.openapi({ description: "Of another source, and named by this one no longer" }),
    conflicts: rows.openapi({ description: "Contradict the listing of the source that owns it" }),
    rejectedByCode: z.record(z.string(), rows),
    unknownColumns: z.record(z.string(), rows),
  })
  .openapi({ description: "Rows by outcome; of a held load, what its release would do" });

const Gate = z.object({
  gate: z.string(),
  value: z.number(),
  threshold: z.number(),
  rows,
  finding: z.string().openapi({ description: "In words, Chinese first" }),
});

const Progress = z.object({
  phase: z.enum(["receiving", "validating", "comparing"]),
  rowsRead: rows,
  rowsRejected: rows,
  rowsPerSecond: z.int(),
  bytesRead: z.int(),
  bytesTotal: z.int(),
  elapsedSeconds: z.number(),
  secondsLeft: z.int().nullable().openapi({ description: "Until the file is read, estimated; null where unknown" }),
});

export const LoadResource = z
  .object({
    id: z.string().openapi({ example: "lod_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    state: z.enum(loadStates),
    source: z.string(),
    mode: z.enum(["snapshot", "delta"]),
    upload: z
      .object({ bytes: z.int(), received: z.int() })
      .nullable()
      .openapi({ description: "Bytes of the file and how many are safe on disk; null where it came another way" }),
    progress: Progress.nullable().openapi({ description: "While the file is imported, about every second" }),
    counts: Counts,
    gates: z.array(Gate).openapi({ description: "Gates that the load did not pass" }),
    stateHash: z.string().nullable().openapi({ description: "Of the source's live rows after the activation" }),
    liveRows: rows.nullable(),
    timings: z.object({ receivedMs: z.int(), comparedMs: z.int(), appliedMs: z.int() }).nullable(),
    fileName: z.string(),
    fileSha256: z.string().nullable(),
    expectedRows: rows.nullable(),
    asOf: time,
    sequence: z.int().nullable(),
    baseState: z.string().nullable(),
    failure: z.string().nullable().openapi({ description: "Why it failed, in English" }),
    actor: z.string(),
    startedAt: time,
    finishedAt: time.nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: time.nullable(),
    rolledBackBy: z.string().nullable(),
    rolledBackAt: time.nullable(),
  })
  .openapi("Load");

export function loadResource(row: LoadRow): z.infer<typeof LoadResource> {
  const { gates, ...load } = viewLoad(row);
  return {
    ...load,
    upload: row.uploadBytes === null ? null : { bytes: row.uploadBytes, received: row.receivedBytes },
    progress: row.state === "receiving" || row.state === "validating" ? progressOf(row) : null,
    gates: gates.map((finding) => ({ ...finding, finding: describeFinding(finding) })),
  };
}

function progressOf({ progress }: LoadRow): z.infer<typeof Progress> | null {
  if (!progress) return null;
  const { phase, read, rejected, bytes, bytesTotal, elapsedMs } = progress;
  const isReading = phase === "receiving" && bytes > 0;
  return {
    phase,
    rowsRead: read,
    rowsRejected: rejected,
    rowsPerSecond: elapsedMs > 0 ? Math.round((1000 * read) / elapsedMs) : 0,
    bytesRead: bytes,
    bytesTotal,
    elapsedSeconds: elapsedMs / 1000,
    secondsLeft: isReading ? Math.max(0, Math.round(((bytesTotal - bytes) * elapsedMs) / bytes / 1000)) : null,
  };
}

export const SourceResource = z
  .object({
    name: z.string(),
    scope: z.enum(feedScopes),
    scopeCode: z.string().nullable().openapi({ description: "The area or the court whose list it is" }),
    precedence: z.int().openapi({ description: "Of two sources that name a listing, the higher owns it" }),
    activation: z
      .enum(["automatic", "manual"])
      .openapi({ description: "manual: a load that passed its gates waits for a release as well" }),
    agency: z.string().nullable().openapi({ description: "Whose keys send its files" }),
  })
  .openapi("FeedSource");

export function sourceResource(source: SourceRow): z.infer<typeof SourceResource> {
  const { name, scope, scopeCode, precedence, activation, agencyId } = source;
  return { name, scope, scopeCode, precedence, activation, agency: agencyId && publicId("agy", agencyId) };
}

const COURTS_MAX = 5_000;

export const DifferenceResource = z
  .object({
    loadId: z.string(),
    courts: z
      .array(z.object({ court: z.string(), outcomes: z.record(z.string(), rows) }))
      .openapi({ description: `Rows by outcome, courts with the most first; at most ${COURTS_MAX}` }),
    courtsLeftOut: z.int(),
    exceptions: z
      .array(z.object({ kind: z.enum(exceptionKinds), listingId: z.string() }))
      .openapi({ description: "Listings that the load leaves as they are against its file; at most 10,000" }),
  })
  .openapi("LoadDifference");

export function differenceResource({ load, courts, exceptions }: LoadDifference): z.infer<typeof DifferenceResource> {
  const courtsLeftOut = Math.max(0, courts.length - COURTS_MAX);
  return { loadId: load.id, courts: courts.slice(0, COURTS_MAX), courtsLeftOut, exceptions };
}

export const RollbackResource = LoadResource.extend({
  undone: z.record(z.string(), rows).openapi({ description: "Rows by what the roll-back did with them" }),
}).openapi("RolledBackLoad");
