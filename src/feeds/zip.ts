// Finding the one file of a zip in its central directory.
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { AppError } from "../platform/error.ts";
import { refuse } from "./gate.ts";

/** Where the packed bytes lie, and what must come out of them. */
export type ZipEntry = { start: number; length: number; isDeflated: boolean; unpackedLength: number; crc32: number };

const STORED = 0;
const DEFLATED = 8;
/** A zip of directories only is walked so far. */
const ENTRIES_MAX = 1_000;

export async function findOnlyEntry(path: string): Promise<ZipEntry> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
    const entry = await onlyFile(zip);
    const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const { compressedSize: length, uncompressedSize: unpackedLength, compressionMethod, crc32 } = entry;
    return { start, length, isDeflated: compressionMethod === DEFLATED, unpackedLength, crc32 };
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuse("the zip file is damaged or ends early");
  } finally {
    zip?.close();
  }
}

async function onlyFile(zip: ZipFile): Promise<Entry> {
  let found: Entry | null = null;
  for await (const entry of zip.eachEntry()) {
    if (zip.entriesRead > ENTRIES_MAX) break;
    const name = entry.fileNameRaw.toString("latin1");
    if (name === "[Content_Types].xml") refuse("the file is an office document: export the list as CSV");
    if (name.endsWith("/")) continue;
    if (found) refuse("the zip holds several files: send one with the list alone");
    found = entry;
  }
  if (!found) return refuse("the zip holds no file");
  if (found.isEncrypted()) refuse("the zip is encrypted: send it without a password");
  const { compressionMethod: method } = found;
  if (method !== STORED && method !== DEFLATED) refuse(`the zip is compressed with method ${method}: use deflate`);
  return found;
}
