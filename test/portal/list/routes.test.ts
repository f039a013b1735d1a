// The public's pages of the list as requests meet them: nobody who is not published, nothing that was sent where it does not
// belong, nothing kept, and a limit.
import { BlockList } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listingOf, startService, type TestService } from "../../service.ts";
import { testClock } from "../../courts/accounts/person.ts";

const clock = testClock();
let service: TestService;
let id: string;
let address = 0;

const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{7*7}}`;

beforeAll(async () => {
  const proxies = new BlockList();
  proxies.addAddress("127.0.0.1");
  service = await startService({ sequencer: false, now: clock.now, proxies });
  await service.publish(listingOf());
  const { body } = await portalSearch("测试甲");
  id = /\/search\/listings\/(lst_\w+)/.exec(body)?.[1] ?? "";
});
afterAll(() => service.stop());

/** From an address of its own, so that no test uses up another's searches. */
async function portalSearch(name: string, more: Record<string, string> = {}, from = `192.0.2.${++address}`) {
  const { status, headers, text } = await service.request
    .post("/search")
    .set("X-Forwarded-For", from)
    .type("form")
    .send({ name, list: "", province: "", court: "", ...more });
  return { status, headers, body: text };
}

describe("a page about somebody", () => {
  test("is kept by no cache and in no search engine, and its address tells nobody's name", async () => {
    const found = await portalSearch("测试甲");
    const listing = await service.request.get(`/search/listings/${id}`);
    for (const { status, headers } of [found, listing]) {
      expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
      expect(headers["x-robots-tag"]).toContain("noindex");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    }
    for (const name of ["测试甲", encodeURIComponent("测试甲")])
      expect(found.body).not.toMatch(new RegExp(`(?:href|action)="[^"]*${name}`));
    const { text } = await service.request.get("/robots.txt");
    expect(text).toContain("Disallow: /search");
  });

  test("shows what article 6 publishes, the number masked, and which court to turn to", async () => {
    const { text } = await service.request.get(`/search/listings/${id}`);
    for (const words of [
      "测试甲",
      "1101************14",
      "(2019)闽0203执90000001号",
      "有履行能力而拒不履行",
      "厦门市中级人民法院",
    ])
      expect(text).toContain(words);
    expect(text).not.toContain("110101190001010014");
  });
});

describe("nobody, whoever is off the list, and whoever is in grace", () => {
  test("are the same answer", async () => {
    const document = { kind: "resident_id", number: "35021119000102008X" };
    const gone = await service.publish(
      listingOf({ name: "测试丁", document }, { caseNumber: "(2019)闽0203执90000002号" }),
    );
    const { body } = await portalSearch("测试丁");
    const page = /\/search\/listings\/lst_\w+/.exec(body)?.[0] ?? "";
    expect((await service.request.get(page)).status).toBe(200);
    const answers = [await portalSearch("测试无")];
    const pages = [await service.request.get("/search/listings/lst_00000000000000000000000000")];
    for (const change of [
      { state: "grace" },
      { state: "ended", ended_at: new Date().toISOString(), ended_by: "court:test" },
    ]) {
      await service.sql`update listing set ${service.sql(change)} where id = ${gone.id}`;
      answers.push(await portalSearch("测试丁"));
      pages.push(await service.request.get(page));
    }
    const shape = ({ status, body: text }: { status: number; body: string }) => [
      status,
      text.replaceAll(/测试[无丁]/g, "…"),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(shape(answer)))).size).toBe(1);
    expect(answers[0]?.body).toContain("未查到正在公布的名单信息");
    const refused = pages.map(({ status, body: problem }) => [status, problem.code, problem.title]);
    expect(new Set(refused.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refused[0]).toEqual([404, "not-found", "未找到"]);
  });
});

describe("text that is markup", () => {
  test("stays text where it was typed", async () => {
    for (const more of [{}, { court: hostile }, { list: hostile }, { province: hostile }]) {
      const { body } = await portalSearch(hostile, more);
      expect(body).not.toContain("<script>alert");
      expect(body).not.toContain("<img src=x");
      expect(body).toContain("&lt;script&gt;alert(1)");
    }
  });

  test("stays text where a file brought it: name, court, duty, whoever represents, and all the rest", async () => {
    const fields = ["obligation", "performance", "performedPart", "unperformedPart", "titleDocument", "titleMaker"];
    const { id: listingId } = await service.publish(
      listingOf(
        { name: `测试${hostile}`, document: { kind: "uscc", number: "91350200MA0000007F" } },
        {
          caseNumber: "(2019)闽0203执90000003号",
          court: { name: hostile },
          details: Object.fromEntries([...fields, "legalRepresentative", "areaName"].map((name) => [name, hostile])),
        },
      ),
    );
    await service.sql`update listing set grounds_raw = ${hostile}, grounds = array['GX'] where id = ${listingId}`;
    const { body } = await portalSearch("测试<script>");
    const page = /\/search\/listings\/lst_\w+/.exec(body)?.[0] ?? "";
    const { text } = await service.request.get(page);
    for (const shown of [body, text]) {
      expect(shown).toContain("&lt;script&gt;alert(1)");
      expect(shown).not.toContain("<script>alert");
      expect(shown).not.toContain("<img src=x");
    }
    expect(text.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(fields.length + 4);
  });

  test("stays text in an application", async () => {
    const { text, status } = await service.request.post("/objections/new").type("form").send({
      name: hostile,
      caseNumber: hostile,
      statement: hostile,
      "agent/name": hostile,
      "document/type": hostile,
    });
    expect(status).toBe(422);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("提交内容有误");
  });
});

describe("a form that cannot be", () => {
  test.each([
    ["nothing typed", "", "缺少此项"],
    ["a person's number", "110101190001010014", "不能按个人证件号码查询"],
    ["a name with a number", "测试甲 110101190001010014", "不能按个人证件号码查询"],
    ["dots alone", "···", "没有文字"],
  ])("with %s is shown again with a summary that leads to the field", async (_, name, words) => {
    const { status, body } = await portalSearch(name);
    expect(status).toBe(422);
    expect(body).toContain("<title>错误：名单查询");
    expect(body).toContain(words);
    expect(body).toMatch(/href="#field-name"[^]*id="field-name"/);
    expect(body).not.toContain("110101190001010014");
  });

  test("is refused by its size and its kind", async () => {
    expect((await portalSearch("测".repeat(9_000))).status).toBe(413);
    expect((await service.request.post("/search").send({ name: "测试甲" })).status).toBe(415);
  });
});

describe("an address that searches much", () => {
  const from = "198.51.100.7";

  test("is asked for a little work, or a wait, and then finds what it asked for", async () => {
    for (let search = 0; search < 20; search++) expect((await portalSearch("测试甲", {}, from)).status).toBe(200);
    const challenged = await portalSearch("测试甲", {}, from);
    expect([challenged.status, challenged.headers["retry-after"]]).toEqual([429, "20"]);
    expect(challenged.body).not.toContain("1101****");
    expect(challenged.body).toContain("请等待 20 秒");
    const ticket = /name="ticket" value="([^"]+)"/.exec(challenged.body)?.[1] ?? "";
    clock.passSeconds(8);
    const early = await portalSearch("测试甲", { ticket }, from);
    expect([early.status, early.headers["retry-after"]]).toEqual([429, "12"]);
    expect(early.body).toContain(ticket);
    expect((await portalSearch("测试甲", { ticket }, "198.51.100.8")).status).toBe(200);
    clock.passSeconds(12);
    const found = await portalSearch("测试甲", { ticket }, from);
    expect([found.status, found.body.includes("1101************14")]).toEqual([200, true]);
    expect((await portalSearch("测试甲", { ticket }, from)).status).toBe(429);
  });

  test("is closed to, for a while", async () => {
    let last = 0;
    for (let search = 0; search < 120 && last !== 429; search++)
      last = (await service.request.get(`/search/listings/${id}`).set("X-Forwarded-For", "198.51.100.9")).status;
    expect(last).toBe(200);
    const { status, headers } = await service.request
      .get(`/search/listings/${id}`)
      .set({ "X-Forwarded-For": "198.51.100.9", Accept: "text/html" });
    expect([status, headers["content-type"]]).toEqual([429, "text/html; charset=UTF-8"]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  });
});

test("of a page the next one goes on with the same words, which stand in no address", async () => {
  await service.sql`
    insert into subject (id, kind) select md5('s' || n)::uuid, 'person' from generate_series(1, 35) n`;
  await service.sql`
    insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_name,
      case_number_raw, case_number, grounds, published_on, term_kind)
    select md5('l' || n)::uuid, md5('s' || n)::uuid, 'dishonest', 'published', 'test', md5('l' || n)::uuid,
      md5('l' || n)::uuid, '测试众', array['测试众'], '演示法院', 'case ' || n, 'case ' || n, array['G1'], '2026-01-01', 'open'
    from generate_series(1, 35) n`;
  const seen = new Set<string>();
  let cursor = "";
  for (let page = 0; page < 4; page++) {
    const { body } = await portalSearch("测试众", { cursor });
    for (const [found] of body.matchAll(/case \d+/g)) seen.add(found);
    cursor = /name="cursor" value="([^"]+)"/.exec(body)?.[1] ?? "";
  }
  expect([seen.size, cursor]).toEqual([35, ""]);
  expect((await service.request.get("/search")).headers["location"]).toBe("/");
});
