// Forms that end with a file, cut into chunks anywhere: fields and bytes come out as they went in, and nothing else does.
import { PassThrough } from "node:stream";
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FormUpload, readUpload } from "../../src/platform/form-upload.ts";

const BOUNDARY = "----WebKitFormBoundary0123456789";
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

const fieldOf = ([name, value]: [string, string]) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

function formOf(fields: [string, string][], file: Uint8Array, tail = ""): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="名单.csv"\r\nContent-Type: text/csv\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(fields.map(fieldOf).join("") + head),
    file,
    Buffer.from(`\r\n${tail}--${BOUNDARY}--\r\n`),
  ]);
}

/** A request whose body comes in these pieces. */
function incomingOf(body: Buffer, cuts: readonly number[], headers: Record<string, string> = {}): IncomingMessage {
  const stream = new PassThrough();
  let from = 0;
  for (const cut of [...new Set(cuts.map((at) => at % body.length)), body.length].toSorted((a, b) => a - b)) {
    stream.write(body.subarray(from, cut));
    from = cut;
  }
  stream.end();
  const all = { "content-type": TYPE, "content-length": String(body.length), ...headers };
  return Object.assign(stream, { headers: all }) as unknown as IncomingMessage;
}

const contentOf = async ({ body }: FormUpload) => buffer(body);

describe("a form that ends with a file", () => {
  test("gives its fields and the very bytes, wherever it is cut", async () => {
    const text = fc.string({ maxLength: 20 }).filter((given) => !/[\r\n"]/.test(given));
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), text), { maxLength: 4 }),
        bytes,
        fc.array(fc.nat(), { maxLength: 8 }),
        async (fields, file, cuts) => {
          const upload = await readUpload(incomingOf(formOf(fields, file), cuts));
          expect([...upload.form.entries()]).toEqual(fields);
          expect([upload.name, upload.bytes]).toEqual(["名单.csv", file.length]);
          expect(Buffer.compare(await contentOf(upload), Buffer.from(file))).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("whose file holds the beginning of the boundary is not cut there", async () => {
    const file = Buffer.from(`a\r\n--${BOUNDARY.slice(0, -1)}b\r\n--${BOUNDARY.slice(0, 8)}`);
    const upload = await readUpload(incomingOf(formOf([["mode", "delta"]], file), [3, 90]));
    expect((await contentOf(upload)).equals(file)).toBe(true);
  });

  test("with another field behind the file lacks its last byte", async () => {
    const upload = await readUpload(incomingOf(formOf([], Buffer.from("abc"), fieldOf(["x", "y"])), []));
    expect((await contentOf(upload)).length).toBeLessThan(upload.bytes);
  });

  test.each([
    ["of another type", { "content-type": "application/json" }, "unsupported-media-type"],
    ["of a length that nobody says", { "content-length": undefined }, "length-required"],
  ])("%s is refused", async (_, headers, code) => {
    const given = headers as Record<string, string>;
    await expect(readUpload(incomingOf(formOf([], Buffer.from("a")), [], given))).rejects.toMatchObject({ code });
  });

  test("without a file, or with endless fields, is refused", async () => {
    const none = Buffer.from(`${fieldOf(["mode", "delta"])}--${BOUNDARY}--\r\n`);
    await expect(readUpload(incomingOf(none, []))).rejects.toMatchObject({ code: "validation" });
    const endless = Buffer.from(fieldOf(["mode", "x".repeat(100_000)]));
    const cuts = Array.from({ length: 20 }, (_, at) => at * 5_000);
    await expect(readUpload(incomingOf(endless, cuts))).rejects.toMatchObject({ code: "validation" });
  });
});
