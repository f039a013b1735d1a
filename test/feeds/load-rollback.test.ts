// Rolling back: a load is undone as if it had not been, but for what a court or another source did since.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shanghaiDate } from "../../src/platform/time.ts";
import { caseOf, publishedRow, rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register.close());

const gates = { shrink: 1, churn: 1, growth: 100 };

/** What stands in the register, without versions. */
async function live() {
  return register.sql`
    select case_number, source, content_hash, name_keys, grounds, officers, extra, published_on::text, answers_until::text
    from listing where ended_at is null order by natural_key`;
}

describe("a load that listed, changed and ended", () => {
  beforeEach(() => register.load(rowsOf(10)));
  const after = () => [
    ...rowsOf(8).map((row, i) => (i < 3 ? { ...row, duty: "新义务" } : row)),
    publishedRow(20),
    publishedRow(21),
  ];
  const load = () => register.load(after(), { expected: 10, gates });

  test("is undone whole: the live rows and the state hash are those from before", async () => {
    const before = { rows: await live(), hash: (await register.load(rowsOf(10))).stateHash };
    const loaded = await load();
    expect(loaded.counts).toMatchObject({ new: 2, changed: 3, ended: 2, unchanged: 5 });
    expect(loaded.stateHash).not.toBe(before.hash);
    const { load: rolledBack, undone } = await register.rollback(loaded);
    expect(undone).toEqual({ ends: 2, restores: 3, relists: 2, leaves: 0 });
    expect(rolledBack).toMatchObject({ state: "rolled_back", rolledBackBy: "operator:second", stateHash: before.hash });
    expect(await live()).toEqual(before.rows);
    const { changes, position } = await register.snapshot();
    expect(changes).toEqual([
      { kind: "changed", count: 6 },
      { kind: "ended", count: 4 },
      { kind: "listed", count: 14 },
    ]);
    expect(position).toEqual({ position: 24, changes: 24, last: 24 });
    expect((await register.audit()).at(-1)).toEqual({
      actor: "operator:second",
      action: "feed.rollback",
      reason: "测试",
    });
    expect((await load()).counts).toMatchObject({ new: 2, changed: 3, ended: 2 });
  });

  test("leaves and names what its court ended since, also where the file had ended it first", async () => {
    const loaded = await load();
    const ids = [await register.endByCourt(caseOf(9)), await register.endByCourt(caseOf(0))];
    const { undone, load: rolledBack } = await register.rollback(loaded);
    expect(undone).toEqual({ ends: 2, restores: 2, relists: 1, leaves: 2 });
    const { exceptions } = await register.difference(rolledBack);
    expect(exceptions).toHaveLength(2);
    expect(new Set(exceptions.map(({ kind }) => kind))).toEqual(new Set(["left"]));
    const rows = await register.sql`select state, ended_by from listing where id in ${register.sql(ids)}`;
    expect([...rows]).toEqual([
      { state: "ended", ended_by: "court:judge" },
      { state: "ended", ended_by: "court:judge" },
    ]);
    expect((await register.load(rowsOf(10))).counts).toMatchObject({ superseded: 2, new: 0 });
  });

  test("needs a second person, as it lists again", async () => {
    const loaded = await load();
    await expect(register.rollback(loaded, "operator:test")).rejects.toThrow("lists 2 again");
    expect((await register.loads()).map(({ state }) => String(state))).toEqual(["activated", "activated"]);
  });

  test("is undone once, and not past the one that stands on it", async () => {
    const loaded = await load();
    const later = await register.load([publishedRow(30)], { mode: "delta" });
    await expect(register.rollback(loaded)).rejects.toThrow(`the last one active is ${later.id}`);
    await register.rollback(later);
    await register.rollback(loaded);
    await expect(register.rollback(loaded)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a load that only lists is undone by who imported it", async () => {
    const loaded = await register.load(rowsOf(12), { gates });
    const { undone } = await register.rollback(loaded, "operator:test");
    expect(undone).toEqual({ ends: 2, restores: 0, relists: 0, leaves: 0 });
    expect(await live()).toHaveLength(10);
  });
});

test("loads are rolled back one after another, down to the empty register", async () => {
  const loadWith = (duty: string) => register.load(rowsOf(5, { duty }), { gates });
  const [first, second, third] = [await loadWith("一"), await loadWith("二"), await loadWith("三")];
  expect((await register.rollback(third)).load.stateHash).toBe(second.stateHash);
  expect((await register.rollback(second)).load.stateHash).toBe(first.stateHash);
  expect((await register.rollback(first)).undone).toEqual({ ends: 5, restores: 0, relists: 0, leaves: 0 });
  expect(await live()).toHaveLength(0);
  expect((await loadWith("一")).counts).toMatchObject({ new: 5 });
});

test("a listing that the file ended and another file lists anew is left", async () => {
  await register.load(rowsOf(5));
  const loaded = await register.load(rowsOf(3), { expected: 3, gates });
  const again = publishedRow(4, { publishDate: shanghaiDate(new Date()) });
  const [ended] = await register.sql`
    update listing set ended_at = ended_at - interval '2 days' where case_number = ${caseOf(4)} returning 1 as one`;
  expect(ended).toEqual({ one: 1 });
  const other = await register.load([again], { source: "xiamen", asOf: new Date() });
  expect(other.counts).toMatchObject({ new: 1 });
  const { undone } = await register.rollback(loaded);
  expect(undone).toEqual({ ends: 0, restores: 0, relists: 1, leaves: 1 });
});
