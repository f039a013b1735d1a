// The service as a process of its own, started as an operator starts it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type ServiceProcess = { host: string; port: number; stop: () => Promise<void> };
type Settings = { databaseUrl: string; keyRingPath: string; dataDirectory: string };

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const ADDRESS = /The register serves http:\/\/([^:/]+):(\d+)/;

/** Starts `src/main.ts` on a free port and waits for the address that it prints. */
export async function startService({ databaseUrl, keyRingPath, dataDirectory }: Settings): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_ENV: "",
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: databaseUrl,
      KEY_RING: keyRingPath,
      DATA_DIR: dataDirectory,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  process.once("exit", () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const [, host, port] = ADDRESS.exec(line) ?? [];
    if (host && port) {
      child.stdout.resume();
      return {
        host,
        port: Number(port),
        async stop() {
          child.kill("SIGTERM");
          await exited;
        },
      };
    }
  }
  throw new Error("The service ended before it gave an address.");
}
