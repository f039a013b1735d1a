// A folder of the run for its browser: the first test that needs the browser unpacks it there.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    browserFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "shixin-browser-"));
  project.provide("browserFolder", folder);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
