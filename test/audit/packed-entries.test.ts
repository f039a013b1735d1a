// What a thread hands over is what its source found, whatever that was.
import fc from "fast-check";
import { expect, test } from "vitest";
import { packEntries, unpackEntries } from "../../src/audit/index.ts";

const entry = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(null, undefined, Buffer.alloc(0)),
);

test("every kind of finding comes out as it went in", () => {
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 8 }), (groups) => {
      expect(unpackEntries(packEntries(groups))).toEqual(groups);
    }),
  );
});

test("a place that nobody filled is missing", () => {
  const sparse: Buffer[] = [];
  sparse[2] = Buffer.alloc(32, 7);
  expect(unpackEntries(packEntries([sparse]))).toEqual([[undefined, undefined, Buffer.alloc(32, 7)]]);
});
