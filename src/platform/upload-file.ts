// The file of an upload: bytes are appended at an offset that is safe on disk, and nothing beyond it counts.
import { constants, mkdir, open, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** After so many bytes the file is brought to disk: what a power cut can cost of one long request. */
const SAFE_BYTES = 64 * 1024 * 1024;

export type Appending = {
  path: string;
  /** Safe bytes of the file; what stands behind them is cut off. */
  offset: number;
  bytesMax: number;
  body: AsyncIterable<Uint8Array>;
  /** Bytes up to `to` are on disk. */
  onSafe: (from: number, to: number) => Promise<void>;
  /** Runs `cut` unless somebody else writes the file by now. */
  whileOurs: (cut: () => Promise<void>) => Promise<void>;
};

export class TooManyBytes extends Error {}

/** Returns the new safe offset. A body that breaks off keeps what arrived; any other failure keeps the safe offset. */
export async function appendToFile({ path, offset, bytesMax, body, onSafe, whileOurs }: Appending): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  let safe = offset;
  let end = offset;
  const makeSafe = async () => {
    await file.datasync();
    await onSafe(safe, end);
    safe = end;
  };
  try {
    await file.truncate(offset);
    for await (const chunk of untilItBreaksOff(body)) {
      if (end + chunk.length > bytesMax) throw new TooManyBytes();
      await writeAll(file, chunk, end);
      end += chunk.length;
      // The last stretch waits for the end of the request, which may bring more than it should.
      if (end - safe >= SAFE_BYTES && end < bytesMax) await makeSafe();
    }
    if (end > safe) await makeSafe();
    return end;
  } catch (error) {
    // What cannot be cut now is cut by whoever goes on at the safe offset.
    await whileOurs(() => file.truncate(safe)).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

async function* untilItBreaksOff(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    // A connection that was cut: the client asks for the offset and goes on from there.
  }
}

type File = Awaited<ReturnType<typeof open>>;

async function writeAll(file: File, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/** 0 where there is no file yet. */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found?.size ?? 0;
}

/** Bytes that may be written below `directory`, which is made. */
export async function freeBytes(directory: string): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
