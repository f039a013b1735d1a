// The browser's stand-in for Buffer does what Node's own does, wherever the log's pure half asks it to.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BrowserBuffer, type Encoding } from "../../../src/portal/verify/browser/buffer.ts";

const bytes = fc.uint8Array({ maxLength: 80 });
const encodings: Encoding[] = ["utf8", "base64", "hex", "binary"];

test.each(encodings)("bytes as %s, and back", (encoding) => {
  fc.assert(
    fc.property(bytes, (bytes) => {
      const text = Buffer.from(bytes).toString(encoding);
      expect(BrowserBuffer.from(bytes).toString(encoding)).toBe(text);
      expect([...BrowserBuffer.from(text, encoding)]).toEqual([...Buffer.from(text, encoding)]);
    }),
  );
});

test("a byte order mark stays, and what is no text is no other text", () => {
  for (const hostile of [
    [0xef, 0xbb, 0xbf, 0x61],
    [0xff, 0x61],
    [0xe5, 0x8e],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
  ])
    expect(BrowserBuffer.from(hostile).toString()).toBe(Buffer.from(hostile).toString());
  expect([...BrowserBuffer.from("\ud800")]).toEqual([...Buffer.from("\ud800")]);
});

test("text that is no base64 never comes back as it was", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("", "=", "A", "\n", "AAAA"), (text, end) => {
      const given = text + end;
      const read = (buffer: typeof BrowserBuffer) => buffer.from(given, "base64").toString("base64") === given;
      expect(read(BrowserBuffer)).toBe(Buffer.from(given, "base64").toString("base64") === given);
    }),
  );
});

test("parts, comparisons and numbers", () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const [ours, theirs] = [BrowserBuffer.concat([one, other]), Buffer.concat([one, other])];
      expect([...ours]).toEqual([...theirs]);
      expect(ours.equals(theirs)).toBe(true);
      expect(BrowserBuffer.from(one).equals(other)).toBe(Buffer.from(one).equals(other));
      if (ours.length < 11) return;
      // A part of a buffer reads its own bytes, and is a buffer again.
      const [part, theirPart] = [ours.subarray(3) as typeof ours, theirs.subarray(3)];
      expect([part.readUInt32BE(), part.readBigUInt64BE()]).toEqual([
        theirPart.readUInt32BE(),
        theirPart.readBigUInt64BE(),
      ]);
      expect(part.toString("hex")).toBe(theirPart.toString("hex"));
    }),
  );
  expect([...BrowserBuffer.alloc(3), ...BrowserBuffer.alloc(2, Buffer.from([7]))]).toEqual([0, 0, 0, 7, 7]);
});
