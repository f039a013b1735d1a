// Hostile and broken files, each with the named result in which its load must end.
import { gzipSync } from "node:zlib";
import { residentIdOf } from "../../../src/identity/index.ts";
import { jsonLines, numberOf, type PublishedRow, publishedRow } from "../published-row.ts";
import { gb18030 } from "./gb18030.ts";
import { zipOf } from "./zip.ts";

type Content = () => Buffer | string;
export type RefusedFile = readonly [title: string, content: Content, refusal: string];
export type RejectedFile = readonly [title: string, content: Content, rejected: readonly string[]];

/** What the register holds already: a file of these rows changes nothing. */
export const listedRows: readonly PublishedRow[] = [
  publishedRow(0),
  publishedRow(1, { iname: "测试䶮" }),
  publishedRow(2, { duty: '一、"甲"\r\n二、乙,丙' }),
];

const BOMB_BYTES = 70 * 1024 * 1024;
const BLANK_LINES = "\n".repeat(400_000);
const FUTURE = "4 publishDate date_in_future";
const minor = residentIdOf("35999920100601101");
const missing = [
  "4 iname name_missing",
  "4 caseCode case_number_missing",
  "4 courtName court_missing",
  "4 publishDate published_missing",
  "4 cardNum number_missing",
];

const good = jsonLines([...listedRows]);
const array = JSON.stringify(listedRows);
const bad = (over: PublishedRow) => jsonLines([publishedRow(3, over)]);
const unquoted = (number: string) => bad({ cardNum: "@" }).replace('"@"', number);
const list = (content: Buffer | string) => ({ name: "list.jsonl", content });
const bytes = (...parts: (string | Buffer | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

function changed(content: Buffer, at: number): Buffer {
  content[at] = 255 - (content[at] ?? 0);
  return content;
}

const columns = Object.keys(publishedRow(0));
const table = (delimiter: string, rows: readonly PublishedRow[], header = columns) =>
  [header, ...rows.map((row) => columns.map((column) => cellOf(row[column])))]
    .map((cells) => `${cells.join(delimiter)}\r\n`)
    .join("");

function cellOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const longRow = table(",", [publishedRow(3)])
  .replace(/^.*\r\n/, "")
  .replace(/\r\n$/, ",\r\n");

export const goodFiles: Record<string, Content> = {
  "JSON Lines": () => good,
  "a JSON array": () => array,
  "an indented JSON array": () => `\n${JSON.stringify(listedRows, null, 2)}\r\n`,
  "CSV with a byte order mark": () => `\uFEFF${table(",", listedRows)}`,
  "CSV with padded and quoted column names": () =>
    table(
      ",",
      listedRows,
      columns.map((column) => `" ${column} "`),
    ),
  "CSV with the vendors' column names": () =>
    table(
      ",",
      listedRows,
      columns.map((column) => ({ iname: "pname", cardNum: "sfz", duty: "yiwu" })[column] ?? column),
    ),
  TSV: () => table("\t", listedRows),
  "CSV in GB18030": () => gb18030(table(",", listedRows)),
  "JSON Lines in GB18030, in a gzip of two members": () => {
    const [first = "", ...rest] = good.split(/(?<=\n)/);
    return Buffer.concat([gzipSync(gb18030(first)), gzipSync(gb18030(rest.join("")))]);
  },
  "CSV with an empty column of a dangerous name": () =>
    table(",", listedRows)
      .replaceAll(/\r\n(?!二)/g, ",\r\n")
      .replace("qysler,", "qysler,__proto__"),
  "a zip of one stored file": () => zipOf([list(good)], { store: true }),
  "a zip as it is streamed, with the sizes behind": () => zipOf([list(good)], { descriptor: true }),
  "a zip64": () => zipOf([list(table(",", listedRows))], { zip64: true }),
};

export const refusedFiles: readonly RefusedFile[] = [
  ["an empty file", () => "", "the file holds no row"],
  ["white space alone", () => "\n \r\n\t\n", "the file holds no row"],
  ["a header alone", () => `${columns.join(",")}\n`, "the file holds no row"],
  ["an empty JSON array", () => "[]", "the file holds no row"],
  ["an HTML error page", () => "<!DOCTYPE html><title>502 Bad Gateway</title>", "an HTML or XML page"],
  ["an error in JSON", () => '{"code":500,"message":"busy"}', "all 1 rows are rejected"],
  ["a table without a known column", () => "姓名,号码\n测试甲,1\n", "names no column"],
  ["a table with a column named twice", () => table(",", listedRows, ["iname", ...columns.slice(1)]), "iname twice"],
  ["a table whose every row is broken", () => 'iname,cardNum\n"测试甲,1\n', "all 1 rows are rejected"],
  ["binary rubbish", () => Buffer.from(Array.from({ length: 4_096 }, (_, i) => 128 + ((i * 97) % 128))), "neither"],
  ["UTF-16", () => Buffer.from(`\uFEFF${good}`, "utf16le"), "UTF-16"],
  ["GB18030 with a byte that is none", () => bytes(gb18030(good), [0xff, 0x0a]), "neither UTF-8 nor GB18030"],
  ["a spreadsheet", () => zipOf([{ name: "[Content_Types].xml", content: "" }, list("")]), "an office document"],
  ["a JSON array cut in half", () => array.slice(0, -200), "not closed"],
  ["a JSON array with a comma too many", () => array.replace(/\]$/, ",]"), "damaged in line 1"],
  ["two JSON arrays", () => array.repeat(2), "damaged in line 1"],
  ["a gzip cut short", () => gzipSync(good).subarray(0, -9), "the gzip file is damaged or ends early"],
  ["a gzip with a changed byte", () => changed(gzipSync(good), 40), "the gzip file is damaged or ends early"],
  ["a gzip with rows behind zeros", () => bytes(gzipSync(good), [0, 0], gzipSync(good)), "follows the end of the data"],
  ["a gzip in a gzip", () => gzipSync(gzipSync(good)), "packed twice"],
  ["a gzip bomb", () => gzipSync(Buffer.alloc(BOMB_BYTES, " ")), "expands to more than 100 times"],
  ["a zip bomb", () => zipOf([list(Buffer.alloc(BOMB_BYTES, "\n"))]), "expands to more than 100 times"],
  ["a zip of several files", () => zipOf([list(good), { name: "b", content: good }]), "several files"],
  ["a zip of zips", () => zipOf([list(zipOf([list(good)]))]), "packed twice"],
  ["a zip without a file", () => zipOf([{ name: "folder/", content: "" }]), "the zip holds no file"],
  ["an encrypted zip", () => zipOf([list(good)], { encrypted: true }), "encrypted"],
  ["a zip in another compression", () => zipOf([list(good)], { method: 14 }), "compressed with method 14"],
  ["a zip with a wrong checksum", () => zipOf([list(good)], { crc: 1 }), "the zip file is damaged"],
  ["a zip cut short", () => zipOf([list(good)]).subarray(0, -30), "the zip file is damaged"],
];

/** Behind the three listed rows, each with what is rejected of it as `line column code`. */
export const rejectedFiles: readonly RejectedFile[] = [
  ["a last line cut in half", () => good + bad({}).slice(0, -100), ["4 null bad_form"]],
  ["a later byte that is no UTF-8", () => bytes(good, '{"iname":"', [0xb2, 0xe2], '"}\n'), ["4 null mojibake"]],
  ["a much later byte that is no GB18030", () => bytes(gb18030(good), BLANK_LINES, [0xff]), ["400004 null mojibake"]],
  ["a NUL", () => bytes(good, '{"iname":"', [0], '"}\n'), ["4 null bad_form"]],
  ["a NUL as an escape", () => good + bad({ iname: "测\u0000甲" }), ["4 iname control_character"]],
  ["a lone surrogate as an escape", () => good + bad({ iname: "测\uD800甲" }), ["4 iname mojibake"]],
  ["a character that was lost before", () => good + bad({ iname: "测\uFFFD甲" }), ["4 iname mojibake"]],
  ["a row of 3 MB", () => good + bad({ duty: "长".repeat(1024 * 1024) }), ["4 null too_long"]],
  ["a name of 900 KB", () => good + bad({ iname: "长".repeat(300_000) }), ["4 iname too_long"]],
  ["JSON nested 10,000 deep", () => `${good}{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, ["4 null bad_form"]],
  ["a member named twice", () => good + bad({}).replace("{", '{"cardNum":"1",'), ["4 null repeated_member"]],
  ["a row in a prototype", () => good + bad({}).replace("{", '{"__proto__":{').replace(/\}$/m, "}}"), missing],
  ["a number that lost digits", () => good + unquoted(numberOf(3)), ["4 cardNum number_rounded"]],
  ["a number beyond all numbers", () => good + unquoted("1e400"), ["4 cardNum number_rounded"]],
  ["a number out of a spreadsheet", () => good + bad({ cardNum: "1.10101E+17" }), ["4 cardNum number_rounded"]],
  ["a name that is a number", () => good + bad({ iname: "@" }).replace('"@"', "1e400"), ["4 iname bad_form"]],
  ["a minor", () => good + bad({ cardNum: minor }), ["4 cardNum minor"]],
  ["a minor who will be of age", () => good + bad({ cardNum: minor, publishDate: "2099年01月01日" }), [FUTURE]],
  ["a row twice", () => good + jsonLines([publishedRow(0)]), ["4 null duplicate"]],
  ["a fault in a vendor's column", () => good + bad({ cardNum: undefined, sfz: "1" }), ["4 sfz bad_form"]],
  ["a row that lacks cells", () => `${table(",", listedRows)}1,测试甲\n`, ["6 null bad_form"]],
  ["a row with a cell too many", () => table(",", listedRows) + longRow, ["6 null bad_form"]],
  ["a quote that never closes", () => table(",", listedRows).replace("测试甲", '"测试甲'), ["2 null bad_form"]],
  ["text behind a quote", () => table("\t", listedRows).replace("测试甲", '"测试"甲'), ["2 null bad_form"]],
];
