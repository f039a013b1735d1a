// A register of its own for each test of an import: files are written, loaded, and the outcome read back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changeSource,
  discardLoad,
  importFile,
  type ImportRequest,
  type Load,
  readDifference,
  releaseLoad,
  rollbackLoad,
  type SourceChange,
} from "../../src/feeds/index.ts";
import { connect } from "../../src/platform/database.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { endByCourt } from "../registry/ending.ts";
import { createTestDatabase } from "../database.ts";
import { testKeys } from "../registry/keys.ts";
import { jsonLines, type PublishedRow } from "./published-row.ts";

export type ListingState = {
  caseNumber: string;
  state: string;
  version: number;
  source: string;
  endedBy: string | null;
};

export async function openRegister() {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), "shixin-feed-"));
  const connection = connect(database.url, { name: "test" });
  const rejectedTo = join(folder, "rejected.jsonl");
  const { sql } = connection;

  function write(content: PublishedRow[] | string | Buffer, name = "list.jsonl"): string {
    const file = join(folder, name);
    writeFileSync(file, Array.isArray(content) ? jsonLines(content) : content);
    return file;
  }

  return {
    ...connection,
    url: database.url,
    folder,
    write,
    load(content: PublishedRow[] | string | Buffer, over: Partial<ImportRequest> = {}): Promise<Load> {
      const file = over.file ?? write(content);
      const who = { url: database.url, keyRing: testKeys, actor: "operator:test", source: "national" };
      return importFile({ ...who, mode: "snapshot", file, rejectedTo, ...over });
    },
    release: (load: Load, actor = "operator:second") => releaseLoad({ url: database.url, id: idOf(load), actor }),
    discard: (load: Load, actor = "operator:second") =>
      discardLoad({ url: database.url, id: idOf(load), actor, reason: "测试" }),
    rollback: (load: Load, actor = "operator:second") =>
      rollbackLoad({ url: database.url, id: idOf(load), actor, reason: "测试" }),
    difference: (load: Load) => readDifference(connection.db, idOf(load)),
    setSource: (name: string, change: SourceChange) =>
      connection.db.transaction((tx) => changeSource(tx, "operator:test", name, change)),
    /** The court ends the newest period of a case. */
    async endByCourt(caseNumber: string): Promise<string> {
      const [found] = await sql`
        select id from listing where case_number = ${caseNumber} order by created_at desc limit 1`;
      const id = String(found?.["id"]);
      await connection.db.transaction((tx) => endByCourt(tx, id, { judge: "court:judge" }));
      return id;
    },
    /** Without the courts that every register begins with. */
    audit: async () => [
      ...(await sql`select actor, action, reason from audit_entry where action <> 'court.import' order by id`),
    ],
    rejected: () =>
      readFileSync(rejectedTo, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { line: number; field: string | null; code: string; reason: string }),
    rejectedText: () => readFileSync(rejectedTo, "utf8"),
    listings: async () => [
      ...(await sql<ListingState[]>`
        select case_number as "caseNumber", state, version, source, ended_by as "endedBy" from listing
        order by case_number, created_at`),
    ],
    loads: async () => [...(await sql`select state, failure from load order by id`)],
    /** What a register is, without what a clock or a random number gave it. */
    async snapshot() {
      const listings = await sql`
        select natural_key, content_hash, subject_id, state, version, source, ended_by from listing order by 1, 5`;
      const documents = await sql`select encode(blind_index, 'hex'), subject_id, kind, masked from document order by 1`;
      const subjects = await sql`select id, kind from subject order by 1`;
      const changes = await sql`select kind, count(*)::int from listing_change group by 1 order by 1`;
      const [position] = await sql`
        select position::int, (select count(*)::int from listing_change) as changes,
          (select coalesce(max(position), 0)::int from listing_change) as last from register_state`;
      const stages = await sql`select relname from pg_class where relname like 'stage%'`;
      return {
        listings: [...listings],
        documents: [...documents],
        subjects: [...subjects],
        changes: [...changes],
        position,
        stages: [...stages],
      };
    },
    async close() {
      await connection.end();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

function idOf({ id }: Load): string {
  const uuid = uuidOf("lod", id);
  if (uuid === null) throw new Error("no id of a load");
  return uuid;
}

export type Register = Awaited<ReturnType<typeof openRegister>>;
