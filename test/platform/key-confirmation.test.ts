// A database recognises its key ring, takes new keys of it, and refuses every other ring.
import { expect, test } from "vitest";
import { confirmKeyRing, hasKeyRing } from "../../src/platform/key-confirmation.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { useDatabase } from "../database.ts";
import { newRing } from "../service.ts";

const connection = useDatabase();
const ring = newRing();

const known = () =>
  connection.sql`select use, number from key_fingerprint order by use, number`.then((rows) => [...rows]);
const without = (use: string): KeyRing => ({
  ...ring,
  fingerprints: ring.fingerprints.filter((key) => key.use !== use),
});

test("of two rings that meet a new database at once, one is taken and the other refused", async () => {
  expect(await hasKeyRing(connection.db)).toBe(false);
  const rings = [ring, newRing()];
  const outcomes = await Promise.allSettled(rings.map((one) => confirmKeyRing(connection.db, one)));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled", "rejected"]));
  expect(await known()).toHaveLength(ring.fingerprints.length);
  await connection.sql`delete from key_fingerprint`;
});

test("the first ring is remembered and recognised", async () => {
  await confirmKeyRing(connection.db, ring);
  await confirmKeyRing(connection.db, ring);
  expect(await known()).toHaveLength(ring.fingerprints.length);
  expect(await hasKeyRing(connection.db)).toBe(true);
});

test("another ring is refused and leaves no trace", async () => {
  const foreign = newRing();
  const extra = foreign.fingerprints.map((key) => ({ ...key, number: 2 }));
  const refused = confirmKeyRing(connection.db, { ...foreign, fingerprints: [...foreign.fingerprints, ...extra] });
  await expect(refused).rejects.toMatchObject({ code: "key-ring" });
  expect(await known()).toHaveLength(ring.fingerprints.length);
});

test("a ring that lost a key is refused, and the key is named", async () => {
  await expect(confirmKeyRing(connection.db, without("data"))).rejects.toThrow(
    "data key 1 of this database is not in the key ring",
  );
});

test("a key that was added to the ring is remembered, and missed from then on", async () => {
  const added = newRing()
    .fingerprints.filter(({ use }) => use === "data")
    .map((key) => ({ ...key, number: 2 }));
  await confirmKeyRing(connection.db, { ...ring, fingerprints: [...ring.fingerprints, ...added] });
  expect(await known()).toContainEqual({ use: "data", number: 2 });
  await expect(confirmKeyRing(connection.db, ring)).rejects.toThrow("data key 2");
});
