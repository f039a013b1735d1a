// The service's own log: JSON lines, with errors cut down to what identifies no person.
import { type Logger, pino } from "pino";
import { loggableError } from "./problem.ts";

export type { Logger };

/** A logger to standard error, or to `destination` in tests. Pass errors as `{ err }`. */
export function createLog(destination?: NodeJS.WritableStream): Logger {
  const options = { base: null, serializers: { err: loggableError }, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, destination ?? pino.destination({ fd: 2, sync: false }));
}
