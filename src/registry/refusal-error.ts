// A refusal of the law as the error that its caller gets: the article, and the reason in both languages.
import { AppError } from "../platform/error.ts";
import type { Refusal } from "./refusal.ts";

/** Throws what the law refuses. */
export function requireLawful<Granted extends object>(
  outcome: Granted | { refused: Refusal },
): asserts outcome is Exclude<Granted, { refused: Refusal }> {
  if ("refused" in outcome) throw refusalError(outcome.refused);
}

export function refusalError(refusal: Refusal): AppError {
  const code = refusal.code === "role" ? "authority" : "act-refused";
  return new AppError(code, { refusal, note: `${refusal.code}: ${refusal.reason.en}` });
}
