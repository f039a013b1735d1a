// What a court's act refuses and leaves behind: authority, jurisdiction, versions, the law, and files beside it.
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { residentIdOf } from "../../src/identity/index.ts";
import { publicId } from "../../src/platform/id.ts";
import { listTermsOver } from "../../src/registry/act-queries.ts";
import { removeListing } from "../../src/registry/removal.ts";
import { rectifyListing } from "../../src/registry/rectification.ts";
import { transferListing } from "../../src/registry/transfer.ts";
import { openWindow } from "../../src/registry/window.ts";
import { useDatabase } from "../database.ts";
import {
  act,
  type ActOnListing,
  clerk,
  draftForm,
  judge,
  NOON,
  officer,
  openChambers,
  outcomeOf,
  president,
  toPublication,
} from "./chambers.ts";

const connection = useDatabase();
const chambers = () => openChambers(connection);
const select = async (query: ReturnType<typeof sql>) => [...(await connection.db.execute(query))];

const days = { reasonAroseOn: "2026-11-23", reachedCourtOn: "2026-11-23", reason: "测试事由" };
const remove =
  (exit: Parameters<typeof removeListing>[3]["exit"], actor = judge): ActOnListing =>
  (tx, target) =>
    removeListing(tx, actor, target, { exit, ...days });
const rectify =
  (corrections: Parameters<typeof rectifyListing>[3]["corrections"], actor = judge): ActOnListing =>
  (tx, target) =>
    rectifyListing(tx, actor, target, { corrections, reachedCourtOn: "2026-11-23", reason: "测试事由" });

async function drafted(over: Parameters<typeof draftForm>[0] = {}) {
  const [listing, limit] = await chambers().draft(draftForm(over));
  if (!listing || !limit) throw new Error("no drafts");
  return { listing, limit };
}

async function published(over: Parameters<typeof draftForm>[0] = {}) {
  const found = await drafted(over);
  await chambers().takeAll(found.limit.id, toPublication);
  await chambers().takeAll(found.listing.id, toPublication);
  return found;
}

const refusal = (id: string, given: ActOnListing, now = NOON) => outcomeOf(chambers().take(id, given, now));

describe("a draft", () => {
  test("is one a party in a case: the second form is a conflict, also at the same moment", async () => {
    const form = draftForm();
    const outcomes = await Promise.all(
      [clerk, officer("clerk", "other")].map((who) => outcomeOf(chambers().draft(form, who))),
    );
    expect(outcomes.sort()).toEqual(["conflict", "ok"]);
  });

  test("is drawn up by the court of its case number", async () => {
    const other = officer("clerk", "other", { court: "闽0206" });
    const higher = officer("clerk", "higher", { court: "闽02" });
    expect(await outcomeOf(chambers().draft(draftForm(), other))).toBe("not-found");
    expect(await outcomeOf(chambers().draft(draftForm(), higher))).toBe("jurisdiction");
    expect(await outcomeOf(chambers().draft(draftForm(), officer("auditor")))).toBe("role");
  });

  test.each([
    [
      "a bar to G1 that nobody looked into",
      {
        listing: {
          checklist: { security_given: null, property_controlled: false, later_in_order: false, not_refusing: false },
        },
      },
      "checklist-open",
    ],
    [
      "a bar to G1",
      {
        listing: {
          checklist: { security_given: true, property_controlled: false, later_in_order: false, not_refusing: false },
        },
      },
      "ground-barred",
    ],
    [
      "a term for G1 alone",
      { listing: { term: { kind: "fixed", months: 24, extension: null, runsFrom: "decision" } } },
      "term-not-allowed",
    ],
    ["no term for G4", { listing: { grounds: ["G4"] } }, "term-required"],
    [
      "a term of 30 months",
      {
        listing: {
          grounds: ["G4"],
          term: { kind: "fixed", months: 30, extension: "several_acts", runsFrom: "decision" },
        },
      },
      "term-length",
    ],
  ] as const)("with %s is not decided", async (_, over, code) => {
    const { listing, limit } = await drafted(over as Parameters<typeof draftForm>[0]);
    await chambers().take(limit.id, act.decide());
    expect(await refusal(listing.id, act.decide())).toBe(code);
  });

  test("is decided by nobody who drew it up or amended it, and not before the limit", async () => {
    const { listing, limit } = await drafted();
    expect(await refusal(listing.id, act.decide())).toBe("limit-missing");
    await chambers().take(limit.id, act.decide());
    await chambers().take(listing.id, act.amend(president));
    expect(await refusal(listing.id, act.decide())).toBe("same-person");
    expect(await refusal(listing.id, act.decide(judge))).toBe("role");
    const until = { from: "2026-11-01", until: "2026-11-30" };
    await chambers().take(listing.id, act.decide(officer("judge", "delegate", { delegation: until })));
    expect((await chambers().find(listing.id)).proceeding).toMatchObject({
      decidedBy: "delegate",
      decidedAs: "delegate",
    });
  });

  test("of a minor is not decided; of a person of unknown age neither", async () => {
    const form = draftForm({ listing: null });
    const [party] = form.parties;
    if (!party) throw new Error("no party");
    const child = {
      ...form,
      parties: [{ ...party, document: { kind: "resident_id" as const, number: residentIdOf("35999920150101101") } }],
    };
    const [minor] = await chambers().draft(child);
    expect(await refusal(minor?.id ?? "", act.decide())).toBe("minor");
    const passport = {
      ...draftForm({ listing: null }),
      parties: [{ ...party, document: { kind: "passport" as const, number: "E00000001", country: "SGP" } }],
    };
    const [foreign] = await chambers().draft(passport);
    expect(await refusal(foreign?.id ?? "", act.decide())).toBe("birth-date-missing");
  });

  test("is rejected with its reason, and the party can be drafted again", async () => {
    const form = draftForm({ limit: null });
    const [draft] = await chambers().draft(form);
    await chambers().take(draft?.id ?? "", act.reject());
    const [entry] = await select(sql`select action, reason from audit_entry order by id desc limit 1`);
    expect(entry).toEqual({ action: "listing.reject", reason: "证据不足" });
    expect(await outcomeOf(chambers().draft(form))).toBe("ok");
  });
});

describe("re-listing", () => {
  test("within six months of R3 the creditor's application is refused, the court's own motion is not", async () => {
    const form = draftForm();
    const again = async (initiatedBy: "creditor" | "court") => {
      const listed = form.parties.map((party) => ({
        ...party,
        limit: undefined,
        listing: party.listing && { ...party.listing, groundAroseOn: "2026-11-23" },
      }));
      const [draft] = await chambers().draft({ ...form, initiatedBy, receivedOn: "2026-11-23", parties: listed });
      const outcome = await refusal(draft?.id ?? "", act.decide());
      if (outcome !== "ok") await chambers().take(draft?.id ?? "", act.reject());
      return outcome;
    };
    const [listing, limit] = await chambers().draft(form);
    if (!listing || !limit) throw new Error("no drafts");
    await chambers().takeAll(limit.id, toPublication);
    await chambers().takeAll(listing.id, toPublication);
    await chambers().take(listing.id, remove({ operation: "delete", ground: { code: "R3" } }, president));
    expect(await again("creditor")).toBe("six-month-bar");
    expect(await again("court")).toBe("ok");
  });
});

describe("an act", () => {
  test("on another version is refused, and on what does not exist", async () => {
    const { listing } = await drafted();
    const stale = connection.db.transaction((tx) => act.amend()(tx, { id: listing.id, version: 7, now: NOON }));
    expect(await outcomeOf(stale)).toBe("precondition-failed");
    const none = { id: "00000000-0000-7000-8000-000000000000", version: 1, now: NOON };
    expect(await outcomeOf(connection.db.transaction((tx) => act.amend()(tx, none)))).toBe("not-found");
  });

  test("is the competent court's: the one above looks, any other knows nothing", async () => {
    const { listing } = await drafted();
    const of = (court: string) => act.amend(officer("clerk", "other", { court }));
    expect(await refusal(listing.id, of("闽0206"))).toBe("not-found");
    expect(await refusal(listing.id, of("闽02"))).toBe("jurisdiction");
  });

  test("on a legacy number is that of the one court of the name, which it is from then on", async () => {
    const { listing } = await published();
    const legacy = (name: string) =>
      connection.db.execute(sql`
        update listing set court_code = null, competent_court = null, court_name = ${name} where id = ${listing.id}`);
    await legacy("厦门市某某人民法院");
    expect(await refusal(listing.id, rectify({ handler: "测试法官" }))).toBe("not-found");
    await legacy("厦门市思明区人民法院");
    expect(await refusal(listing.id, rectify({ handler: "测试法官" }))).toBe("ok");
    expect((await chambers().find(listing.id)).listing).toMatchObject({ courtCode: null, competentCourt: "闽0203" });
  });

  test("after a transfer is the other court's, with the deadlines", async () => {
    const { listing } = await drafted();
    const move =
      (court: string): ActOnListing =>
      (tx, target) =>
        transferListing(tx, judge, target, { court, reason: "指定执行" });
    expect(await refusal(listing.id, move("闽0203"))).toBe("validation");
    expect(await refusal(listing.id, move("闽9999"))).toBe("validation");
    await chambers().take(listing.id, move("闽0206"));
    expect(await refusal(listing.id, act.amend())).toBe("not-found");
    expect(await refusal(listing.id, act.amend(officer("clerk", "other", { court: "闽0206" })))).toBe("ok");
    const clocks = await select(sql`select court from clock where subject = ${publicId("lst", listing.id)}`);
    expect(clocks).toEqual([{ court: "闽0206" }]);
  });

  test("that records what has not happened yet is refused", async () => {
    const { listing } = await drafted();
    await chambers().take(listing.id, act.amend());
    expect(await refusal(listing.id, act.serve("2026-11-24"))).toBe("validation");
    expect(await refusal(listing.id, act.stateUnperformed("2026-11-24"))).toBe("validation");
  });

  test("of rectifying says what differs, and refuses what says nothing new or breaks art. 2", async () => {
    const { listing, limit } = await published();
    expect(await refusal(listing.id, rectify({ name: "测试甲" }))).toBe("conflict");
    expect(await refusal(listing.id, rectify({ grounds: ["G4"] }, president))).toBe("term-required");
    expect(await refusal(limit.id, rectify({ grounds: ["G1"] }, president))).toBe("other-list");
    await chambers().take(listing.id, rectify({ handler: "测试法官", name: "测试甲" }));
    const [entry] = await select(sql`select detail -> 'fields' as fields from audit_entry order by id desc limit 1`);
    expect(entry?.["fields"]).toEqual(["handler"]);
  });

  test("on a window asks for a known measure, the president, and a month at most", async () => {
    const { listing, limit } = await published();
    const open =
      (measures: string[], until: string, actor = president): ActOnListing =>
      (tx, target) =>
        openWindow(tx, actor, target, { window: { measures, from: "2026-11-23", until }, reason: "因病就医" });
    expect(await refusal(limit.id, open(["LIM2015-99"], "2026-11-30"))).toBe("validation");
    expect(await refusal(limit.id, open(["LIM2015-1"], "2026-12-24"))).toBe("window-length");
    expect(await refusal(limit.id, open(["LIM2015-1"], "2026-11-30", judge))).toBe("role");
    expect(await refusal(listing.id, open(["LIM2015-1"], "2026-11-30"))).toBe("other-list");
    expect(await refusal(limit.id, open(["LIM2015-1"], "2026-12-23"))).toBe("ok");
  });
});

describe("beside files", () => {
  test("what a court rectifies is the court's, and the file that brought it names it on", async () => {
    const { listing } = await published();
    const loadId = "00000000-0000-7000-8000-000000000001";
    await connection.db.execute(
      sql`update listing set source = 'national', load_id = ${loadId} where id = ${listing.id}`,
    );
    await connection.db.execute(sql`delete from proceeding where listing_id = ${listing.id}`);
    const { contentHash } = (await chambers().find(listing.id)).listing;
    await chambers().take(listing.id, rectify({ handler: "测试法官" }));
    const [row] = await select(sql`select source from listing where id = ${listing.id}`);
    expect(row).toEqual({ source: "court" });
    const named = await select(sql`select source, content_hash from listing_source where listing_id = ${listing.id}`);
    expect(named).toEqual([{ source: "national", content_hash: contentHash }]);
  });

  test("a court's exit is recorded over that of a file, once", async () => {
    const { listing } = await published();
    await connection.db.execute(
      sql`update listing set state = 'ended', ended_at = now(), ended_by = 'feed:national' where id = ${listing.id}`,
    );
    await chambers().take(listing.id, remove({ operation: "revoke" }));
    expect((await chambers().find(listing.id)).listing).toMatchObject({ endedBy: "judge", exitOperation: "revoke" });
    expect(await refusal(listing.id, remove({ operation: "revoke" }))).toBe("wrong-state");
  });

  test("only a term that a court decided is expired by the register itself", async () => {
    const term = { kind: "fixed", months: 24, extension: null, runsFrom: "decision" } as const;
    const { listing } = await published({ listing: { grounds: ["G4"], term } });
    const over = async (today: string) =>
      (await listTermsOver(connection.db, { today, after: null, limit: 10 })).map(({ id }) => id);
    expect(await over("2028-11-23")).toEqual([]);
    expect(await over("2028-11-24")).toEqual([listing.id]);
    await connection.db.execute(sql`update listing set source = 'national' where id = ${listing.id}`);
    expect(await over("2028-11-24")).toEqual([]);
  });
});
