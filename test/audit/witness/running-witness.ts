// A witness behind a real server, as another organisation runs it; and servers that only claim to be one.
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import {
  createWitness,
  openWitnessState,
  type VerifierKey,
  verifierKeyOf,
  type WitnessAddress,
  witnessRoutes,
} from "../../../src/audit/index.ts";
import { createLog } from "../../../src/platform/log.ts";
import { startServer } from "../../../src/platform/server.ts";

export type RunningWitness = WitnessAddress & { directory: string; stop: () => Promise<void> };

/** `logKeys` may be filled later: a log that is not started yet has no keys. */
export async function startWitness(logKeys: readonly VerifierKey[], name = "witness.example"): Promise<RunningWitness> {
  const directory = mkdtempSync(join(tmpdir(), "shixin-witness-"));
  const log = createLog(new PassThrough().resume());
  const state = openWitnessState(directory, name);
  const witness = createWitness({ state, logKeys, directory, log });
  const routes = witnessRoutes({ witness, log, fail: () => {} });
  const server = await startServer(routes, { host: "127.0.0.1", port: 0 });
  return { url: server.url, key: verifierKeyOf(state.key), directory, stop: server.stop };
}

export async function startImpostor(answer: RequestListener): Promise<{ url: string; stop: () => void }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
