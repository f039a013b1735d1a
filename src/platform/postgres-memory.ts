// How much memory a PostgreSQL of ours takes: shares of what this machine, or its container, has.
import { totalmem } from "node:os";

const MEBIBYTE = 1024 ** 2;
const BUFFERS_MIN = 128 * MEBIBYTE;
const BUFFERS_MAX = 8192 * MEBIBYTE;

/** Bytes that this process may use; a container may allow less than the machine has. */
export function usableMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/**
 * The quarter for the buffers that PostgreSQL advises. With buffers smaller than its indexes a delta of 20,000 rows into
 * 5 million waits for evictions: twice the time.
 */
export function memorySettings(bytes: number): Record<"shared_buffers" | "effective_cache_size", string> {
  const buffers = Math.min(Math.max(bytes / 4, BUFFERS_MIN), BUFFERS_MAX);
  return { shared_buffers: inMegabytes(buffers), effective_cache_size: inMegabytes(Math.max(bytes / 2, 2 * buffers)) };
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)}MB`;
}
