// What the log binds of a check's party: a commitment that whoever knows name and number can compute, and nobody reads.
import { commitmentOfText } from "../../audit/log/index.ts";

/** What `check_record.subject_sealed` holds. */
export type SealedParty = { names: string[]; number: string; country: string | null };

export function subjectCommitment(salt: Buffer, kind: string, party: SealedParty): string {
  const { names, number, country } = party;
  // Written in canonical order, so that the plain writer serves: 3 µs where the sorting one takes 6.
  return commitmentOfText(salt, JSON.stringify({ country, kind, names, number })).toString("hex");
}
