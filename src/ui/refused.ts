// What the API refused a page's request with, as the page tells it.
import type { ProblemCode } from "../platform/problem-catalogue.ts";

export type FieldRefusal = { pointer: string; code: string; detail: string };

export type Refusal = {
  status: number;
  code: ProblemCode;
  title: string;
  detail: string;
  requestId?: string;
  errors?: FieldRefusal[];
  /** The rule and its article, where the law does not allow the act. */
  refusal?: { code: string; article: string };
  retryAfter: string | null;
};

/** A problem document (RFC 9457) that a page received from the API. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

/** Of an answer that is no success: the service's own problem document. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const problem = (await response.json()) as Omit<Refusal, "retryAfter">;
  return { ...problem, retryAfter: response.headers.get("retry-after") };
}
