// A log that cannot follow stops the checks: an answer whose proof may never come is not given.
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catchUp, sequencerConnection, startSequencer } from "../../src/audit/index.ts";
import { createLog } from "../../src/platform/log.ts";
import { checkOf, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ sequencer: false });
});
afterAll(() => service.stop());

const age = (seconds: number) =>
  service.sql`update log_outbox set created_at = now() - make_interval(secs => ${seconds})`;
const readiness = async () => {
  const { status, text } = await service.request.get("/readyz?verbose");
  return { status, log: /^.*log.*$/m.exec(text)?.[0] };
};
/** The watch looks every second. */
async function eventually(look: () => Promise<boolean>): Promise<void> {
  while (!(await look()));
}

test("up to a minute behind is said, past it checks stop, and go on when the log has caught up", async () => {
  expect((await service.post("/v1/checks", checkOf())).status).toBe(200);
  await age(20);
  await eventually(async () => /behind/.test((await readiness()).log ?? ""));
  expect(await readiness()).toEqual({ status: 200, log: expect.stringMatching(/^\[\+\]log ok \(2\d s behind\)$/) });
  expect((await service.post("/v1/checks", checkOf())).status).toBe(200);

  await age(61);
  await eventually(async () => (await readiness()).status === 503);
  expect((await readiness()).log).toMatch(/^\[-\]log failed \(6\d s behind\)$/);
  const { status, body, headers } = await service.post("/v1/checks", checkOf());
  expect([status, body.code, headers["retry-after"]]).toEqual([503, "register-unavailable", "5"]);
  expect((await service.request.get("/metrics")).text).toMatch(/^shixin_log_lag_seconds 6\d/m);

  await service.sql`delete from log_outbox`;
  await eventually(async () => (await readiness()).status === 200);
  expect((await service.post("/v1/checks", checkOf())).status).toBe(200);
});

test("a start waits until the log has taken in what was committed while nobody sequenced", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  await age(90);
  const sequencer = startSequencer({
    open: () => sequencerConnection(service.databaseUrl),
    identity: service.identity,
    log: createLog(new PassThrough()),
  });
  await catchUp(service.sql);
  expect((await service.get(body.receipt)).status).toBe(200);
  await sequencer.stop();
});

test("a load's changes may wait: they stop nobody", async () => {
  await service.sql`delete from log_outbox`;
  await service.sql`insert into log_outbox (bulk, kind, commitments, created_at)
    values (true, 'listing', '\\x00', now() - interval '1 hour')`;
  await eventually(async () => (await service.request.get("/metrics")).text.includes("shixin_log_lag_seconds 0\n"));
  expect(await readiness()).toEqual({ status: 200, log: "[+]log ok" });
});
