// Every deadline of the two lists: its last day across the holidays of 2026, its state at an instant, its correction.
import { describe, expect, test } from "vitest";
import {
  calendarOf,
  type Clock,
  clockKinds,
  type ClockName,
  clockOf,
  clockState,
  lastDayOf,
  recomputeClocks,
  shippedNotices,
} from "../../src/courts/index.ts";

const calendar = calendarOf(shippedNotices);
const at = (time: string) => new Date(`${time}+08:00`);

describe("last days", () => {
  test.each<[string, ClockName, string, string]>([
    ["art. 5: an application is decided within 15 days", "application_decision", "2026-11-02", "2026-11-17"],
    ["art. 9 para. 1: revoked within 3 working days", "revocation", "2026-09-30", "2026-10-10"],
    ["art. 9 para. 2: rectified within 3 working days", "rectification", "2026-04-30", "2026-05-08"],
    ["art. 10 para. 1: deleted within 3 working days of the ground", "deletion", "2026-02-13", "2026-02-25"],
    ["art. 10 para. 2: deleted within 3 working days of the end of the term", "expiry", "2026-09-24", "2026-09-30"],
    ["art. 12: a correction is reviewed within 15 days", "correction_review", "2026-09-18", "2026-10-08"],
    ["art. 12: what is upheld is carried out in 3 working days", "correction_execution", "2026-06-18", "2026-06-24"],
    ["art. 12: reconsideration is applied for within 10 days", "reconsideration_filing", "2026-09-24", "2026-10-08"],
    ["art. 12: reconsideration is decided within 15 days", "reconsideration_decision", "2026-11-06", "2026-11-23"],
    ["opinion art. 17: a successor is named within a month", "successor_naming", "2026-09-02", "2026-10-08"],
    ["a removal is looked at again by the next working day", "second_look", "2026-09-30", "2026-10-08"],
    ["an identity request is answered within 3 working days", "identity_request", "2026-09-18", "2026-09-22"],
  ])("%s", (_, kind, startedOn, dueOn) => {
    expect(clockOf(kind, startedOn, calendar)).toEqual({ kind, startedOn, dueOn });
  });

  test("the paper names the last day of grace, term and window; nothing is computed", () => {
    for (const kind of ["grace", "term", "exception_window"] as const) {
      expect(clockOf(kind, "2026-11-22", calendar, "2027-02-21").dueOn).toBe("2027-02-21");
      expect(() => clockOf(kind, "2026-11-22", calendar)).toThrow(TypeError);
    }
    expect(() => clockOf("deletion", "2026-11-22", calendar, "2027-02-21")).toThrow(TypeError);
    expect(() => lastDayOf("grace", "2026-11-22", calendar)).toThrow(TypeError);
  });

  test("every kind cites what it rests on, and says what starts and stops it in both languages", () => {
    const kinds = Object.values(clockKinds);
    expect(kinds.length).toBeGreaterThan(0);
    for (const { article, starts, stops } of kinds)
      for (const text of [article, starts.zh, starts.en, stops.zh, stops.en]) expect(text).not.toBe("");
  });
});

describe("state", () => {
  const deletion = clockOf("deletion", "2026-11-20", calendar);
  const filing = clockOf("reconsideration_filing", "2026-11-02", calendar);

  test.each<[string, Clock, string | null, string, string]>([
    ["runs through the whole of its last day", deletion, null, "2026-11-25T23:59:59.999", "running"],
    ["is overdue from the midnight in Shanghai", deletion, null, "2026-11-26T00:00:00", "overdue"],
    ["is stopped in time on the last day", deletion, "2026-11-25T23:59:59", "2026-11-26T09:00:00", "stopped_in_time"],
    ["is stopped late a second afterwards", deletion, "2026-11-26T00:00:01", "2026-11-30T09:00:00", "stopped_late"],
    ["is still overdue before it was stopped", deletion, "2026-11-27T09:00:00", "2026-11-26T09:00:00", "overdue"],
    ["of a party's time elapses, and nobody is late", filing, null, "2026-11-13T00:00:00", "elapsed"],
  ])("a clock %s", (_, clock, stoppedAt, now, state) => {
    expect(clockState(clock, stoppedAt === null ? null : at(stoppedAt), at(now))).toBe(state);
  });

  test("who pays at six in the morning and is deleted that day has stopped the clock on the day it began", () => {
    const clock = clockOf("deletion", "2026-10-01", calendar);
    expect(clock.dueOn).toBe("2026-10-10");
    expect(clockState(clock, at("2026-10-01T06:20:00"), at("2026-10-01T06:20:00"))).toBe("stopped_in_time");
  });
});

describe("when the calendar changes", () => {
  const [notice2025, notice2026] = shippedNotices;
  if (!notice2025 || !notice2026) throw new Error("the notices of 2025 and 2026 are not shipped");
  const invented2027 = {
    year: 2027,
    title: "2027年部分节假日安排（演示）",
    issuedOn: "2026-11-30",
    holidays: [
      { name: "元旦", from: "2027-01-01", to: "2027-01-03", workdays: [] },
      { name: "国庆节", from: "2027-10-01", to: "2027-10-07", workdays: [] },
    ],
  };

  test("a clock past the known end has no last day, and nobody says it is in time or late", () => {
    const clock = clockOf("application_decision", "2026-12-20", calendar);
    expect(clock.dueOn).toBeNull();
    expect(clockState(clock, null, at("2027-03-01T09:00:00"))).toBe("due_unknown");
    expect(clockState(clock, at("2026-12-21T09:00:00"), at("2027-03-01T09:00:00"))).toBe("due_unknown");
  });

  test("the next notice settles it, and only what changes comes back", () => {
    const waiting = { id: "a", ...clockOf("application_decision", "2026-12-18", calendar) };
    const settled = { id: "b", ...clockOf("application_decision", "2026-11-02", calendar) };
    const stated = { id: "c", ...clockOf("grace", "2026-11-02", calendar, "2027-01-02") };
    const next = calendarOf([...shippedNotices, invented2027]);
    expect(recomputeClocks([waiting, settled, stated], next)).toEqual([{ ...waiting, dueOn: "2027-01-04" }]);
  });

  test("a correction moves the clocks that run across it", () => {
    const extra = { name: "更正", from: "2026-11-24", to: "2026-11-24", workdays: [] };
    const corrected = { ...notice2026, issuedOn: "2026-11-20", holidays: [...notice2026.holidays, extra] };
    const clock = clockOf("deletion", "2026-11-20", calendar);
    const moved = recomputeClocks([clock], calendarOf([notice2025, corrected]));
    expect(moved).toEqual([{ ...clock, dueOn: "2026-11-26" }]);
  });
});
