// The redress code: on paper for whoever was mistaken, confirmed to whoever types it, and nothing else learned from it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatCode } from "../../../src/checks/index.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { redressCodeOf } from "../../../src/sanctions/identity/redress.ts";
import { type Counter, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const type = (code: string, language = "zh") =>
  counter.service.request.post("/verify/certificate").set({ "Accept-Language": language }).type("form").send({ code });
const paper = (id: string, key?: string) => counter.service.get(`/v1/identity-requests/asked/${id}/redress`, key);
/** What the page found, without its forms. */
const found = (page: string) => /<section\s+id="result"[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
const plain = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

async function settled(finding: "same" | "different" | "unable") {
  const open = await counter.openMatch("conflict");
  const request = await counter.ask(open.checked);
  await counter.answer(request.id, finding);
  const { body } = await counter.asked(request.id);
  return { ...open, id: request.id, code: body["redressCode"] as string | null };
}

test("says court, day, kind of document and its last four characters, and nothing else", async () => {
  const { code, party } = await settled("different");
  const ending = party.number.slice(-4);
  const { status, text } = await type(code ?? "");
  expect(status).toBe(200);
  expect(plain(found(text))).toBe(
    "有此核实 经法院核实，持有下列证件的人不是名单中与其姓名（名称）或者号码相近的当事人。请核对持证人的证件。 " +
      `核实法院 厦门市思明区人民法院 核实日期 2026-11-23 证件类型 居民身份证（居住证） 号码末四位 ${ending} ` +
      "本核实只针对该名单信息，不是信用承诺；办理新事项应当核查。",
  );
  const english = plain(found((await type((code ?? "").toLowerCase().replaceAll("-", " "), "en")).text));
  expect(english).toContain(`Number ends in ${ending}`);
});

test("the paper holds the code and no more than the code confirms", async () => {
  const { id, code, party, listingId } = await settled("different");
  const { status, text, headers } = await paper(id);
  expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(plain(text)).toContain(`核实码 ${code}`);
  expect(plain(text)).toContain(`号码末四位为${party.number.slice(-4)}`);
  const [listing] = await counter.service
    .sql`select case_number_raw as case from listing where id = ${uuidOf("lst", listingId)}`;
  for (const hidden of [
    party.number,
    party.number.slice(0, 4),
    party.name,
    "测试甲",
    String(listing?.["case"]),
    listingId,
  ])
    expect(text + (await type(code ?? "")).text).not.toContain(hidden);
  expect((await counter.audit(id)).at(-1)).toMatchObject({
    action: "redress_code.print",
    actor: expect.stringMatching(/^agency:agy_\w{26}\//),
  });
  expect((await paper(id, counter.second.key)).status).toBe(404);
});

describe("there is none", () => {
  test.each(["same", "unable"] as const)("after `%s`", async (finding) => {
    const { id, code } = await settled(finding);
    expect(code).toBeNull();
    expect((await paper(id)).status).toBe(404);
    const would = formatCode(redressCodeOf(counter.service.ring, uuidOf("idr", id) ?? ""));
    expect(plain(found((await type(would)).text))).toMatch(/^查无此凭证/);
  });

  test("once the finding is taken back", async () => {
    const { id, code } = await settled("different");
    await counter.revoke(id);
    expect((await paper(id)).status).toBe(404);
    expect(plain(found((await type(code ?? "")).text))).toMatch(/^查无此凭证/);
  });
});

test("a dump of the database confirms no paper", async () => {
  const { code } = await settled("different");
  const rows = await counter.service.sql`select r::text from identity_request r`;
  expect(JSON.stringify(rows)).not.toContain(code?.replaceAll("-", ""));
});
