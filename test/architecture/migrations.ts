// What drizzle's migrator does not notice: it compares only the newest date, so a migration out of order is skipped.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Rule } from "./rule.ts";
import type { SourceFile } from "./source.ts";

const JOURNAL = "drizzle/meta/_journal.json";
const HASHES = "test/migration-hashes.json";
const FIRST_PARENT = "00000000-0000-0000-0000-000000000000";
const Journal = z.object({ entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string() })) });
const Snapshot = z.object({ id: z.string(), prevId: z.string() });

const isMigration = (path: string) => /^drizzle\/[^/]+\.sql$/.test(path);

function textOf(files: SourceFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? "{}";
}

function entriesOf(files: SourceFile[]) {
  return Journal.parse(JSON.parse(textOf(files, JOURNAL))).entries;
}

function journalOf(...entries: { when: number; tag: string }[]): Record<string, string> {
  return { [JOURNAL]: JSON.stringify({ entries: entries.map((entry, idx) => ({ idx, ...entry })) }) };
}

const journal: Rule = {
  title: "every migration is in the journal, in order of date, under a name that we gave it",
  reads: (path) => isMigration(path) || path === JOURNAL,
  find: (files) => {
    const entries = entriesOf(files);
    const written = files.filter(({ path }) => isMigration(path)).map(({ path }) => path);
    const journaled = entries.map(({ tag }) => `drizzle/${tag}.sql`);
    return [
      ...written.filter((path) => !journaled.includes(path)).map((path) => `${path} is not in the journal`),
      ...journaled.filter((path) => !written.includes(path)).map((path) => `${path} is in the journal only`),
      ...entries.flatMap(({ idx, when, tag }, place) => [
        ...(idx === place && Number(tag.slice(0, 4)) === place ? [] : [`${tag} is entry ${place}`]),
        ...(when > (entries[place - 1]?.when ?? 0)
          ? []
          : [`${tag} is older than the one before it: it would be skipped`]),
        // drizzle-kit joins the two words of a name of its own with `_`.
        ...(/^\d{4}_[a-z0-9]+(?:-[a-z0-9]+)*$/.test(tag) ? [] : [`${tag} has no name: npm run migration -- NAME`]),
      ]),
    ];
  },
  controls: {
    "a migration that the journal lacks": {
      ...journalOf({ when: 1, tag: "0000_register" }),
      "drizzle/0000_register.sql": "",
      "drizzle/0001_court.sql": "",
    },
    "an entry without its migration": journalOf({ when: 1, tag: "0000_register" }),
    "a migration that is older than its predecessor": {
      ...journalOf({ when: 2, tag: "0000_register" }, { when: 2, tag: "0001_court" }),
      "drizzle/0000_register.sql": "",
      "drizzle/0001_court.sql": "",
    },
    "a number given twice": {
      ...journalOf({ when: 1, tag: "0000_register" }, { when: 2, tag: "0000_court" }),
      "drizzle/0000_register.sql": "",
      "drizzle/0000_court.sql": "",
    },
    "a random name": { ...journalOf({ when: 1, tag: "0000_bent_marvel" }), "drizzle/0000_bent_marvel.sql": "" },
  },
};

const snapshots: Rule = {
  title: "the snapshots of the schema form one chain, one for each migration",
  reads: (path) => path.startsWith("drizzle/meta/"),
  find: (files) => {
    const entries = entriesOf(files);
    const pathOf = (idx: number) => `drizzle/meta/${String(idx).padStart(4, "0")}_snapshot.json`;
    const chain = entries.map(({ idx }) => Snapshot.safeParse(JSON.parse(textOf(files, pathOf(idx)))).data);
    return [
      ...chain.flatMap((snapshot, place) => {
        const parent = place === 0 ? FIRST_PARENT : chain[place - 1]?.id;
        return snapshot && snapshot.prevId === parent ? [] : [`${pathOf(place)} does not follow the one before it`];
      }),
      ...(files.length - 1 > entries.length ? ["drizzle/meta holds a snapshot of no migration"] : []),
    ];
  },
  controls: {
    "a missing snapshot": journalOf({ when: 1, tag: "0000_register" }),
    "two snapshots of one parent": {
      ...journalOf({ when: 1, tag: "0000_register" }, { when: 2, tag: "0001_court" }),
      "drizzle/meta/0000_snapshot.json": JSON.stringify({ id: "a", prevId: FIRST_PARENT }),
      "drizzle/meta/0001_snapshot.json": JSON.stringify({ id: "b", prevId: FIRST_PARENT }),
    },
    "a snapshot too many": {
      ...journalOf({ when: 1, tag: "0000_register" }),
      "drizzle/meta/0000_snapshot.json": JSON.stringify({ id: "a", prevId: FIRST_PARENT }),
      "drizzle/meta/0001_snapshot.json": JSON.stringify({ id: "b", prevId: "a" }),
    },
  },
};

/** Line ends do not count: git may have changed them. */
const hashOf = (text: string) => createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");

const unedited: Rule = {
  title: `a merged migration is never edited: ${HASHES} knows each by its hash`,
  reads: (path) => isMigration(path) || path === HASHES,
  find: (files) => {
    const known = z.record(z.string(), z.string()).parse(JSON.parse(textOf(files, HASHES)));
    const found = new Map(
      files
        .filter(({ path }) => isMigration(path))
        .map(({ path, text }) => [path.slice("drizzle/".length, -".sql".length), hashOf(text)]),
    );
    return [
      ...Object.keys(known)
        .filter((tag) => !found.has(tag))
        .map((tag) => `${tag} is gone`),
      ...[...found].flatMap(([tag, hash]) => {
        if (known[tag] === hash) return [];
        return known[tag] ? [`${tag} was edited: write another migration`] : [`${tag} is new: add "${tag}": "${hash}"`];
      }),
    ];
  },
  controls: {
    "an edit": {
      "drizzle/0000_register.sql": "select 2;",
      [HASHES]: JSON.stringify({ "0000_register": hashOf("select 1;") }),
    },
    "a migration without a hash": { "drizzle/0000_register.sql": "select 1;", [HASHES]: "{}" },
    "a migration taken back": { [HASHES]: JSON.stringify({ "0000_register": hashOf("select 1;") }) },
  },
};

export const migrationRules = [journal, snapshots, unedited];
