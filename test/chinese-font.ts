// The Chinese font of the test browser: from npm it comes in slices packed for the web, which FreeType reads unpacked.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inflateSync } from "node:zlib";

const SLICES = join(dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc/package.json")), "files");
const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;

/** Writes the font's regular weight into `folder`, and a configuration that knows no other font. Returns its path. */
export function writeChineseFont(folder: string): string {
  mkdirSync(folder);
  for (const name of readdirSync(SLICES).filter((name) => name.endsWith("-400-normal.woff")))
    writeFileSync(join(folder, name.replace(/woff$/, "otf")), unpackWoff(readFileSync(join(SLICES, name))));
  const configuration = join(folder, "fonts.conf");
  writeFileSync(
    configuration,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${join(folder, "cache")}</cachedir></fontconfig>\n`,
  );
  return configuration;
}

/** A font of WOFF 1.0 (W3C): the same tables, each deflated, under a directory of another form. */
function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(12 + 16 * count);
  header.writeUInt32BE(woff.readUInt32BE(4));
  header.writeUInt16BE(count, 4);
  const tables: Buffer[] = [];
  let offset = header.length;
  for (let index = 0; index < count; index++) {
    const entry = woff.subarray(WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES);
    const [start, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const bytes = woff.subarray(start, start + packed);
    const table = packed < length ? inflateSync(bytes) : bytes;
    const record = 12 + 16 * index;
    entry.copy(header, record, 0, 4);
    entry.copy(header, record + 4, 16, 20);
    header.writeUInt32BE(offset, record + 8);
    header.writeUInt32BE(length, record + 12);
    const padded = Buffer.concat([table, Buffer.alloc((4 - (length % 4)) % 4)]);
    tables.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([header, ...tables]);
}
