// Test runner: real PostgreSQL started once for the run, every test file on a database copy of its own.
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/postgres.ts", "test/browser-folder.ts"],
    // Against a test that hangs, not one that is slow: shared machines lose half of their speed for minutes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // Half of what a command takes that a test starts.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules", ".compiled") },
    pool: "forks",
    // A process keeps the modules of the file before: loading them again was half of the run.
    isolate: false,
    // On two cores: a third of the time a test waits for a command or a browser that it started.
    maxWorkers: 3,
  },
});
