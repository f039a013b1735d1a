// Zips as programs write them, and as nobody should: with flags, sizes and checksums as a test wants them.
import { crc32, deflateRawSync } from "node:zlib";

export type ZipFile = { name: string; content: Buffer | string };
export type ZipOptions = {
  /** Not packed. */
  store?: boolean;
  /** The sizes follow the data, as in a zip that was streamed. */
  descriptor?: boolean;
  zip64?: boolean;
  encrypted?: boolean;
  method?: number;
  crc?: number;
};

const VERSION = 45;
const MAX_32 = 0xffffffff;

export function zipOf(files: readonly ZipFile[], options: ZipOptions = {}): Buffer {
  const { store, descriptor, zip64, encrypted } = options;
  const flags = (encrypted ? 1 : 0) + (descriptor ? 8 : 0);
  const method = options.method ?? (store ? 0 : 8);
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const bytes = Buffer.from(content);
    const data = store ? bytes : deflateRawSync(bytes);
    const crc = options.crc ?? crc32(bytes);
    const sizes = [u32(crc), u32(data.length), u32(bytes.length)];
    const shared = [u16(VERSION), u16(flags), u16(method), u32(0)];
    const local = Buffer.concat([
      u32(0x04034b50),
      ...shared,
      ...(descriptor ? [u32(0), u32(0), u32(0)] : sizes),
      u16(name.length),
      u16(0),
      Buffer.from(name),
      data,
      ...(descriptor ? [u32(0x08074b50), ...sizes] : []),
    ]);
    const extra = zip64 ? [u16(1), u16(24), u64(bytes.length), u64(data.length), u64(offset)] : [];
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(VERSION),
        ...shared,
        ...(zip64 ? [u32(crc), u32(MAX_32), u32(MAX_32)] : sizes),
        u16(name.length),
        u16(Buffer.concat(extra).length),
        Buffer.alloc(10),
        u32(zip64 ? MAX_32 : offset),
        Buffer.from(name),
        ...extra,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = [u32(0x06054b50), u16(0), u16(0), u16(files.length), u16(files.length), u32(entries.length), u32(offset)];
  return Buffer.concat([...locals, entries, ...end, u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
