// Certificates of checks (核查凭证): issued to the asking agency, and confirmed to whoever holds the paper.
import { findAgency, findPurpose } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { displayMask, type DocumentKind, maskName } from "../../identity/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId, uuidAfter } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Outcome } from "../answer.ts";
import { type CheckRow, findCheck } from "../queries.ts";
import { openParty } from "../record.ts";
import { BATCH_SUBJECTS_MAX } from "../request.ts";
import { codeOf, digestOfCode } from "./code.ts";
import { type CertificateRow, findCertificate, insertCertificate, listBatch } from "./queries.ts";

/** The ids of a batch's checks are made right after its own. */
const BATCH_MS_MAX = 5_000;

export type Certified = Pick<CertificateRow, "kind" | "agencyId" | "subjectId">;

export type Certificate = {
  id: string;
  code: string;
  issuedAt: Date;
  agencyName: string;
  checks: [CheckRow, ...CheckRow[]];
};

/** Issues the certificate of an agency's own check or batch. Printed again, it has the same code and date. */
export async function issueCertificate(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  certified: Certified,
): Promise<Certificate> {
  const [first, ...rest] = await readCertified(tx, certified);
  const agency = await findAgency(tx, certified.agencyId);
  if (!first || !agency) throw new AppError("not-found");
  const id = idOf(certified);
  const code = codeOf(ring.credentialKey, id);
  const codeDigest = digestOfCode(ring.credentialKey, code);
  const inserted = await insertCertificate(tx, { ...certified, codeDigest, issuedBy: actor });
  if (inserted) await appendAudit(tx, { actor, action: "certificate.issue", subject: id });
  const issued = inserted ?? (await findCertificate(tx, codeDigest));
  if (!issued) throw new Error("a certificate is neither new nor there");
  return { id, code, issuedAt: issued.issuedAt, agencyName: agency.name, checks: [first, ...rest] };
}

/** What the holder of the paper is told, to compare it with: enough to find a forgery out, and no more. */
export type CertificateRecord = {
  id: string;
  issuedAt: Date;
  checkedAt: Date;
  agencyName: string;
  purpose: string;
  parties: { name: string; document: string; outcome: Outcome }[];
};

/** The certificate behind a code that somebody typed; null where none was issued under it. */
export async function confirmCertificate(
  reader: Reader,
  ring: KeyRing,
  code: string,
): Promise<CertificateRecord | null> {
  const issued = await findCertificate(reader, digestOfCode(ring.credentialKey, code));
  if (!issued) return null;
  const checks = await readCertified(reader, issued);
  const [agency, [first]] = [await findAgency(reader, issued.agencyId), checks];
  if (!first || !agency) return null;
  return {
    id: idOf(issued),
    issuedAt: issued.issuedAt,
    checkedAt: first.checkedAt,
    agencyName: agency.name,
    purpose: findPurpose(first.purpose)?.title ?? first.purpose,
    parties: checks.map((row) => maskedParty(ring, row)),
  };
}

function maskedParty(ring: KeyRing, row: CheckRow): CertificateRecord["parties"][number] {
  const { names, number } = openParty(ring, row);
  return {
    // Names of organisations are public.
    name: row.organisationName ?? maskName(names[0] ?? ""),
    document: displayMask(row.documentKind as DocumentKind, number),
    outcome: row.outcome,
  };
}

function idOf({ kind, subjectId }: Certified): string {
  return publicId(kind === "check" ? "chk" : "bat", subjectId);
}

async function readCertified(reader: Reader, { kind, agencyId, subjectId }: Certified): Promise<CheckRow[]> {
  if (kind === "batch")
    return listBatch(reader, agencyId, subjectId, uuidAfter(subjectId, BATCH_MS_MAX), BATCH_SUBJECTS_MAX);
  const row = await findCheck(reader, agencyId, subjectId);
  return row ? [row] : [];
}
