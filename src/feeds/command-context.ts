// What the commands on feeds are given by the command line's root: an open runtime, and what the environment sets.
import type { Database } from "../platform/database.ts";
import type { PartyKeys } from "../registry/index.ts";
import type { GateSettings } from "./gate.ts";

export type FeedRuntime = { db: Database; url: string; ring: PartyKeys };

export type FeedCommandContext = {
  withRuntime: (work: (runtime: FeedRuntime) => Promise<void>) => Promise<void>;
  settings: () => { dataDirectory: string; gates: GateSettings };
};
