// Recognises the key ring: a database keeps a fingerprint of every key, and another ring is a start error, because with
// it the register would look empty.
import type { Database } from "./database.ts";
import { AppError } from "./error.ts";
import type { KeyRing } from "./key-ring.ts";
import { keyFingerprint } from "./schema.ts";

/** Whether any ring has been used with this database. */
export async function hasKeyRing(db: Database): Promise<boolean> {
  return (await db.select({ use: keyFingerprint.use }).from(keyFingerprint).limit(1)).length > 0;
}

/** Remembers new keys of the ring; `key-ring` when a known key is missing or another one. */
export async function confirmKeyRing(db: Database, ring: KeyRing): Promise<void> {
  await db.transaction(async (tx) => {
    // Written first: of two rings that meet a new database at once, the second waits here and then finds the first.
    await tx.insert(keyFingerprint).values(ring.fingerprints).onConflictDoNothing();
    for (const row of await tx.select().from(keyFingerprint)) {
      const held = ring.fingerprints.find((key) => key.use === row.use && key.number === row.number);
      if (!held?.fingerprint.equals(row.fingerprint))
        throw new AppError("key-ring", {
          note: `${row.use} key ${row.number} of this database is not in the key ring`,
        });
    }
  });
}
