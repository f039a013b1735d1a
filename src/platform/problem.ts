// Problem details (RFC 9457): from an error to the document a caller gets, and what of an error may be logged.
import { AppError, type FieldFault } from "./error.ts";
import { databaseCode, isUnavailable } from "./database.ts";
import { fieldCatalogue, type Language, type ProblemCode, problemOf } from "./problem-catalogue.ts";

/** Seconds after which a caller should ask again when the database does not answer. */
const RETRY_AFTER_SECONDS = 2;

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  instance?: string;
  requestId?: string;
  errors?: { pointer: string; code: string; detail: string }[];
};

/** The address of a code's page, or its IANA type where the standard names one. Relative to the service (RFC 9457 §3.1.1). */
export function problemType(code: ProblemCode): string {
  return problemOf(code).type ?? `/problems/${code}`;
}

/** The document for a code. `faults` become `errors`; nothing the caller sent is repeated. */
export function problemDocument(code: ProblemCode, language: Language, faults: FieldFault[] = []): ProblemDocument {
  const { title, status, advice } = problemOf(code);
  const document: ProblemDocument = {
    type: problemType(code),
    title: title[language],
    status,
    detail: advice[language],
    code,
  };
  if (faults.length > 0) {
    document.errors = faults.map((fault) => ({ ...fault, detail: fieldCatalogue[fault.code][language] }));
  }
  return document;
}

/** Any thrown value as an `AppError`: a database that cannot answer is 503, everything unexpected is 500. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isUnavailable(error)) return new AppError("register-unavailable", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  return new AppError("internal");
}

/**
 * What of an unexpected error may be logged: names, codes and places in the code. Messages are left out, because those
 * of PostgreSQL, drizzle and `JSON.parse` repeat the values they are about.
 */
export function loggableError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const named = (name: string) => (name in error ? String(Reflect.get(error, name)) : undefined);
  return {
    type: error.name,
    code: databaseCode(error) ?? undefined,
    note: error instanceof AppError ? error.message : undefined,
    constraint: named("constraint_name"),
    table: named("table_name"),
    routine: named("routine"),
    stack: framesOf(error),
    cause: error.cause === undefined ? undefined : loggableError(error.cause),
  };
}

/** The stack without its message, in which a hostile value may have lines that look like frames. */
function framesOf({ stack = "", message }: Error): string[] {
  const messageAt = stack.indexOf(message);
  if (messageAt < 0) return [];
  const frames = stack.slice(messageAt + message.length).split("\n");
  return frames.filter((line) => /^\s+at /.test(line));
}
