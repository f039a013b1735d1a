// A load that surprises waits for a person: what is shown, who may decide, and what each decision does.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publishedRow, rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
  await register.load(rowsOf(100));
});
afterEach(() => register.close());

const caseOf = (i: number) => `(2019)闽0203执${90_000_000 + i}号`;
const short = () => register.load(rowsOf(90), { expected: 90 });

async function published(): Promise<number> {
  return (await register.listings()).filter(({ state }) => state === "published").length;
}

describe("a snapshot of nine tenths of the rows", () => {
  test("is held: nothing changes, and the finding and the difference by court say why", async () => {
    const before = await register.snapshot();
    const load = await short();
    expect(load).toMatchObject({ state: "held", counts: { ended: 10, unchanged: 90 }, stateHash: null });
    expect(load.gates).toEqual([{ gate: "shrink", value: 0.1, threshold: 0.05, rows: 10 }]);
    const { stages, ...rest } = await register.snapshot();
    expect(rest).toEqual({ ...before, stages: undefined, ...rest });
    expect(rest.listings).toEqual(before.listings);
    expect(rest.position).toEqual(before.position);
    expect(stages).toHaveLength(1);
    const { courts, exceptions } = await register.difference(load);
    expect(courts).toEqual([{ court: "厦门市思明区人民法院", outcomes: { missing: 10 } }]);
    expect(exceptions).toEqual([]);
  });

  test("is not released by who imported it", async () => {
    const load = await short();
    await expect(register.release(load, "operator:test")).rejects.toMatchObject({ code: "same-person" });
    expect(await published()).toBe(100);
  });

  test("ends the missing ones when another person releases it", async () => {
    const released = await register.release(await short());
    expect(released).toMatchObject({ state: "activated", decidedBy: "operator:second", counts: { ended: 10 } });
    expect(await published()).toBe(90);
    expect((await register.snapshot()).stages).toEqual([]);
    expect((await register.audit()).slice(1)).toEqual([
      { actor: "operator:test", action: "feed.hold", reason: null },
      { actor: "operator:second", action: "feed.release", reason: null },
    ]);
  });

  test("changes nothing when it is discarded, with the reason in the audit", async () => {
    const load = await short();
    expect(await register.discard(load)).toMatchObject({ state: "discarded", decidedBy: "operator:second" });
    expect(await published()).toBe(100);
    expect((await register.snapshot()).stages).toEqual([]);
    expect((await register.audit()).at(-1)).toEqual({
      actor: "operator:second",
      action: "feed.discard",
      reason: "测试",
    });
    await expect(register.release(load)).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps other files of its source away until it is decided, and no other source", async () => {
    const load = await short();
    const refusal = register.load(rowsOf(100));
    await expect(refusal).rejects.toMatchObject({ code: "conflict" });
    await expect(refusal).rejects.toThrow(`feed release ${load.id}`);
    expect(await register.load([publishedRow(200)], { source: "xiamen" })).toMatchObject({ state: "activated" });
    await register.discard(load);
    expect(await register.load(rowsOf(100))).toMatchObject({ state: "activated" });
  });

  test("is compared again at its release: what a court ended meanwhile stays the court's", async () => {
    const load = await short();
    const id = await register.endByCourt(caseOf(95));
    await register.endByCourt(caseOf(5));
    const { counts } = await register.release(load);
    expect(counts).toMatchObject({ ended: 9, superseded: 1, unchanged: 89 });
    const [row] = await register.sql`select ended_by, exit_reason from listing where id = ${id}`;
    expect(row).toEqual({ ended_by: "court:judge", exit_reason: "R1" });
  });

  test("fails at its release when its rows are gone, and the source is free again", async () => {
    const load = await short();
    const stage = String((await register.snapshot()).stages[0]?.["relname"]);
    const [kind] = await register.sql`select relpersistence from pg_class where relname = ${stage}`;
    expect(kind).toEqual({ relpersistence: "p" });
    await register.sql`truncate ${register.sql(stage)}`;
    await expect(register.release(load)).rejects.toThrow("load the file again");
    expect(await register.load(rowsOf(100))).toMatchObject({ state: "activated" });
  });
});

describe("a source whose activation is manual", () => {
  beforeEach(() => register.setSource("national", { activation: "manual" }));

  test("leaves a load that passes its gates ready, and anybody may release it", async () => {
    const load = await register.load(rowsOf(101));
    expect(load).toMatchObject({ state: "ready", gates: [], counts: { new: 1 } });
    expect(await published()).toBe(100);
    expect(await register.release(load, "operator:test")).toMatchObject({ state: "activated" });
    expect(await published()).toBe(101);
  });
});

test("a gate of the source goes before the configured one, and that before the default", async () => {
  expect(await register.load(rowsOf(90), { expected: 90, gates: { shrink: 0.1 } })).toMatchObject({
    state: "activated",
  });
  await register.setSource("national", { gates: { shrink: 0.01 } });
  expect(await register.load(rowsOf(88), { expected: 88, gates: { shrink: 0.5 } })).toMatchObject({ state: "held" });
});

test("what does not exist is not found", async () => {
  const load = await short();
  const other = { ...load, id: load.id.replace(/.{4}$/, "0000") };
  await expect(register.release(other)).rejects.toMatchObject({ code: "not-found" });
  await expect(register.discard(other)).rejects.toMatchObject({ code: "not-found" });
  await expect(register.rollback(other)).rejects.toMatchObject({ code: "not-found" });
});
