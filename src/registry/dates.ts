// Days as a court states them in an act.
import { AppError } from "../platform/error.ts";
import { shanghaiDate } from "../platform/time.ts";

/** What a court records has happened. */
export function refuseFuture(pointer: string, date: string, now: Date): void {
  if (date > shanghaiDate(now)) throw new AppError("validation", { faults: [{ pointer, code: "out_of_range" }] });
}

/** Whole years; who was born on 29 February is a year older on 1 March of a common year. */
export function ageOn(birthOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthOn.slice(0, 4));
  return on.slice(5) < birthOn.slice(5) ? years - 1 : years;
}
