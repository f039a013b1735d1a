// The process of the kill tests: imports a file and, at the named phase (`receiving 0`: before the first row), kills
// itself or has the server end its connections.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { importFile, type ImportRequest } from "../../src/feeds/index.ts";
import { testKeys } from "../registry/keys.ts";

export type KilledLoad = Pick<ImportRequest, "url" | "file" | "expected" | "gates" | "rejectedTo"> & {
  at: string;
  by: "kill" | "cut";
};

const [, , path = "", action] = process.argv;
const { at, by, ...request } = JSON.parse(readFileSync(path, "utf8")) as KilledLoad;

if (action === "cut") {
  const client = new Client({ connectionString: request.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'shixin feed%' and datname = current_database()`,
  );
  await client.end();
} else {
  await importFile({
    ...request,
    keyRing: testKeys,
    actor: "operator:test",
    source: "national",
    mode: "snapshot",
    progress: ({ phase, rows }) => {
      if ((phase === "receiving" && rows === 0 ? "receiving 0" : phase) !== at) return;
      if (by === "kill") process.kill(process.pid, "SIGKILL");
      else spawnSync(process.execPath, [fileURLToPath(import.meta.url), path, "cut"]);
    },
  });
}
