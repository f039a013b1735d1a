// What can be asked and found about somebody's identity: which matches are open, which proofs count, and what an answer is.
import type { Grade } from "../../checks/index.ts";

/** The grades that need a person; an exact match is no question. */
export const openGrades = ["conflict", "probable"] as const satisfies Grade[];
export type OpenGrade = (typeof openGrades)[number];

export const findings = ["same", "different", "unable"] as const;
export type Finding = (typeof findings)[number];

/**
 * What an agency has seen of whom it asks about: the document itself; the police's certificate of former names and numbers;
 * the household register; an extract of the registry with former names; a court's paper; the party's own statement.
 */
export const proofKinds = [
  "id_document",
  "id_history",
  "household_register",
  "registry_extract",
  "court_paper",
  "statement",
] as const;
export type ProofKind = (typeof proofKinds)[number];

export function isOpenGrade(grade: Grade): grade is OpenGrade {
  return openGrades.some((open) => open === grade);
}
