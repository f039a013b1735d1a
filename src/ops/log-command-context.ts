// What the commands on the log are given by the command line.
import type { Runtime } from "./runtime.ts";

export type LogCommandContext = {
  withRuntime: (work: (runtime: Runtime) => Promise<void>) => Promise<void>;
  settings: () => { logOrigin: string; dataDirectory: string; keyRingPath: string | undefined };
};
