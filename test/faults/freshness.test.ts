// The small form of `npm run faults:freshness`: what is committed is in the very next answer.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
  const report = await changeUnderLoad({ connection: service, ring, urls: [url], changes: 200, load: 2, seed: 1 });
  expect(report.stale).toEqual([]);
  expect(report.loadFaults).toEqual([]);
  expect(report.loadAnswers).toBeGreaterThan(200);
  for (const change of changes) expect(report.asked[change]).toBeGreaterThan(10);
});

test("a service that answers from memory is found out", async () => {
  const forgetful = createServer((_, response) => response.setHeader("Content-Length", 19).end('{"outcome":"clear"}'));
  forgetful.listen(0, "127.0.0.1");
  await once(forgetful, "listening");
  const url = `http://127.0.0.1:${(forgetful.address() as AddressInfo).port}`;
  const { ring } = service;
  const report = await changeUnderLoad({ connection: service, ring, urls: [url], changes: 60, load: 1, seed: 2 });
  forgetful.closeAllConnections();
  forgetful.close();
  expect(new Set(report.stale)).toEqual(
    new Set([
      "listing published: clear instead of listed",
      "key revoked: clear instead of 401",
      "purpose withdrawn: clear instead of 403",
    ]),
  );
});
