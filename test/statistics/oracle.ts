// The figures of a history as somebody would count them by hand, one fact after another.
import type { ClockRow } from "../../src/courts/index.ts";
import { clockKinds } from "../../src/courts/index.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { publicId } from "../../src/platform/id.ts";
import type { History } from "./history.ts";

/** `scope figure part body day` → how many. */
export type Tally = Map<string, number>;

type Place = { scope: string; figure: string; part?: string; body?: string; day: string; value?: number };

export function tallyOf(facts: History["facts"], clocks: readonly ClockRow[]): Tally {
  const tally: Tally = new Map();
  const add = ({ scope, figure, part = "", body = "", day, value = 1 }: Place) => {
    const place = [scope, figure, part, body, day].join(" ");
    if (value !== 0) tally.set(place, (tally.get(place) ?? 0) + value);
  };
  countChecks(facts, add);
  countTasks(facts, add);
  countOwed(facts, add);
  countRegister(facts, add);
  countExits(facts, clocks, add);
  countDuties(clocks, add);
  countObjections(facts, add);
  return tally;
}

type Add = (place: Place) => void;
const dayOf = shanghaiDate;

function countChecks({ checks }: History["facts"], add: Add): void {
  const seen = new Map<string, { asked: Set<number>; listed: Set<number> }>();
  for (const { agency, subject, outcome, at } of checks) {
    const day = dayOf(at);
    add({ scope: "agency", figure: "checks", part: outcome, body: agency, day });
    const key = `${agency} ${day.slice(0, 7)}`;
    const parties = seen.get(key) ?? { asked: new Set(), listed: new Set() };
    parties.asked.add(subject);
    if (outcome === "listed") parties.listed.add(subject);
    seen.set(key, parties);
  }
  for (const [key, { asked, listed }] of seen) {
    const [body = "", month = ""] = key.split(" ");
    const [year = 0, number = 0] = month.split("-").map(Number);
    const day = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
    add({ scope: "agency", figure: "persons", body, day, value: asked.size });
    add({ scope: "agency", figure: "personsListed", body, day, value: listed.size });
  }
}

function countTasks({ tasks }: History["facts"], add: Add): void {
  for (const { agency: body, at, dueOn, reports } of tasks.values()) {
    const scope = "agency";
    const opened = dayOf(at);
    add({ scope, figure: "tasksOpened", body, day: opened });
    const [first] = reports;
    const answered = first && dayOf(first.at);
    if (answered !== undefined) {
      const part = dueOn === null ? "undated" : answered > dueOn ? "late" : "in_time";
      add({ scope, figure: "tasksAnswered", part, body, day: answered });
    }
    if (dueOn !== null && (answered === undefined || answered > dueOn)) {
      const next = dayAfter(dueOn);
      add({ scope, figure: "tasksMissed", body, day: next > opened ? next : opened });
    }
    for (const [place, { kind, at: reportedAt, measures }] of reports.entries()) {
      const day = dayOf(reportedAt);
      add({ scope, figure: "feedback", part: kind, body, day });
      if (place > 0) add({ scope, figure: "feedbackReplaced", body, day });
      for (const { code, effect } of measures) {
        add({ scope, figure: "sanctions", part: code, body, day });
        add({ scope, figure: "sanctionsByEffect", part: effect, body, day });
      }
    }
  }
}

const dayAfter = (day: string) => dayOf(new Date(Date.parse(`${day}T12:00:00+08:00`) + 86_400_000));

function countOwed({ owed, lifted }: History["facts"], add: Add): void {
  const scope = "agency";
  for (const [body = "", day = ""] of lifted.map((each) => each.split(" ")))
    add({ scope, figure: "sanctionsLifted", body, day });
  for (const { kind, agency: body, on, dueOn, ended } of owed) {
    add({ scope, figure: cameAs[kind] ?? "", body, day: on });
    if (ended) {
      const part = dueOn === null ? "undated" : ended.on > dueOn ? "late" : "in_time";
      add({ scope, figure: ended.as, part, body, day: ended.on });
    }
    if (dueOn === null || (ended && ended.on <= dueOn)) continue;
    const next = dayAfter(dueOn);
    add({ scope, figure: `${kind}Missed`, body, day: next > on ? next : on });
  }
}

const cameAs: Record<string, string> = { removals: "removalsTold", lifts: "liftsDue", reviews: "reviewsDue" };

function countRegister({ changes, listings, hits, loads }: History["facts"], add: Add): void {
  for (const { listing: id, kind, at, position } of changes) {
    const day = dayOf(at);
    add({ scope: "register", figure: "changes", part: kind, day });
    const listing = listings.find((each) => each.id === id);
    const figure = kind === "listed" ? "published" : "ended";
    add({ scope: "court", figure, part: listing?.list ?? "", body: listing?.court ?? "旧名法院", day });
    if (kind !== "ended") continue;
    const before = changes.filter((each) => each.listing === id && each.kind === "ended" && each.position < position);
    for (const hit of hits) {
      if (hit.listing !== id || hit.at >= at || before.some((end) => end.at > hit.at)) continue;
      add({ scope: "agency", figure: "hitsLaterEnded", body: hit.agency, day });
    }
  }
  for (const { accepted, at, rolledBackAt } of loads) {
    add({ scope: "register", figure: "loads", day: dayOf(at) });
    add({ scope: "register", figure: "recordsAccepted", day: dayOf(at), value: accepted });
    if (rolledBackAt) add({ scope: "register", figure: "loadRollbacks", day: dayOf(rolledBackAt) });
  }
}

const clockOfExit: Record<string, string> = { revoke: "revocation", delete: "deletion" };

function countExits({ listings, changes, hits, tasks }: History["facts"], clocks: readonly ClockRow[], add: Add): void {
  for (const { id, court, exit } of listings) {
    const ended = changes.findLast((each) => each.listing === id && each.kind === "ended");
    if (!exit || !ended) continue;
    const { operation, reason } = exit;
    const day = dayOf(ended.at);
    const body = court ?? "旧名法院";
    add({ scope: "court", figure: "removals", part: reason ? `${operation}.${reason}` : operation, body, day });
    const clock = clocks.find(
      ({ subject, kind }) => subject === publicId("lst", id) && kind === clockOfExit[operation],
    );
    if (clock?.stoppedAt) {
      add({ scope: "court", figure: "removalTimes", part: timelinessOf(clock, clock.stoppedAt), body, day });
    }
    const hitters = hits.filter((hit) => hit.listing === id && hit.at < ended.at);
    if (operation === "revoke") {
      add({ scope: "court", figure: "wrongfulListings", body, day });
      for (const { agency } of hitters) add({ scope: "agency", figure: "hitsLaterRevoked", body: agency, day });
    }
    if (reason !== "R1" && reason !== "performed") continue;
    const finders = new Set(hitters.filter(({ grade }) => grade === "exact").map(({ agency }) => agency));
    for (const agency of finders) add({ scope: "agency", figure: "performedAfterHit", body: agency, day });
    if (finders.size > 0) add({ scope: "register", figure: "performedAfterHit", day });
    const sanctioners = new Set<string>();
    for (const { agency, reports } of tasks.values())
      for (const { at, measures } of reports)
        if (at < ended.at && measures.some(({ listing }) => listing === id)) sanctioners.add(agency);
    for (const agency of sanctioners) add({ scope: "agency", figure: "performedAfterSanction", body: agency, day });
  }
}

function timelinessOf({ dueOn }: ClockRow, at: Date): string {
  return dueOn === null ? "undated" : dayOf(at) > dueOn ? "late" : "in_time";
}

function countDuties(clocks: readonly ClockRow[], add: Add): void {
  const figureOf: Record<string, string> = { in_time: "clocksKept", late: "clocksLate", undated: "clocksUndated" };
  for (const clock of clocks) {
    const { kind, court: body, startedOn, stoppedAt } = clock;
    if (!stoppedAt || clockKinds[kind].runsFor !== "duty" || dayOf(stoppedAt) < startedOn) continue;
    const figure = figureOf[timelinessOf(clock, stoppedAt)] ?? "";
    add({ scope: "court", figure, part: kind, body, day: dayOf(stoppedAt) });
  }
}

function countObjections({ objections }: History["facts"], add: Add): void {
  const scope = "court";
  for (const { kind, court: body, on, reviewed, reconsidered, correctedAt } of objections) {
    add({ scope, figure: "objections", part: kind, body, day: on });
    if (reviewed && kind === "correction") {
      const day = dayOf(reviewed.at);
      add({ scope, figure: "objectionsReviewed", part: reviewed.outcome, body, day });
      const days = Math.round((Date.parse(day) - Date.parse(on)) / 86_400_000);
      add({ scope, figure: "objectionDays", body, day, value: days });
    }
    if (reconsidered) {
      const { outcome, at } = reconsidered;
      add({ scope, figure: "reconsiderations", part: outcome, body: "闽02", day: dayOf(at) });
    }
    if (correctedAt) add({ scope, figure: "corrections", body, day: dayOf(correctedAt) });
  }
}
