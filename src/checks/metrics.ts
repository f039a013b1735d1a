// What operators see of checks: how many, with which outcome, how long, and in groups of which size.
import { Counter, Histogram, type Registry } from "../platform/metrics.ts";
import type { Outcome } from "./answer.ts";
import type { OutcomeThen } from "./codes.ts";

export type CheckMetrics = {
  observeGroup: (identities: number, seconds: number) => void;
  countOutcomes: (outcomes: Iterable<Outcome>) => void;
  /** Of a check that was sent after the act. */
  countLate: (outcomeThen: OutcomeThen) => void;
  /** Of a request that came again under its Idempotency-Key. */
  countRepetition: (result: "answered" | "superseded") => void;
};

export function createCheckMetrics(registry: Registry): CheckMetrics {
  const checks = new Counter({
    name: "shixin_checks_total",
    help: "Identities checked and recorded",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const groups = new Histogram({
    name: "shixin_check_group_identities",
    help: "Identities answered by one statement",
    buckets: [1, 4, 16, 64, 256, 1000],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "shixin_check_group_duration_seconds",
    help: "From sending a group's statement to its answers",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [registry],
  });
  const repetitions = new Counter({
    name: "shixin_check_repetitions_total",
    help: "Checks sent again under their Idempotency-Key: answered as before, or superseded by a change of the list",
    labelNames: ["result"],
    registers: [registry],
  });
  const late = new Counter({
    name: "shixin_late_checks_total",
    help: "Checks sent after the agency had acted without an answer, by what held at the act as far as is known",
    labelNames: ["outcome_then"],
    registers: [registry],
  });
  return {
    observeGroup(identities, seconds) {
      groups.observe(identities);
      durations.observe(seconds);
    },
    countOutcomes(outcomes) {
      const counts = new Map<Outcome, number>();
      for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      for (const [outcome, count] of counts) checks.inc({ outcome }, count);
    },
    countLate: (outcomeThen) => late.inc({ outcome_then: outcomeThen }),
    countRepetition: (result) => repetitions.inc({ result }),
  };
}
