// The memory that a server of ours is given.
import { totalmem } from "node:os";
import { expect, test } from "vitest";
import { memorySettings, usableMemory } from "../../src/platform/postgres-memory.ts";

const GIBIBYTE = 1024 ** 3;

test.each([
  ["a small container", GIBIBYTE / 2, "128MB", "256MB"],
  ["four gibibytes", 4 * GIBIBYTE, "1024MB", "2048MB"],
  ["a large machine", 256 * GIBIBYTE, "8192MB", "131072MB"],
])("is a share of %s, within bounds", (_, bytes, buffers, cache) => {
  expect(memorySettings(bytes)).toEqual({ shared_buffers: buffers, effective_cache_size: cache });
});

test("is measured on what the machine has, or less", () => {
  expect(usableMemory()).toBeGreaterThan(0);
  expect(usableMemory()).toBeLessThanOrEqual(totalmem());
});
