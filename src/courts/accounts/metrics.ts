// What operators see of sign-ins: how many were let in, refused, and not even looked at.
import { Counter, type Registry } from "../../platform/metrics.ts";

/** `paused`: too many before it failed, so nothing was compared. */
export type AttemptOutcome = "accepted" | "refused" | "paused";
export type CountAttempt = (outcome: AttemptOutcome) => void;

export function countSignIns(registry: Registry): CountAttempt {
  const attempts = new Counter({
    name: "shixin_sign_in_attempts_total",
    help: "Attempts to show both factors, or a code for a first sign-in",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["accepted", "refused", "paused"]) attempts.inc({ outcome }, 0);
  return (outcome) => attempts.inc({ outcome });
}
