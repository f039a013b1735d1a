// From a check that is left open to the court's answer and what every later check says by it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Counter, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

describe("`different`", () => {
  test.each(["conflict", "probable"] as const)(
    "turns a %s into clear for every agency, until it is taken back",
    async (grade) => {
      const { checked, party, listingId } = await counter.openMatch(grade);
      expect([checked.outcome, checked.matches[0]?.grade]).toEqual(["review", grade]);
      const request = await counter.ask(checked);
      expect(request).toMatchObject({ state: "open", finding: null, dueOn: "2026-11-26", overdue: false, listingId });
      await counter.answer(request.id, "different");
      expect(await counter.check(party)).toMatchObject({ outcome: "clear", matches: [] });
      expect(await counter.check(party, counter.second.key)).toMatchObject({ outcome: "clear" });
      expect((await counter.asked(request.id)).body).toMatchObject({ state: "answered", finding: "different" });

      expect((await counter.revoke(request.id)).status).toBe(200);
      expect(await counter.check(party)).toMatchObject({ outcome: "review", matches: [{ listingId, grade }] });
      expect((await counter.asked(request.id)).body).toMatchObject({ state: "revoked", redressCode: null });
    },
  );

  test("never clears an exact match, nor what comes to agree", async () => {
    const { checked, party, listingId } = await counter.openMatch("conflict");
    const request = await counter.ask(checked);
    await counter.answer(request.id, "different");
    expect(await counter.check({ ...party, name: "测试甲" })).toMatchObject({
      outcome: "listed",
      matches: [{ listingId }],
    });
    await counter.rectifyName(listingId, party.name);
    expect(await counter.check(party)).toMatchObject({ outcome: "listed", matches: [{ grade: "exact" }] });
  });

  test("speaks of this document and this listing alone", async () => {
    const { checked, party } = await counter.openMatch("conflict");
    await counter.answer((await counter.ask(checked)).id, "different");
    const other = await counter.listed({ number: party.number });
    expect(await counter.check(party)).toMatchObject({ outcome: "review", matches: [{ listingId: other }] });
  });
});

describe("`same`", () => {
  test("makes another name of the same number exact, and only that name", async () => {
    const { checked, party, listingId } = await counter.openMatch("conflict");
    const request = await counter.ask(checked);
    await counter.answer(request.id, "same");
    expect(await counter.check(party)).toMatchObject({ outcome: "listed", matches: [{ listingId, grade: "exact" }] });
    expect(await counter.check({ ...party, name: "测试丙" })).toMatchObject({
      outcome: "review",
      matches: [{ grade: "conflict" }],
    });
    await counter.revoke(request.id);
    expect(await counter.check(party)).toMatchObject({ outcome: "review", matches: [{ grade: "conflict" }] });
  });

  test("adds the number to a masked row: the name alone decides from then on", async () => {
    const { checked, party, listingId } = await counter.openMatch("probable");
    const request = await counter.ask(checked);
    await counter.answer(request.id, "same");
    expect(await counter.check(party)).toMatchObject({ outcome: "listed", matches: [{ listingId, grade: "exact" }] });
    expect(await counter.check({ ...party, name: "测试丙" })).toMatchObject({
      outcome: "review",
      matches: [{ grade: "conflict" }],
    });
    await counter.revoke(request.id);
    expect(await counter.check(party)).toMatchObject({ outcome: "review", matches: [{ grade: "probable" }] });
    expect(await counter.check({ ...party, name: "测试丙" })).toMatchObject({ outcome: "clear" });
  });

  test("of a number that is a listed party's already leaves it there", async () => {
    const { checked, party, listingId } = await counter.openMatch("probable");
    const own = await counter.listed({ number: party.number });
    const request = await counter.ask(checked);
    await counter.answer(request.id, "same");
    const { matches } = await counter.check(party);
    expect(new Map(matches.map((match) => [match.listingId, match.grade]))).toEqual(
      new Map([
        [own, "exact"],
        [listingId, "exact"],
      ]),
    );
    await counter.revoke(request.id);
    const after = await counter.check(party);
    expect(new Map(after.matches.map((match) => [match.listingId, match.grade]))).toEqual(
      new Map([
        [own, "exact"],
        [listingId, "probable"],
      ]),
    );
  });

  test("that is taken back leaves what was listed under the number meanwhile", async () => {
    const { checked, party, listingId } = await counter.openMatch("probable");
    const request = await counter.ask(checked);
    await counter.answer(request.id, "same");
    const since = await counter.listed({ number: party.number });
    await counter.revoke(request.id);
    const { matches } = await counter.check(party);
    expect(new Map(matches.map((match) => [match.listingId, match.grade]))).toEqual(
      new Map([
        [since, "exact"],
        [listingId, "probable"],
      ]),
    );
  });
});

test("`unable` changes no answer, and whoever holds more may ask again", async () => {
  const { checked, party } = await counter.openMatch("probable");
  const request = await counter.ask(checked);
  await counter.answer(request.id, "unable");
  const again = await counter.check(party);
  expect(again).toMatchObject({ outcome: "review" });
  const next = await counter.ask(again, { proofs: ["id_history"] });
  expect(next.id).not.toBe(request.id);
  expect(next.state).toBe("open");
});

test("an answer that is due and not given is overdue on the court's lists", async () => {
  const { checked } = await counter.openMatch("conflict");
  const request = await counter.ask(checked);
  counter.setClock("2026-11-27T09:00:00+08:00");
  const { body } = await counter.service.request.get("/v1/identity-requests?overdue=true").set(counter.judge.headers);
  expect(body.data.map(({ id }: { id: string }) => id)).toContain(request.id);
  const clocks = await counter.service.request
    .get(`/v1/clocks?state=overdue&kind=identity_request&subject=${request.id}`)
    .set(counter.clerk.headers);
  expect(clocks.body.data).toMatchObject([{ subject: request.id, state: "overdue", dueOn: "2026-11-26" }]);
  expect((await counter.asked(request.id)).body).toMatchObject({ overdue: true });
  const metrics = await counter.service.request.get("/metrics");
  expect(metrics.text).toMatch(/shixin_clocks_overdue\{kind="identity_request"\} [1-9]/);
  await counter.answer(request.id, "unable");
  expect((await counter.asked(request.id)).body).toMatchObject({ overdue: false });
});
