// Page cursors: they continue the query that issued them, as it was, and nothing else.
import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCursor, signCursor } from "../../src/platform/cursor.ts";
import { AppError } from "../../src/platform/error.ts";

const key = createSecretKey(Buffer.alloc(32, 1));
const text = fc.string({ unit: "grapheme" });
const refused = expect.objectContaining({ code: "invalid-cursor" });

test("a cursor gives back its position and fits into a URL", () => {
  fc.assert(
    fc.property(text, text, (query, position) => {
      const cursor = signCursor(key, query, position);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(readCursor(key, query, cursor)).toBe(position);
    }),
  );
});

test("a cursor of another query, or signed with another key, is refused", () => {
  const cursor = signCursor(key, "checks agency-1", "9");
  expect(() => readCursor(key, "checks agency-2", cursor)).toThrow(refused);
  expect(() => readCursor(createSecretKey(Buffer.alloc(32, 2)), "checks agency-1", cursor)).toThrow(refused);
});

test("a cursor with any byte changed is refused", () => {
  const bytes = Buffer.from(signCursor(key, "checks", "position"), "base64url");
  for (let position = 0; position < bytes.length; position++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(position) ^ 0x80, position);
    expect(() => readCursor(key, "checks", changed.toString("base64url"))).toThrow(refused);
  }
});

test("whatever else comes as a cursor is refused as such", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (cursor) => {
      expect(() => readCursor(key, "checks", cursor)).toThrow(AppError);
    }),
  );
});
