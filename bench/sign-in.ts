// npm run bench:sign-in — whether the time of a refused sign-in tells anything: a name that nobody has beside names that
// somebody has, with the wrong password, the wrong code, or before the first sign-in; in turns of one run.
import { join } from "node:path";
import { createApp } from "../src/app.ts";
import { logIdentity } from "../src/audit/index.ts";
import { createHotConnection } from "../src/checks/index.ts";
import { createAccount, createPasswordHasher, enrolAtOnce, seedCourts } from "../src/courts/index.ts";
import { connect } from "../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { createLog } from "../src/platform/log.ts";
import { startServer } from "../src/platform/server.ts";
import { PassThrough } from "node:stream";
import { withBenchDatabase } from "./bench-database.ts";
import { median } from "./check-rounds.ts";
import { T_MAX, welch } from "./welch.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 200);
const ROUNDS_WARM = 10;
const PASSWORD = "鹭江道上看夜色 2026";
const CLERK = { name: "基准测试", role: "clerk", court: "闽0203" } as const;
const WRONG = "鹭江道上看夜色 2025";

await withBenchDatabase(async ({ directory, databaseUrl }) => {
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  const ring = readKeyRing(ringPath);
  const connection = connect(databaseUrl, { name: "bench" });
  const { db, sql } = connection;
  await seedCourts(db);
  const account = (login: string) =>
    db.transaction((tx) => createAccount(tx, ring, "operator:bench", { ...CLERK, login }));
  const { enrolmentCode } = await account("known.name");
  await enrolAtOnce(
    { db, ring, hasher: createPasswordHasher(ring.credentialKey) },
    { enrolmentCode, password: PASSWORD },
  );
  await account("waiting.name");

  const hot = createHotConnection(databaseUrl);
  const log = createLog(new PassThrough().resume());
  const { app, drain } = createApp({
    connection,
    hot,
    ring,
    log,
    identity: logIdentity("localhost/bench", ring.logKeys),
    demonstration: false,
    stopping: () => false,
  });
  const server = await startServer(app, { host: "127.0.0.1", port: 0 });

  const attempts = {
    nobody: { login: "nobodys.name", password: WRONG },
    password: { login: "known.name", password: WRONG },
    code: { login: "known.name", password: PASSWORD },
    waiting: { login: "waiting.name", password: WRONG },
  };
  type Name = keyof typeof attempts;
  const times: Record<Name, number[]> = { nobody: [], password: [], code: [], waiting: [] };
  const names = Object.keys(attempts) as Name[];
  for (let round = -ROUNDS_WARM; round < ROUNDS; round++)
    // Another order each round: whoever comes after the pause below has it a little harder.
    for (let place = 0; place < names.length; place++) {
      const name = names[(place + Math.max(round, 0)) % names.length] ?? "nobody";
      await sql`delete from sign_in_pause`;
      const began = performance.now();
      const { status } = await fetch(`${server.url}/v1/sessions`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...attempts[name], code: "000000" }),
      });
      const took = performance.now() - began;
      if (status !== 401) throw new Error(`an attempt was answered ${status}`);
      if (round >= 0) times[name].push(took);
    }

  console.log(`\n${ROUNDS} refused sign-ins each, ms          median   beside nobody's   Welch's t`);
  for (const name of names) {
    const ratio = (median(times[name]) / median(times.nobody)).toFixed(3);
    const line = `${name.padEnd(38)} ${median(times[name]).toFixed(2).padStart(6)} ${ratio.padStart(17)}`;
    console.log(name === "nobody" ? line : `${line} ${welch(times[name], times.nobody).toFixed(2).padStart(11)}`);
  }
  const told = names.filter((name) => name !== "nobody" && Math.abs(welch(times[name], times.nobody)) >= T_MAX);
  console.log(told.length === 0 ? `No difference (|t| < ${T_MAX}).` : `Told apart: ${told.join(", ")}.`);
  process.exitCode = told.length === 0 ? 0 : 1;

  await server.stop();
  await drain();
  await hot.end();
  await connection.end();
});
