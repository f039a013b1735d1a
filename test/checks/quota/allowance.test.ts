// What may be handed out, and how many parties a sketch tells, without a database.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Limits } from "../../../src/agencies/index.ts";
import {
  type Allowance,
  drawn,
  grantable,
  type Level,
  portionOf,
  refill,
} from "../../../src/checks/quota/allowance.ts";
import { createSketch } from "../../../src/checks/quota/sketch.ts";

const DAY = "2026-11-22";
const levelOf = (limits: Limits, allowance: Allowance): Level => ({ scope: "agency", limits, allowance, persons: 0 });

test("whatever is drawn and handed back in whatever order, a day never gives more than its limit", () => {
  const step = fc.record({
    need: fc.integer({ min: 0, max: 2_000 }),
    back: fc.integer({ min: 0, max: 100 }),
    passedMs: fc.integer({ min: -1_000, max: 5_000 }),
  });
  const limits = fc.record({
    burst: fc.integer({ min: 1, max: 1_500 }),
    burstSeconds: fc.integer({ min: 1, max: 20 }),
    checksPerDay: fc.integer({ min: 1, max: 5_000 }),
    personsPerDay: fc.constant(1_000_000),
  });
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 60 }), (limits, steps) => {
      let known: Allowance | null = null;
      let nowMs = 0;
      let [held, elapsedMs, lastMs] = [0, 0, 0];
      for (const { need, back, passedMs } of steps) {
        nowMs = Math.max(0, nowMs + passedMs);
        if (nowMs > lastMs) [elapsedMs, lastMs] = [elapsedMs + nowMs - lastMs, nowMs];
        const level = levelOf(limits, refill(known, limits, { day: DAY, nowMs }));
        const units = grantable([level], { need, ahead: portionOf([level]), paced: true });
        const returned = Math.min(back, held + units);
        held += units - returned;
        known = drawn(drawn(level.allowance, units, limits, true), -returned, limits, true);
        expect(held).toBeLessThanOrEqual(limits.checksPerDay);
        expect(known.granted).toBe(held);
        // Bursts: what the bucket held, what ran in since, and one request that was larger than the bucket.
        expect(known.tokens).toBeGreaterThanOrEqual(-2_000);
        expect(known.tokens).toBeLessThanOrEqual(limits.burst);
      }
    }),
  );
});

test("a new day is whole, and a clock that was set back makes none of it sooner", () => {
  const limits = { burst: 10, burstSeconds: 10, checksPerDay: 100, personsPerDay: 100 };
  const used = drawn(refill(null, limits, { day: DAY, nowMs: 50_000 }), 100, limits, true);
  expect(grantable([levelOf(limits, used)], { need: 1, ahead: 0, paced: true })).toBe(0);
  expect(refill(used, limits, { day: DAY, nowMs: 40_000 })).toEqual(used);
  expect(refill(used, limits, { day: "2026-11-23", nowMs: 200_000 })).toMatchObject({ granted: 0, tokens: 10 });
});

test("a batch larger than the burst passes on a full bucket, and what it owes runs in before the next one", () => {
  const limits = { burst: 10, burstSeconds: 10, checksPerDay: 1_000, personsPerDay: 1_000 };
  const full = refill(null, limits, { day: DAY, nowMs: 0 });
  const batch = { need: 50, ahead: 0, paced: true };
  expect(grantable([levelOf(limits, full)], batch)).toBe(50);
  const owing = drawn(full, 50, limits, true);
  expect(grantable([levelOf(limits, owing)], { ...batch, need: 1 })).toBe(0);
  const later = refill(owing, limits, { day: DAY, nowMs: 41_000 });
  expect(grantable([levelOf(limits, later)], { ...batch, need: 1 })).toBe(1);
  expect(grantable([levelOf(limits, owing)], { ...batch, paced: false })).toBe(50);
});

test("a sketch tells a few parties to the party and many within its error, alone and merged", () => {
  const index = (i: number) => createHash("sha256").update(`party ${i}`).digest("hex");
  for (const [count, error] of [
    [10, 0],
    [1_000, 0.03],
    [100_000, 0.05],
  ] as const) {
    const [one, other] = [createSketch(), createSketch()];
    for (let i = 0; i < count; i++) for (let times = 0; times < 2; times++) (i % 2 ? one : other).add(index(i));
    one.merge(other.registers());
    expect(Math.abs(one.count() - count)).toBeLessThanOrEqual(count * error);
    expect(one.countNew([index(0), index(1)])).toBe(0);
  }
});
