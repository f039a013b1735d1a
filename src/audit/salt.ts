// Salts of entries: 16 random bytes each, drawn from the generator in blocks.
import { randomFillSync } from "node:crypto";
import { SALT_BYTES } from "./log/index.ts";

const pool = Buffer.alloc(SALT_BYTES * 256);
let unused = 0;

export function newSalt(): Buffer {
  if (unused === 0) {
    randomFillSync(pool);
    unused = pool.length;
  }
  unused -= SALT_BYTES;
  return Buffer.from(pool.subarray(unused, unused + SALT_BYTES));
}
