// Entry bundles: the published bytes, the form as a fixed point, and every other one refused.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ENTRY_BYTES_MAX, formatBundle, parseBundle } from "../../../src/audit/log/index.ts";

const entries = fc.array(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1, maxLength: 256 },
);

test("entries stand after their length in two bytes", () => {
  expect(formatBundle([Buffer.from("one"), Buffer.from("two"), Buffer.from("three")]).toString("latin1")).toBe(
    "\0\x03one\0\x03two\0\x05three",
  );
});

test("what is written is read", () => {
  fc.assert(
    fc.property(entries, (entries) => {
      expect(parseBundle(formatBundle(entries), entries.length)).toEqual(entries);
    }),
  );
});

test("a bundle of another width, cut or with more behind it is none", () => {
  fc.assert(
    fc.property(entries, fc.nat(), (entries, place) => {
      const bytes = formatBundle(entries);
      expect(parseBundle(bytes, entries.length - 1)).toBeNull();
      expect(parseBundle(bytes, entries.length + 1)).toBeNull();
      expect(parseBundle(bytes.subarray(0, place % bytes.length), entries.length)).toBeNull();
      expect(parseBundle(Buffer.concat([bytes, Buffer.from([0])]), entries.length)).toBeNull();
    }),
  );
});

test("any bytes are read without a throw, and written back as they were", () => {
  const short = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes.map((byte) => byte % 4)));
  fc.assert(
    fc.property(
      fc.oneof(
        short,
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
      fc.nat(20),
      (bytes, width) => {
        const reading = parseBundle(bytes, width);
        expect(reading ? formatBundle(reading) : bytes).toEqual(bytes);
      },
    ),
    { numRuns: 2000 },
  );
});

test("an entry or a bundle over the limit is a fault of the caller", () => {
  const largest = Buffer.alloc(ENTRY_BYTES_MAX, 1);
  expect(parseBundle(formatBundle([largest]), 1)).toEqual([largest]);
  expect(() => formatBundle([Buffer.alloc(ENTRY_BYTES_MAX + 1)])).toThrow(RangeError);
  expect(() => formatBundle(Array.from({ length: 257 }, () => largest.subarray(0, 1)))).toThrow(RangeError);
});
