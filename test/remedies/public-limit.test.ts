// How often parties may ask without an account, over HTTP: by address and by party there, and nobody for another.
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseProxies } from "../../src/platform/client-address.ts";
import { newCase } from "../registry/courthouse.ts";
import { startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  const proxies = parseProxies(["127.0.0.1"]) ?? undefined;
  service = await startService({ sequencer: false, ...(proxies && { proxies }) });
});
afterAll(() => service.stop());

let addresses = 0;
const newAddress = () => `203.0.113.${++addresses}`;

const ask = (address: string, { name, number } = newCase()) =>
  service.request
    .post("/v1/public/who-asked")
    .set("X-Forwarded-For", address)
    .send({ name, document: { type: "resident_id", number }, code: "0000-0000-0000-0000" });

const apply = (address: string, { name, number, caseNumber } = newCase()) =>
  service.request
    .post("/v1/public/objections")
    .set("X-Forwarded-For", address)
    .send({
      name,
      document: { type: "resident_id", number },
      ground: "not_listable",
      caseNumber,
      statement: "已清偿。",
    });

test("an application says what is left for the address and for the party there", async () => {
  const { status, headers } = await apply(newAddress());
  expect(status).toBe(201);
  expect(headers["ratelimit-policy"]).toBe(
    '"address-minute";q=600;w=60, "address-day";q=20000;w=86400, "party-minute";q=30;w=60, "party-day";q=300;w=86400',
  );
  expect(headers["ratelimit"]).toMatch(
    /^"address-minute";r=595;t=60, "address-day";r=19995;t=86400, "party-minute";r=25;t=60, "party-day";r=295;t=86400$/,
  );
});

test("beyond it (ASVS 2.4.1): 429 with the policy, when to come again, and no row", async () => {
  const [address, matter] = [newAddress(), newCase()];
  for (let sent = 0; sent < 6; sent++) expect((await apply(address, matter)).status).toBe(201);
  const { status, headers, body } = await apply(address, matter);
  expect({ status, body }).toMatchObject({
    status: 429,
    body: {
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      code: "quota-exceeded",
      "violated-policies": ["party-minute"],
    },
  });
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(headers["ratelimit"]).toMatch(/^"party-minute";r=0;t=\d+$/);
  expect(JSON.stringify(body)).not.toContain(matter.number);
  const [row] = await service.sql`select count(*)::int as n from objection where case_number = ${matter.caseNumber}`;
  expect(row?.["n"]).toBe(6);
});

test("whoever uses up a party's name at one address keeps it from nobody at another", async () => {
  const [stranger, matter] = [newAddress(), newCase()];
  const outcomes = [];
  for (let guess = 0; guess < 35; guess++) outcomes.push((await ask(stranger, matter)).status);
  expect(outcomes.filter((status) => status === 429)).toHaveLength(5);
  expect((await ask(newAddress(), matter)).status).toBe(403);
  expect((await apply(newAddress(), matter)).status).toBe(201);
});

test("an address is counted whatever party it names, before its body is read", async () => {
  const address = newAddress();
  const matters = Array.from({ length: 121 }, () => newCase());
  const outcomes: number[] = [];
  for (const matter of matters) outcomes.push((await apply(address, matter)).status);
  expect(outcomes.slice(0, 120)).toEqual(Array.from({ length: 120 }, () => 201));
  expect(outcomes[120]).toBe(429);
  const unread = await service.request.post("/v1/public/who-asked").set("X-Forwarded-For", address).send("not JSON");
  expect({ status: unread.status, code: unread.body.code }).toEqual({ status: 429, code: "quota-exceeded" });
  expect((await ask(newAddress())).status).toBe(403);
});
