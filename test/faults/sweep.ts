// The sweep: reads everything that a run left behind, counts what it read, and names the places that hold a secret in clear.
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { findCanaries } from "../canaries.ts";

export type Sweep = {
  /** Looks through `text`, which was found at `place`. */
  look: (place: string, text: string | Buffer) => void;
  /** Looks through every column of every table, and the statements that the server remembers. */
  lookIntoDatabase: (url: string) => Promise<void>;
  /** What was found, as `place: secret`. */
  findings: () => string[];
  /** Bytes read in each place. */
  read: () => ReadonlyMap<string, number>;
};

export function createSweep(secrets: readonly string[]): Sweep {
  const bytes = new Map<string, number>();
  const found = new Set<string>();

  function look(place: string, text: string | Buffer): void {
    bytes.set(place, (bytes.get(place) ?? 0) + text.length);
    for (const secret of findCanaries(text, secrets)) found.add(`${place}: ${secret}`);
  }

  return {
    look,
    async lookIntoDatabase(url) {
      const client = new Client({ connectionString: url, application_name: "shixin sweep" });
      await client.connect();
      try {
        for (const table of await tablesOf(client)) look(`table ${table}`, await contentOf(client, table));
        const { rows } = await client.query<{ query: string }>(
          "select query from pg_stat_activity where pid <> pg_backend_pid()",
        );
        look("pg_stat_activity", rows.map(({ query }) => query).join("\n"));
      } finally {
        await client.end();
      }
    },
    findings: () => [...found].sort(),
    read: () => bytes,
  };
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** All rows in COPY's text format: texts, arrays and JSON as they are, bytes in hexadecimal, which is one of the shapes looked for. */
async function contentOf(client: Client, table: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(`copy (select * from ${table}) to stdout`)))
    chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
