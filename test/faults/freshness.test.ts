// The small form of `npm run faults:freshness`: what is committed is in the very next answer.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type TestService } from "../service.ts";
import { changeUnderLoad, changes } from "./freshness.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test("listings, keys and purposes that change are seen by the very next answer", async () => {
  const { url, ring } = service;
  const report = await changeUnderLoad({ connection: service, ring, urls: [url], changes: 300, load: 4, seed: 1 });
  expect(report.stale).toEqual([]);
  expect(report.loadFaults).toEqual([]);
  expect(report.loadAnswers).toBeGreaterThan(300);
  for (const change of changes) expect(report.asked[change]).toBeGreaterThan(10);
});
