// The two lists of the replay: written with their truth, then loaded as an operator would load them.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { importFile } from "../../src/feeds/index.ts";
import { type SyntheticCounts, type SyntheticOptions, writeSynthetic } from "../../src/feeds/synthetic/index.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { createProgress } from "../../src/platform/progress.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { apportion } from "./evenly.ts";

export type LoadedList = {
  /** What the rows were made from: the same options name the parties off the list. */
  options: SyntheticOptions;
  truthFile: string;
  /** What the truth says of the rows. */
  truth: SyntheticCounts;
  /** What the load made of them. */
  accepted: number;
  rejected: number;
  seconds: number;
};

const SHARES = { national: 9, local: 1 } as const;
const SEEDS = { national: 2018, local: 592 } as const;
const FLAWED_SHARE = 0.001;

/** The options of both lists. Terms run out with the years, so the invented present is the first day of this one. */
export function listOptions(records: number): SyntheticOptions[] {
  const [national = 0, local = 0] = apportion(records, [SHARES.national, SHARES.local]);
  const asOf = `${shanghaiDate(new Date()).slice(0, 4)}-01-01`;
  return [
    { kind: "national", rows: national, seed: SEEDS.national, flaws: FLAWED_SHARE, asOf },
    { kind: "local", rows: local, seed: SEEDS.local, flaws: FLAWED_SHARE, asOf },
  ];
}

type Target = { url: string; ring: KeyRing; directory: string };

/** Writes a list, loads it as a snapshot of its own source, and keeps its truth. */
export async function loadList(options: SyntheticOptions, { url, ring, directory }: Target): Promise<LoadedList> {
  const { kind, rows } = options;
  const file = join(directory, `${kind}.jsonl`);
  const truthFile = join(directory, `${kind}-truth.jsonl`);
  const writing = createProgress(`write the ${kind} list`, "rows");
  const truth = await writeSynthetic({
    ...options,
    out: file,
    truth: truthFile,
    progress: (done) => writing.update(done, rows),
  });
  writing.finish();

  const loading = createProgress(`load the ${kind} list`, "rows");
  const started = performance.now();
  const { counts } = await importFile({
    url,
    keyRing: ring,
    actor: "operator:replay",
    source: kind === "national" ? "national" : "xiamen",
    mode: "snapshot",
    file,
    expected: rows,
    rejectedTo: join(directory, `${kind}-rejected.jsonl`),
    progress: (progress) => loading.update(progress.rows, rows),
  });
  const seconds = (performance.now() - started) / 1000;
  loading.finish();
  await rm(file);
  return { options, truthFile, truth, accepted: counts.accepted, rejected: counts.rejected, seconds };
}
