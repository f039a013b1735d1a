// Files as rows: what a file is, where its rows begin, and the same rows wherever it is cut.
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cutCsv } from "../../src/feeds/csv.ts";
import { ROW_BYTES_MAX } from "../../src/feeds/file-row.ts";
import { cutJsonArray } from "../../src/feeds/json-array.ts";
import { cutJsonLines } from "../../src/feeds/json-lines.ts";
import { gb18030 } from "./corpus/gb18030.ts";
import { zipOf } from "./corpus/zip.ts";
import { piecesOf, readContent, rowsOf } from "./file-reading.ts";

const rowsIn = async (content: string | Buffer) => (await readContent(content)).rows;
const faultsIn = async (content: string | Buffer) =>
  (await rowsIn(content)).map((row) => (row.record === null ? row.fault : "read"));
const refusal = (content: string | Buffer) =>
  readContent(content).then(
    () => "read",
    (error: Error) => error.message,
  );
const cell = fc.string({ unit: fc.constantFrom("甲", "𠮷", '"', ",", "\n", "\r\n", "\t", "\\", "[", "}", " ", "a") });
// Without escapes: after a name with a backslash, JSON.parse of V8 13.6 misreads other names with one.
const member = fc.string({ unit: fc.constantFrom("甲", "𠮷", ",", ":", "[", "}", " ", "a") });
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

describe("JSON Lines", () => {
  test("are read with their line numbers, empty lines left out, the last line end optional", async () => {
    expect(await rowsIn('\uFEFF{"iname":"甲"}\r\n\n  \n{"iname":"乙"}')).toEqual([
      { line: 1, record: { iname: "甲" } },
      { line: 4, record: { iname: "乙" } },
    ]);
  });

  test("that are no object are rows that cannot be read", async () => {
    const faults = await faultsIn('{"a":1}\n{"a":\n[1]\nnull\n"x"\n{"b":2}\n');
    expect(faults).toEqual(["read", "bad_form", "bad_form", "bad_form", "bad_form", "read"]);
  });

  test("are the same wherever the file is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(member, cell)), lengths, async (records, pieces) => {
        const bytes = Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"));
        const rows = await rowsOf(cutJsonLines(piecesOf(bytes, pieces), 1));
        expect(rows).toEqual(records.map((record, index) => ({ line: index + 1, record })));
      }),
    );
  });

  test("longer than the bound are one row too long, and the next is read", async () => {
    expect(await rowsIn(`{"a":1}\n{"a":"${"长".repeat(ROW_BYTES_MAX)}"}\n{"b":2}\n`)).toEqual([
      { line: 1, record: { a: 1 } },
      { line: 2, record: null, fault: "too_long" },
      { line: 3, record: { b: 2 } },
    ]);
  });

  test("that name a member twice are not guessed at, on whatever level", async () => {
    const rows = [
      '{"a":1,"a":2}',
      '{"a":1,"b":[{"c":1,"c" :2}]}',
      '{"a":"\\":\\":","b":{"a":":","":":"}}',
      '{"\\u0061":1,"a":2}',
      '{"__proto__":1,"constructor":2}',
    ];
    expect(await faultsIn(rows.join("\n"))).toEqual([
      "repeated_member",
      "repeated_member",
      "read",
      "repeated_member",
      "read",
    ]);
  });

  test("that are nested without end are rows that cannot be read", async () => {
    expect(await faultsIn(`{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}\n{"a":${'{"a":'.repeat(10_000)}`)).toEqual([
      "bad_form",
      "bad_form",
    ]);
  });

  test("with a byte that is no UTF-8 are rejected, and their neighbours read", async () => {
    const rows = ['{"a":"甲乙丙丁"}\n', Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), '{"a":"戊"}\n'];
    expect(await faultsIn(Buffer.concat(rows.map((row) => Buffer.from(row))))).toEqual(["read", "mojibake", "read"]);
  });
});

describe("a JSON array", () => {
  test("is read with its elements numbered: several may stand on one line", async () => {
    expect((await readContent('\n [\n{"a":1}, {"a":\n2}\n,\n"x",7,{"b":"]},["}]\n')).rows).toEqual([
      { line: 1, record: { a: 1 } },
      { line: 2, record: { a: 2 } },
      { line: 3, record: null, fault: "bad_form" },
      { line: 4, record: null, fault: "bad_form" },
      { line: 5, record: { b: "]},[" } },
    ]);
  });

  test("is the same wherever the file is cut", async () => {
    const element = fc.oneof(
      fc.dictionary(member, fc.oneof(cell, fc.array(fc.dictionary(member, cell)))),
      fc.integer(),
      cell,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(element), lengths, fc.constantFrom(0, 1), async (elements, pieces, indent) => {
        const bytes = Buffer.from(JSON.stringify(elements, null, indent));
        const rows = await rowsOf(cutJsonArray(piecesOf(bytes, pieces), 1));
        expect(rows.map(({ line, record }) => [line, record])).toEqual(
          elements.map((item, index) => [index + 1, typeof item === "object" ? item : null]),
        );
      }),
    );
  });

  test("has one row too long where an element is beyond the bound, and the next is read", async () => {
    const content = `[{"a":1},\n{"a":"${"长\n".repeat(ROW_BYTES_MAX)}"},{"b":2}\n,{"c":3}]`;
    expect(await rowsIn(content)).toEqual([
      { line: 1, record: { a: 1 } },
      { line: 2, record: null, fault: "too_long" },
      { line: 3, record: { b: 2 } },
      { line: 4, record: { c: 3 } },
    ]);
  });

  test.each([
    ['[{"a":1}', "not closed"],
    ['[{"a":"1]', "not closed"],
    ['[{"a":1} {"a":2}]', "damaged in line 1"],
    ['[\n{"a":1},\n]', "damaged in line 3"],
    ['[{"a":1}]\n[', "damaged in line 2"],
  ])("that is broken is refused: %s", async (content, note) => {
    expect(await refusal(content)).toContain(note);
  });
});

describe("CSV", () => {
  test("has quoted line breaks, a byte order mark, and the line where a row begins", async () => {
    expect(await rowsIn('\uFEFFiname,"duty"\r\n甲,"一\r\n二, ""三"""\r\n\r\n乙,无\r\n')).toEqual([
      { line: 2, record: { iname: "甲", duty: '一\r\n二, "三"' } },
      { line: 5, record: { iname: "乙", duty: "无" } },
    ]);
  });

  test("with tabs is TSV", async () => {
    const { rows, facts } = await readContent('iname\tduty\n甲\t一, 二"三"\n');
    expect([rows, facts.format]).toEqual([[{ line: 2, record: { iname: "甲", duty: '一, 二"三"' } }], "tsv"]);
  });

  test("is the same wherever the file is cut", async () => {
    const table = fc.array(fc.tuple(cell, cell).filter((cells) => cells.join("").trim() !== ""));
    await fc.assert(
      fc.asyncProperty(table, lengths, async (rows, pieces) => {
        const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
        const bytes = Buffer.from(["iname,duty", ...quoted].join("\r\n"));
        const records = rows.map(([iname, duty]) => ({ iname, duty }));
        expect((await rowsOf(cutCsv(piecesOf(bytes, pieces), 1, "csv"))).map(({ record }) => record)).toEqual(records);
      }),
    );
  });

  test("has the same rows and faults wherever it is cut, however its quotes are broken", async () => {
    const letter = fc.constantFrom('"', ",", "\n", "甲", '"甲"', '""');
    await fc.assert(
      fc.asyncProperty(fc.array(letter, { maxLength: 60 }), lengths, async (letters, pieces) => {
        const bytes = Buffer.from(`iname,duty\n${letters.join("")}`);
        const whole = await rowsOf(cutCsv(piecesOf(bytes, [bytes.length]), 1, "csv"));
        expect(await rowsOf(cutCsv(piecesOf(bytes, pieces), 1, "csv"))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  test("rows of another width cannot be read", async () => {
    expect(await faultsIn("iname,age\n甲,1,2\n乙\n丙,3\n")).toEqual(["bad_form", "bad_form", "read"]);
  });

  test("with a quote that never closes loses the row alone", async () => {
    const rows = await rowsIn(`iname,age\n甲,1\n"乙,2\n${"丙,3\n".repeat(300_000)}`);
    expect(rows.slice(0, 3)).toEqual([
      { line: 2, record: { iname: "甲", age: "1" } },
      { line: 3, record: null, fault: "bad_form" },
      { line: 4, record: { iname: "丙", age: "3" } },
    ]);
    expect(rows).toHaveLength(300_002);
  });

  test("with a line beyond the bound has one row too long", async () => {
    expect(await faultsIn(`iname,age\n甲,1\n乙,${"长".repeat(ROW_BYTES_MAX)}\n丙,3\n`)).toEqual([
      "read",
      "too_long",
      "read",
    ]);
  });

  test.each([
    ["甲,1\n乙,2\n", "names no column of a published list"],
    ["iname,duty, iname\n", "names the column iname twice"],
    ['"iname,duty\n甲,1\n', "is damaged"],
  ])("with a first line that is no header is refused: %s", async (content, note) => {
    expect(await refusal(content)).toContain(note);
  });
});

describe("an encoding", () => {
  const list = "iname,duty\n䶮𠮷,二\n".replace("𠮷", "吉");

  test("is told by the first bytes beyond ASCII", async () => {
    expect((await readContent(list)).facts.encoding).toBe("utf-8");
    const legacy = await readContent(gb18030(list));
    expect(legacy.facts.encoding).toBe("gb18030");
    expect(legacy.rows).toEqual([{ line: 2, record: { iname: "䶮吉", duty: "二" } }]);
    const late = Buffer.concat([Buffer.from(`iname\n${"x\n".repeat(400_000)}`), gb18030("编码测试\n")]);
    expect((await readContent(late)).rows.at(-1)).toEqual({ line: 400_002, record: { iname: "编码测试" } });
  });

  test("that is stated is not guessed, and what it cannot read is rejected", async () => {
    expect((await readContent(gb18030(list), { encoding: "utf-8" })).rows).toEqual([
      { line: 2, record: null, fault: "mojibake" },
    ]);
    const damaged = Buffer.concat([gb18030("iname\n甲\n"), Buffer.from([0x41, 0xff, 0x0a]), gb18030("乙\n")]);
    expect((await readContent(damaged, { encoding: "gb18030" })).rows).toEqual([
      { line: 2, record: { iname: "甲" } },
      { line: 3, record: null, fault: "mojibake" },
      { line: 4, record: { iname: "乙" } },
    ]);
  });

  test.each([
    ["UTF-16", Buffer.from("\uFEFFiname\n甲\n", "utf16le")],
    ["UTF-16", Buffer.from("iname\n甲\n", "utf16le")],
    ["neither UTF-8 nor GB18030", Buffer.concat([gb18030("iname\n甲乙丙"), Buffer.from([0xff, 0xfe, 0x0a])])],
  ])("other than these is refused: %s", async (note, content) => {
    expect(await refusal(content)).toContain(note);
  });
});

describe("a packed file", () => {
  const list = '{"iname":"甲"}\n';
  const file = { name: "list.jsonl", content: list };

  test("is unpacked, and the hash is that of the file as it lies", async () => {
    for (const [packed, compression] of [
      [Buffer.from(list), "none"],
      [gzipSync(list), "gzip"],
      [zipOf([file]), "zip"],
    ] as const) {
      const { rows, facts, sha256 } = await readContent(packed);
      expect(rows).toEqual([{ line: 1, record: { iname: "甲" } }]);
      expect(facts).toEqual({ format: "json-lines", encoding: "utf-8", compression });
      expect(sha256).toEqual(createHash("sha256").update(packed).digest());
    }
  });

  test("may be a gzip of several members", async () => {
    expect(await rowsIn(Buffer.concat([gzipSync(list), gzipSync(list)]))).toHaveLength(2);
  });

  test.each([{ store: true }, { descriptor: true }, { zip64: true }, { store: true, descriptor: true, zip64: true }])(
    "may be a zip with %o",
    async (options) => {
      const content = list.repeat(50_000);
      expect(
        await rowsIn(
          zipOf(
            [
              { name: "folder/", content: "" },
              { ...file, content },
            ],
            options,
          ),
        ),
      ).toHaveLength(50_000);
    },
  );
});

test("a file without rows is refused", async () => {
  for (const content of ["", "\n \n", " ".repeat(1_000_000), gzipSync(""), zipOf([{ name: "a", content: "" }])]) {
    expect(await refusal(content)).toContain("the file holds no row");
  }
  expect(await rowsIn("iname,duty\n")).toEqual([]);
  expect(await rowsIn("[]")).toEqual([]);
});
