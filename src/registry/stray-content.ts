// Whether each listing, and each former version of one, says what its hash binds, and its party is the one that its key
// binds: derived again from the words and the documents, for `fsck`.
import type { Sql } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { contentHash } from "./content.ts";
import { readSaid, readSaidBefore, type Said } from "./log-queries.ts";
import { naturalKey } from "./natural-key.ts";

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Names the first row that differs, in the order of the listings' ids. */
export async function findStrayContent(sql: Sql): Promise<string | null> {
  let page = await readSaid(sql, NO_ID);
  while (page.length > 0) {
    const stray = page.find((said) => !isOwnContent(said) || !isOwnParty(said));
    if (stray) return `what is said by ${publicId("lst", stray.id)}`;
    page = await readSaid(sql, page.at(-1)?.id ?? NO_ID);
  }
  let before = await readSaidBefore(sql, { id: NO_ID, version: 0 });
  while (before.length > 0) {
    const stray = before.find((said) => !isOwnContent(said));
    if (stray) return `what was said by version ${stray.version} of ${publicId("lst", stray.id)}`;
    before = await readSaidBefore(sql, before.at(-1) ?? { id: NO_ID, version: 0 });
  }
  return null;
}

/** The kind of one of the party's documents is part of the hash. */
function isOwnContent({ content, documents, hash }: Said): boolean {
  return documents.some(([kind]) => contentHash(content, kind) === hash);
}

/** A key covers the index of one of the party's documents. */
function isOwnParty({ content, documents, key }: Said & { key: string }): boolean {
  return documents.some(([, index]) => naturalKey(content, Buffer.from(index, "hex")) === key);
}
