// Webhooks over HTTP: set up, shown, changed, tested, sent again; and nothing of it to any other agency.
import { WebhookVerificationError } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueKey } from "../../../src/agencies/index.ts";
import { appendEvents } from "../../../src/events/index.ts";
import { newUuid, uuidOf } from "../../../src/platform/id.ts";
import { createLog } from "../../../src/platform/log.ts";
import { createSender } from "../../../src/subscriptions/webhooks/index.ts";
import { createDeliveries } from "../../../src/subscriptions/webhooks/worker.ts";
import { startService, type TestService } from "../../service.ts";
import { loopbackTargets, type Receiver, startReceiver, verify } from "./receiver.ts";

const operator = "officer 0417";
const NOTHING = "whk_00000000000000000000000000";

let service: TestService;
let receiver: Receiver;
let key: string;
let agencyId: string;

beforeAll(async () => {
  service = await startService({ sequencer: false, webhookTargets: loopbackTargets() });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});
beforeEach(async () => {
  receiver.received.length = 0;
  receiver.answer(204);
  ({ key, agencyId } = await service.addAgency(`测试单位${newUuid()}`, ["office.lease"]));
});

const post = (path: string, body: object = {}, bearer = key) =>
  service.post(`/v1${path}`, { operator, ...body }, bearer);
const get = (path: string, bearer = key) => service.get(`/v1${path}`, bearer);
const patch = (path: string, body: object, version?: string) => {
  const request = service.request.patch(`/v1${path}`).set("Authorization", `Bearer ${key}`);
  return (version === undefined ? request : request.set("If-Match", version)).send({ operator, ...body });
};
const remove = (path: string, bearer = key) =>
  service.request.delete(`/v1${path}`).set("Authorization", `Bearer ${bearer}`).send({ operator });

const create = async (body: object = {}) => (await post("/webhooks", { url: receiver.url, ...body }).expect(201)).body;

async function tell(...names: string[]) {
  const events = names.map((name) => ({
    agencyId,
    type: "lift.due" as const,
    orderKey: name,
    data: { listing: name },
  }));
  await service.db.transaction((tx) => appendEvents(tx, events));
}

const deliver = () => {
  const sender = createSender({ targets: loopbackTargets() });
  return createDeliveries({ db: service.db, ring: service.ring, sender, log: createLog() }).settle();
};

const auditOf = (subject: string) =>
  service.sql<{ actor: string; action: string; detail: object }[]>`
    select actor, action, detail from audit_entry where subject = ${subject} order by at, id`;

test("an endpoint is set up, and its secret is shown this once", async () => {
  const answer = await post("/webhooks", { url: receiver.url, description: "测试地址", types: ["lift.due"] });
  expect(answer.status).toBe(201);
  expect(answer.headers).toMatchObject({ etag: '"v1"', location: `/v1/webhooks/${answer.body.id}` });
  expect(answer.body).toMatchObject({
    url: receiver.url,
    description: "测试地址",
    types: ["lift.due"],
    state: "enabled",
    disabledBy: null,
    waiting: 0,
    failures: 0,
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    publicKeys: [{ publicKey: expect.stringMatching(/^whpk_/), endsAt: null }],
  });
  const shown = await get(`/webhooks/${answer.body.id}`);
  const { secret, ...rest } = answer.body;
  expect(shown.body).toEqual(rest);
  expect((await get("/webhooks")).body).toEqual({ data: [rest] });
  expect(await auditOf(answer.body.id)).toMatchObject([
    { action: "webhook.create", actor: expect.stringMatching(/^agency:agy_.*\/officer 0417$/) },
  ]);
  const dump =
    await service.sql`select e::text, k::text, encode(k.sealed, 'escape') from webhook_endpoint e join webhook_key k on k.endpoint_id = e.id`;
  expect(JSON.stringify(dump)).not.toContain(secret.slice(6));
  expect(JSON.stringify(await auditOf(answer.body.id))).not.toContain(receiver.url);
});

describe("a request is refused", () => {
  test.each([
    [{ url: "http://hooks.example.gov.cn/" }, "#/url", "not_a_target"],
    [{ url: "https://169.254.169.254/" }, "#/url", "not_a_target"],
    [{ url: "nothing" }, "#/url", "bad_form"],
    [{ types: ["nothing"] }, "#/types/0", "not_allowed"],
    [{ types: [] }, "#/types", "too_few"],
    [{ operator: "" }, "#/operator", "too_short"],
    [{ operator: "110101190001010014" }, "#/operator", "not_allowed"],
    [{ secret: "whsec_mine" }, "#/secret", "unknown_field"],
  ])("with %j", async (body, pointer, code) => {
    const answer = await post("/webhooks", { url: receiver.url, ...body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer, code }]);
  });

  test("for the twenty-first endpoint, also of two that come together", async () => {
    for (let n = 0; n < 19; n++) await create();
    const both = await Promise.all([
      post("/webhooks", { url: receiver.url }),
      post("/webhooks", { url: receiver.url }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  test("without the scope, and by any other agency as if there were nothing", async () => {
    const { id } = await create();
    await tell("a");
    await deliver();
    const [delivery] = (await get(`/webhooks/${id}/deliveries`)).body.data;
    const { db, ring } = service;
    const narrow = await db.transaction((tx) =>
      issueKey(tx, ring, "operator:test", { agencyId, scopes: ["events:read"] }),
    );
    const other = await service.addAgency(`另一单位${newUuid()}`, ["office.lease"]);
    const asks = (bearer: string, webhook: string, sent: string) => [
      get(`/webhooks/${webhook}`, bearer),
      service.request
        .patch(`/v1/webhooks/${webhook}`)
        .set({ Authorization: `Bearer ${bearer}`, "If-Match": '"v1"' })
        .send({ operator, description: "x" }),
      remove(`/webhooks/${webhook}`, bearer),
      ...["rotate-secret", "enable", "disable", "test"].map((act) => post(`/webhooks/${webhook}/${act}`, {}, bearer)),
      post(`/webhooks/${webhook}/replay`, { after: "AAAA" }, bearer),
      get(`/webhooks/${webhook}/deliveries`, bearer),
      get(`/deliveries/${sent}`, bearer),
      post(`/deliveries/${sent}/resend`, {}, bearer),
    ];
    for (const ask of asks(narrow.key, id, delivery.id)) expect((await ask).body.code).toBe("scope");
    for (const ask of asks(other.key, id, delivery.id)) expect((await ask).body.code).toBe("not-found");
    for (const ask of asks(key, NOTHING, NOTHING.replace("whk", "dlv")))
      expect((await ask).body.code).toBe("not-found");
    expect((await get("/webhooks", other.key)).body).toEqual({ data: [] });
    expect((await get(`/webhooks/${id}`)).body).toMatchObject({ state: "enabled", description: null });
  });
});

test("a change names the version that it is based on", async () => {
  const { id } = await create();
  expect((await patch(`/webhooks/${id}`, { description: "x" })).status).toBe(428);
  const changed = await patch(`/webhooks/${id}`, { description: "x", types: ["lift.due"] }, '"v1"');
  expect(changed.body).toMatchObject({ description: "x", types: ["lift.due"], url: receiver.url });
  expect(changed.headers["etag"]).toBe('"v2"');
  expect((await patch(`/webhooks/${id}`, { description: "y" }, '"v1"')).status).toBe(412);
  expect((await patch(`/webhooks/${id}`, { url: "https://10.0.0.1/" }, '"v2"')).status).toBe(422);
  expect((await patch(`/webhooks/${id}`, { types: null, description: null }, '"v2"')).body).toMatchObject({
    types: null,
  });
  expect(await auditOf(id)).toMatchObject([
    { action: "webhook.create" },
    { action: "webhook.change", detail: { changed: ["description", "types"] } },
    { action: "webhook.change", detail: { changed: ["description", "types"] } },
  ]);
});

test("a test says at once what comes of it, and has no consequence", async () => {
  const { id, secret } = await create();
  receiver.answer(500, { "Content-Type": "text/plain" }, "not yet");
  const failed = await post(`/webhooks/${id}/test`);
  expect(failed.body).toMatchObject({
    type: "webhook.test",
    state: "failed",
    resumeToken: null,
    attempts: [{ outcome: "refused", status: 500, reply: "not yet" }],
  });
  receiver.answer(204);
  await post(`/webhooks/${id}/disable`).expect(200);
  const passed = await post(`/webhooks/${id}/test`);
  expect(passed.body).toMatchObject({ state: "delivered", attempts: [{ status: 204 }] });
  const [, message] = receiver.received;
  expect(message && verify(secret, message)).toMatchObject({ type: "webhook.test", data: { webhook: id } });
  expect((await get(`/webhooks/${id}`)).body).toMatchObject({ failures: 0, state: "disabled", waiting: 0 });
  expect((await post(`/deliveries/${failed.body.id}/resend`)).body.code).toBe("conflict");
  await post(`/webhooks/${id}/enable`).expect(200);
  await deliver();
  expect(receiver.received, "a failed test is not tried again").toHaveLength(2);
});

test("the log shows every attempt, page by page, and one delivery is sent again", async () => {
  const { id } = await create();
  receiver.answer(500, { "Content-Type": "text/plain" }, "our key is whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  await tell("a");
  await deliver();
  receiver.answer(204);
  await service.sql`update webhook_delivery set next_attempt_at = now()`;
  await service.sql`update webhook_endpoint set paused_until = null`;
  await tell("b", "c");
  await deliver();
  const first = (await get(`/webhooks/${id}/deliveries?limit=2`)).body;
  expect([first.data.length, first.hasMore]).toEqual([2, true]);
  const second = (await get(`/webhooks/${id}/deliveries?limit=2&cursor=${first.nextCursor}`)).body;
  const [a] = second.data;
  expect(second).toMatchObject({ hasMore: false, nextCursor: null });
  expect(a).toMatchObject({
    webhook: id,
    type: "lift.due",
    state: "delivered",
    event: receiver.received[0]?.id,
    attempts: [
      { outcome: "refused", status: 500, reply: "our key is ***" },
      { outcome: "delivered", status: 204, reply: null },
    ],
  });
  expect((await get(`/webhooks/${id}/deliveries?state=pending`)).body.data).toEqual([]);
  expect((await get(`/webhooks/${id}/deliveries?cursor=AAAA`)).status).toBe(400);
  const again = await post(`/deliveries/${a.id}/resend`);
  expect([again.status, again.body.state]).toEqual([202, "pending"]);
  await deliver();
  expect(receiver.names()).toEqual(["a", "a", "b", "c", "a"]);
  expect((await get(`/deliveries/${a.id}`)).body.attempts).toHaveLength(3);
  expect(await auditOf(a.id)).toMatchObject([{ action: "delivery.resend", detail: { webhook: id } }]);
});

describe("a replay", () => {
  test("sends everything after a token once more, under the same ids", async () => {
    const { id } = await create();
    await tell("a", "b", "c");
    await deliver();
    const { data } = (await get(`/webhooks/${id}/deliveries`)).body;
    const ofFirst = data.find(
      ({ event }: { event: string }) => event === receiver.received.find(({ body }) => body.includes('"a"'))?.id,
    );
    await post(`/webhooks/${id}/replay`, { after: ofFirst.resumeToken }).expect(200);
    await deliver();
    expect(receiver.names().slice(3).toSorted()).toEqual(["b", "c"]);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(3);
    await tell("d");
    await deliver();
    expect(receiver.names()).toHaveLength(6);
  });

  test("begins with any token of the feed, also from before the endpoint", async () => {
    await tell("before");
    const { id } = await create();
    const { resumeToken } = (await get("/events?after=oldest&limit=1")).body;
    await tell("after");
    await post(`/webhooks/${id}/replay`, { after: resumeToken }).expect(200);
    await deliver();
    expect(receiver.names()).toEqual(["after"]);
    expect((await post(`/webhooks/${id}/replay`, { after: "AAAA" })).body.code).toBe("invalid-cursor");
  });

  test("with a token of what is still to be told leaves nothing out", async () => {
    const { id } = await create();
    await tell("a", "b");
    const { resumeToken } = (await get("/events")).body;
    await post(`/webhooks/${id}/replay`, { after: resumeToken }).expect(200);
    await deliver();
    expect(receiver.names().toSorted()).toEqual(["a", "b"]);
  });

  test("is refused while the endpoint is disabled", async () => {
    const { id } = await create();
    const { resumeToken } = (await get("/events")).body;
    await post(`/webhooks/${id}/disable`).expect(200);
    expect((await post(`/webhooks/${id}/replay`, { after: resumeToken })).body.code).toBe("conflict");
    expect((await post(`/webhooks/${id}/disable`)).body.code).toBe("conflict");
  });
});

test("keys are renewed with an overlap, or at once", async () => {
  const { id, secret } = await create();
  const renewed = await post(`/webhooks/${id}/rotate-secret`);
  expect(renewed.body).toMatchObject({
    secret: expect.stringMatching(/^whsec_/),
    publicKeys: [{ endsAt: null }, { endsAt: expect.any(String) }],
  });
  expect(renewed.body.secret).not.toBe(secret);
  await post(`/webhooks/${id}/test`);
  const [both] = receiver.received;
  expect(both && verify(secret, both)).toEqual(both && verify(renewed.body.secret, both));
  const last = await post(`/webhooks/${id}/rotate-secret`, { overlapHours: 0 });
  expect(last.body.publicKeys).toHaveLength(2);
  await post(`/webhooks/${id}/test`);
  const [, alone] = receiver.received;
  expect(alone && verify(last.body.secret, alone)).toBeTruthy();
  expect(() => alone && verify(renewed.body.secret, alone)).toThrow(WebhookVerificationError);
  expect((await post(`/webhooks/${id}/rotate-secret`, { overlapHours: 169 })).status).toBe(422);
});

test("a removed endpoint is gone for everybody", async () => {
  const { id } = await create();
  expect((await remove(`/webhooks/${id}`)).status).toBe(204);
  expect((await remove(`/webhooks/${id}`)).status).toBe(404);
  expect((await get(`/webhooks/${id}`)).status).toBe(404);
  expect((await get("/webhooks")).body.data).toEqual([]);
  expect(await service.sql`select from webhook_key where endpoint_id = ${uuidOf("whk", id)}`).toHaveLength(0);
  expect(await auditOf(id)).toMatchObject([{ action: "webhook.create" }, { action: "webhook.remove" }]);
});

test("operators see how many endpoints are disabled and why, and what waits", async () => {
  const { id } = await create();
  receiver.answer(410);
  await tell("a");
  await deliver();
  expect((await get(`/webhooks/${id}`)).body).toMatchObject({ state: "disabled", disabledBy: "gone", waiting: 1 });
  const { text } = await service.request.get("/metrics");
  expect(text).toMatch(/^shixin_webhook_endpoints\{state="disabled",reason="gone"\} 1$/m);
  expect(text).toMatch(/^shixin_webhook_pending_deliveries \d+$/m);
  expect(text).toMatch(/^shixin_webhook_oldest_pending_seconds /m);
});
