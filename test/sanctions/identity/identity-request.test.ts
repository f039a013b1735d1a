// The acts on identity requests: who may, what is refused, what is on the trail, and what happens at the same time.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { uuidOf } from "../../../src/platform/id.ts";
import { answerIdentity, revokeAnswer } from "../../../src/sanctions/identity/answer.ts";
import { askIdentity } from "../../../src/sanctions/identity/identity-request.ts";
import { identityFindingOf } from "../../../src/sanctions/index.ts";
import { connectCourtSystem, signInStaff } from "../../courts/staff.ts";
import { outcomeOf } from "../../registry/chambers.ts";
import { endByCourt } from "../../registry/ending.ts";
import { type Counter, COURT, newNumber, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const NOW = new Date("2026-11-23T09:00:00+08:00");
const uuid = (prefix: "idr" | "lst" | "chk", id: string) => uuidOf(prefix, id) ?? "";

async function openRequest(grade: "conflict" | "probable" = "conflict") {
  const open = await counter.openMatch(grade);
  return { ...open, request: await counter.ask(open.checked) };
}

describe("asking", () => {
  test("is on the trail under the officer, and starts the court's three working days", async () => {
    const { request, checked, listingId } = await openRequest();
    expect(await counter.audit(request.id)).toEqual([
      {
        action: "identity_request.ask",
        actor: expect.stringMatching(/^agency:agy_\w{26}\/officer 0417$/),
        reason: null,
        detail: { check: checked.id, listing: listingId, proofs: ["id_document"] },
      },
    ]);
    const { body } = await counter.see(request.id);
    expect(body).toMatchObject({
      court: COURT,
      grade: "conflict",
      asked: { name: "测*乙", document: { type: "resident_id", masked: expect.stringMatching(/^1101\*{12}..$/) } },
      askers: [{ agency: "测试单位", operator: "officer 0417", proofs: ["id_document"], note: null }],
      clock: { kind: "identity_request", startedOn: "2026-11-23", dueOn: "2026-11-26", state: "running" },
    });
  });

  test("again is the same request, whichever agency asks, and every one of them is told", async () => {
    const { request, party } = await openRequest();
    const theirs = await counter.check(party, counter.second.key);
    const joined = await counter.tryAsk(
      { checkId: theirs.id, listingId: theirs.matches[0]?.listingId, proofs: ["statement"], note: "曾用名" },
      counter.second.key,
    );
    expect([joined.status, joined.body.id]).toEqual([200, request.id]);
    await counter.ask(await counter.check(party), { proofs: ["id_document", "id_history"] });
    const { body } = await counter.see(request.id);
    expect(body["askers"]).toMatchObject([
      { agency: "测试单位", proofs: ["id_document", "id_history"] },
      { agency: "第二单位", proofs: ["statement"], note: "曾用名" },
    ]);
    expect((await counter.audit(request.id)).map(({ action }) => action)).toEqual([
      "identity_request.ask",
      "identity_request.join",
      "identity_request.restate",
    ]);
    await counter.answer(request.id, "different");
    for (const agencyId of [counter.service.agencyId, counter.second.agencyId]) {
      const told = (await counter.events(agencyId)).at(-1);
      expect(told).toMatchObject({
        type: "identity.settled",
        data: { identityRequest: request.id, finding: "different", check: expect.stringMatching(/^chk_/) },
      });
      expect(told?.orderKey).toBe(told?.data.listing);
    }
    const settled = await counter.tryAsk({ checkId: theirs.id, listingId: theirs.matches[0]?.listingId });
    expect(settled.body).toMatchObject({ code: "validation", errors: [{ pointer: "#/checkId" }] });
    const answered = await counter.tryAsk(
      { checkId: theirs.id, listingId: theirs.matches[0]?.listingId },
      counter.second.key,
    );
    expect([answered.status, answered.body]).toMatchObject([200, { id: request.id, finding: "different" }]);
  });

  test("at the same moment opens one request", async () => {
    const { party, listingId, checked } = await counter.openMatch("conflict");
    const theirs = await counter.check(party, counter.second.key);
    const options = { ring: counter.service.ring, now: NOW, liaison: null };
    const asking = (agencyId: string, checkId: string) =>
      counter.service.db.transaction((tx) =>
        askIdentity(tx, options, {
          agencyId,
          checkId: uuid("chk", checkId),
          listingId: uuid("lst", listingId),
          operator: "officer 0417",
          proofs: ["id_document"],
          note: null,
        }),
      );
    const [one, other] = await Promise.all([
      asking(counter.service.agencyId, checked.id),
      asking(counter.second.agencyId, theirs.id),
    ]);
    expect(one.request.id).toBe(other.request.id);
    expect(one.isNew).not.toBe(other.isNew);
  });

  test.each([
    ["without proofs", { proofs: [] }, 422, "validation"],
    ["without an officer", { operator: undefined }, 422, "validation"],
    ["with a number as note", { note: "110101190001010014" }, 422, "validation"],
    ["about a listing that the check did not show", { listingId: "lst_00000000000000000000000000" }, 422, "validation"],
    ["about a check of nobody", { checkId: "chk_00000000000000000000000000" }, 422, "validation"],
  ])("%s is refused", async (_, over, status, code) => {
    const { checked, listingId } = await counter.openMatch("conflict");
    const answer = await counter.tryAsk({ checkId: checked.id, listingId, ...over });
    expect([answer.status, answer.body["code"]]).toEqual([status, code]);
  });

  test("about what number and name agree on, or about a listing that has ended, is refused", async () => {
    const number = newNumber();
    const exactly = await counter.listed({ number });
    const exact = await counter.check({ name: "测试甲", number });
    expect((await counter.tryAsk({ checkId: exact.id, listingId: exactly })).body).toMatchObject({ code: "conflict" });
    const { checked, listingId } = await counter.openMatch("conflict");
    await counter.service.db.transaction((tx) => endByCourt(tx, uuid("lst", listingId)));
    expect((await counter.tryAsk({ checkId: checked.id, listingId })).body).toMatchObject({ code: "listing-ended" });
  });

  test("an agency reads its own requests and no other's", async () => {
    const { request } = await openRequest();
    expect((await counter.asked(request.id)).status).toBe(200);
    expect((await counter.asked(request.id, counter.second.key)).status).toBe(404);
    const { body } = await counter.service.get("/v1/identity-requests/asked?limit=1");
    expect(body).toMatchObject({ data: [{ id: request.id }], hasMore: true });
    const next = await counter.service.get(`/v1/identity-requests/asked?limit=1&cursor=${body.nextCursor}`);
    expect(next.body.data[0].id).not.toBe(request.id);
  });
});

describe("the whole number", () => {
  test("is shown to the court's judge for a reason that is on the trail, and sealed at rest", async () => {
    const { request, party } = await openRequest();
    const { status, body, headers } = await counter.tryAct(request.id, "reveal", { reason: "与卷宗比对" });
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(body).toEqual({
      names: [party.name],
      document: { type: "resident_id", number: party.number, country: null },
    });
    expect((await counter.audit(request.id)).at(-1)).toMatchObject({
      action: "identity_request.reveal",
      actor: `staff:${counter.judge.actor.id}`,
      reason: "与卷宗比对",
    });
    const rows = await counter.service.sql`select r::text from identity_request r`;
    expect(JSON.stringify(rows)).not.toContain(party.number);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(party.number).toString("hex"));
    expect(JSON.stringify((await counter.see(request.id)).body)).not.toContain(party.number);
  });

  test("is refused to clerks, to courts beside, and without a reason", async () => {
    const { request } = await openRequest();
    const elsewhere = await signInStaff(counter.service, "judge", { court: "闽0206" });
    const above = await signInStaff(counter.service, "judge", { court: "闽02" });
    const reveal = (person: typeof elsewhere, body: object = { reason: "比对" }) =>
      counter.tryAct(request.id, "reveal", body, person);
    expect((await reveal(counter.clerk)).status).toBe(403);
    expect((await reveal(elsewhere)).body).toMatchObject({ code: "not-found" });
    expect((await reveal(above)).body).toMatchObject({ code: "jurisdiction" });
    expect((await reveal(counter.judge, {})).status).toBe(422);
  });
});

describe("an answer", () => {
  test("stops the clock, is on the trail with its reasons, and is an entry of the log without the document", async () => {
    const { request, listingId, party } = await openRequest();
    await counter.answer(request.id, "different");
    expect((await counter.audit(request.id)).at(-1)).toEqual({
      action: "identity_request.answer",
      actor: `staff:${counter.judge.actor.id}`,
      reason: "经与执行卷宗核对",
      detail: { finding: "different", listing: listingId, version: 2 },
    });
    expect((await counter.audit(listingId)).at(-1)).toMatchObject({
      action: "listing.identify",
      detail: { finding: "different", request: request.id },
    });
    const [fact] = await counter.service.sql`select fact from log_fact where subject = ${request.id}`;
    expect(fact?.["fact"]).toEqual({
      act: "answered",
      at: expect.any(String),
      by: `staff:${counter.judge.actor.id}`,
      court: COURT,
      finding: "different",
      kind: "identity",
      listing: listingId,
      request: request.id,
      v: 1,
    });
    expect(JSON.stringify(fact)).not.toContain(party.number);
    expect((await counter.see(request.id)).body).toMatchObject({ clock: { state: "stopped_in_time" } });
  });

  test("given twice at once is given once", async () => {
    const { request, party, listingId } = await openRequest();
    const { db, ring } = counter.service;
    const target = { id: uuid("idr", request.id), version: 1, now: NOW };
    const answers = (["same", "different"] as const).map((finding) =>
      outcomeOf(
        db.transaction((tx) => answerIdentity(tx, ring, counter.judge.actor, target, { finding, reasons: "核对" })),
      ),
    );
    expect((await Promise.all(answers)).sort()).toEqual(["ok", "precondition-failed"]);
    const { finding } = (await counter.asked(request.id)).body;
    const outcome = (await counter.check(party)).outcome;
    expect(outcome).toBe(finding === "same" ? "listed" : "clear");
    const told = (await counter.events(counter.service.agencyId)).filter(({ orderKey }) => orderKey === listingId);
    expect(told).toHaveLength(1);
  });

  test("taken back twice at once is taken back once", async () => {
    const { request, party } = await openRequest("probable");
    await counter.answer(request.id, "same");
    const { db, ring } = counter.service;
    const target = { id: uuid("idr", request.id), version: 2, now: NOW };
    const revoke = () => outcomeOf(db.transaction((tx) => revokeAnswer(tx, ring, counter.judge.actor, target, "有误")));
    const outcomes = (await Promise.all([revoke(), revoke()])).sort();
    expect(outcomes[1]).toBe("ok");
    expect(["conflict", "precondition-failed"]).toContain(outcomes[0]);
    expect((await counter.check(party)).outcome).toBe("review");
    expect((await counter.audit(request.id)).at(-1)).toMatchObject({
      action: "identity_request.revoke",
      reason: "有误",
    });
    expect((await counter.events(counter.service.agencyId)).at(-1)).toMatchObject({ type: "identity.revoked" });
  });

  test("reaches whoever asks at that moment: as the answer to the question, or as an event", async () => {
    const { request, party, listingId } = await openRequest();
    const theirs = await counter.check(party, counter.second.key);
    const [joined] = await Promise.all([
      counter.tryAsk({ checkId: theirs.id, listingId }, counter.second.key),
      counter.answer(request.id, "different"),
    ]);
    const told = (await counter.events(counter.second.agencyId)).filter(
      ({ data }) => data.identityRequest === request.id,
    );
    expect([joined.body.state === "answered", told.length > 0]).toContain(true);
  });

  test("is refused a second time, of an older version, without reasons, and to whoever may not", async () => {
    const { request } = await openRequest();
    const body = { finding: "different", reasons: "核对" };
    const system = await connectCourtSystem(counter.service, counter.clerk, ["listings:read", "listings:write"]);
    const bySystem = await counter.service.request
      .post(`/v1/identity-requests/${request.id}/answer`)
      .set({ ...system, "If-Match": '"v1"' })
      .send(body);
    expect(bySystem.status).toBe(401);
    expect((await counter.tryAct(request.id, "answer", body, counter.clerk)).body).toMatchObject({ code: "authority" });
    expect((await counter.tryAct(request.id, "answer", { finding: "different" })).status).toBe(422);
    expect((await counter.tryAct(request.id, "revoke", { reason: "有误" })).body).toMatchObject({ code: "conflict" });
    await counter.answer(request.id, "unable");
    expect((await counter.tryAct(request.id, "answer", body)).body).toMatchObject({ code: "conflict" });
    expect((await counter.tryAct(request.id, "revoke", { reason: "有误" })).body).toMatchObject({ code: "conflict" });
    const stale = await counter.service.request
      .post(`/v1/identity-requests/${request.id}/answer`)
      .set({ ...counter.judge.headers, "If-Match": '"v1"' })
      .send(body);
    expect(stale.status).toBe(412);
    const blind = await counter.service.request
      .post(`/v1/identity-requests/${request.id}/answer`)
      .set(counter.judge.headers)
      .send(body);
    expect(blind.status).toBe(428);
  });

  test("about a listing that ended meanwhile is kept, and no answer shows it", async () => {
    const { request, listingId, party } = await openRequest("probable");
    await counter.service.db.transaction((tx) => endByCourt(tx, uuid("lst", listingId)));
    await counter.answer(request.id, "different");
    expect((await counter.check(party)).outcome).toBe("clear");
    expect((await counter.asked(request.id)).body).toMatchObject({
      finding: "different",
      redressCode: expect.any(String),
    });
  });
});

test("what is known of a pair is nothing, pending, a finding, and nothing again", async () => {
  const { checked, listingId } = await counter.openMatch("conflict");
  const [row] = await counter.service.sql`select subject_index from check_record where id = ${uuid("chk", checked.id)}`;
  const index = row?.["subject_index"] as Buffer;
  const known = async () =>
    (await identityFindingOf(counter.service.db, index, uuid("lst", listingId)))?.finding ?? null;
  expect(await known()).toBeNull();
  const request = await counter.ask(checked);
  expect(await known()).toBe("pending");
  await counter.answer(request.id, "same");
  expect(await known()).toBe("same");
  await counter.revoke(request.id);
  expect(await known()).toBeNull();
});
