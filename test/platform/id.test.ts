// Identifiers: ascending inside, typed and unforgiving outside.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newUuid, publicId, uuidAfter, uuidOf } from "../../src/platform/id.ts";

describe("a new UUID", () => {
  test("is of version 7 and of the RFC's variant", () => {
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("begins with the time in milliseconds", () => {
    const future = Date.now() + 86_400_000;
    expect(Number.parseInt(newUuid(future).replace("-", "").slice(0, 12), 16)).toBe(future);
  });

  test("is above every earlier one, inside a millisecond, past its counter, and when the clock goes back", () => {
    const now = Date.now() + 172_800_000;
    const made = [...Array.from({ length: 10_000 }, () => newUuid(now)), newUuid(now - 60_000), newUuid(now + 1)];
    expect(new Set(made).size).toBe(made.length);
    expect(made.toSorted()).toEqual(made);
  });
});

describe("a public id", () => {
  test("leads back to its UUID", () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => uuidOf("chk", publicId("chk", uuid)) === uuid));
  });

  test("keeps the order of UUIDs", () => {
    const ordered = (one: string, other: string) => publicId("chk", one) < publicId("chk", other) === one < other;
    fc.assert(fc.property(fc.uuid(), fc.uuid(), ordered));
  });

  test.each([
    ["another kind's prefix", "lst_00000000000000000000000000"],
    ["a letter outside the alphabet", "chk_0000000000000000000000000u"],
    ["capitals", "chk_0000000000000000000000000A"],
    ["more than 128 bits", "chk_80000000000000000000000000"],
    ["a character too few", "chk_0000000000000000000000000"],
    ["a character too many", "chk_000000000000000000000000000"],
    ["nothing", ""],
  ])("with %s is none", (_, id) => {
    expect(uuidOf("chk", id)).toBeNull();
  });

  test("of the highest UUID is the highest of all", () => {
    expect(uuidOf("chk", `chk_7${"z".repeat(25)}`)).toBe("ffffffff-ffff-ffff-ffff-ffffffffffff");
  });
});

test("an id after some milliseconds is later than those of that time, and earlier than those after it", () => {
  const startMs = Date.now() + 2 * 86_400_000;
  const end = uuidAfter(newUuid(startMs), 5_000);
  const ids = [newUuid(startMs + 5_000), end, newUuid(startMs + 5_001)];
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(3);
});
