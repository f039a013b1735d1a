// The public's search: whoever is published is found by the whole name, an organisation also by a piece of it or its code;
// and nobody else.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchedOf } from "../../../src/registry/searched/schema.ts";
import { createSearch } from "../../../src/portal/index.ts";
import { listingOf, startService, type TestService } from "../../service.ts";
import { openPortal } from "../portal-key.ts";

const COMPANY = "厦门测试建设有限公司（演示）";
const BRANCH = "厦门测试建设有限公司第一分公司";
const USCC = "91350200MA0000007F";
let service: TestService;
let portal: Awaited<ReturnType<typeof openPortal>>;
let cases = 0;

const newCase = (court = "闽0203") => `(2019)${court}执${90_000_100 + ++cases}号`;
const people = ["110101190001010014", "35021119000102008X", "350203190003151024", "650101190006152084"];

beforeAll(async () => {
  service = await startService({ sequencer: false });
  portal = await openPortal(service);
  const company = { name: COMPANY, document: { kind: "uscc", number: USCC } };
  const huli = { court: { name: "厦门市湖里区人民法院" } };
  const debt = { obligation: "偿还借款人民币10000元", legalRepresentative: "测试己" };
  await service.publish(listingOf(company, { caseNumber: newCase("闽0206"), ...huli, details: debt }));
  const limit = { list: "consumption_limit", publishedOn: "2026-03-05" };
  await service.publish(listingOf(company, { caseNumber: newCase("闽0206"), ...huli, ...limit }));
  const branch = { name: BRANCH, document: { kind: "uscc", number: "91110000XX0000019G" } };
  await service.publish(listingOf(branch, { caseNumber: newCase(), details: { areaName: "福建" } }));
  for (const [at, number] of people.entries())
    await service.publish(
      listingOf(
        { name: "测试甲", document: { kind: "resident_id", number }, sex: "male", ageAtPublication: 119 + at },
        { caseNumber: newCase() },
      ),
    );
});
afterAll(() => service.stop());

const namesOf = async (asked: object) => (await portal.find(asked)).map(({ party }) => party.name);

describe("by name", () => {
  test("everybody of the full name is found, told apart by mask and age, and nothing else of the number", async () => {
    const found = await portal.find({ name: "测试甲" });
    expect(found.map(({ party }) => party)).toEqual(
      people.toReversed().map((number, at) => ({
        kind: "person",
        name: "测试甲",
        sex: "male",
        ageAtPublication: 122 - at,
        documents: [{ type: "resident_id", masked: `${number.slice(0, 4)}************${number.slice(-2)}` }],
        legalRepresentative: null,
      })),
    );
    expect(JSON.stringify(found)).not.toMatch(/\d{17}/);
  });

  test("a person is not found by a piece of the name, whatever its length", async () => {
    const name = "阿不都热依木·买买提";
    const document = { kind: "resident_id", number: "820000190001010028" };
    await service.publish(listingOf({ name, document }, { caseNumber: newCase() }));
    expect(await namesOf({ name: "阿不都热依木买买提" })).toEqual([name]);
    expect(await namesOf({ name: "不都热" })).toEqual([]);
    expect(await namesOf({ name: "测试" })).toEqual([]);
  });

  test.each([
    ["its full name as published", COMPANY],
    ["half-width brackets", "厦门测试建设有限公司(演示)"],
    ["no brackets", "厦门测试建设有限公司演示"],
    ["spaces", "厦门测试 建设有限公司 （演示）"],
  ])("an organisation is found by %s, and first", async (_, name) => {
    expect((await namesOf({ name })).slice(0, 2)).toEqual([COMPANY, COMPANY]);
  });

  test.each(["测试建", "厦门测试建设", "有限公司", "公司（演", "司演示", "第一分"])(
    "an organisation is found by %s in its name",
    async (piece) => {
      const whole = [COMPANY, COMPANY, BRANCH];
      const has = (name: string) => name.replaceAll(/[（）]/g, "").includes(piece.replaceAll(/[（）]/g, ""));
      expect((await namesOf({ name: piece })).toSorted()).toEqual(whole.filter(has).toSorted());
    },
  );

  test("of a name that stands in another the whole one comes first", async () => {
    const short = { name: "厦门测试建设", document: { kind: "organization_code", number: "00000000-0" } };
    await service.publish(listingOf(short, { caseNumber: newCase(), publishedOn: "2026-01-05" }));
    expect((await namesOf({ name: "厦门测试建设" }))[0]).toBe("厦门测试建设");
  });

  test("two characters, and what was never written in a name, find nothing", async () => {
    for (const name of ["测试", "厦门", "试%_", "'; drop", "测|试", "|||", "%%%", "\\\\\\"])
      expect(await namesOf({ name })).toEqual([]);
  });
});

describe("by code", () => {
  test("the organisation of a unified code is found, also where only its organisation code is listed", async () => {
    expect(await namesOf({ uscc: USCC.toLowerCase() })).toEqual([COMPANY, COMPANY]);
    const old = { name: "北京测试商行", document: { kind: "organization_code", number: "MA000000-7" } };
    await service.publish(listingOf(old, { caseNumber: newCase() }));
    // The organisation code is that within the company's: one party.
    expect((await namesOf({ uscc: USCC })).toSorted()).toEqual([COMPANY, COMPANY, "北京测试商行"].toSorted());
  });

  test("nobody is found by a person's number, whatever field it is in", async () => {
    for (const asked of [{ uscc: people[0] }, { name: people[0] }, { name: `测试甲${people[0]}` }]) {
      const { status, text } = await portal.search(asked);
      expect(status).toBe(422);
      expect(text).not.toContain(people[0]);
    }
  });
});

describe("narrowed", () => {
  test("by list, province and court, each as rows and as codes name them", async () => {
    const lists = async (asked: object) =>
      (await portal.find({ name: "测试建设", ...asked })).map(({ list }) => String(list));
    expect((await lists({})).toSorted()).toEqual(["consumption_limit", "dishonest", "dishonest", "dishonest"]);
    expect(await lists({ list: "consumption_limit" })).toEqual(["consumption_limit"]);
    expect(await lists({ province: "福建" })).toHaveLength(4);
    expect(await lists({ province: "浙江" })).toEqual([]);
    expect(await lists({ court: "闽0206" })).toHaveLength(2);
    expect(await lists({ court: "厦门市湖里区人民法院" })).toHaveLength(2);
    expect(await lists({ court: "闽0211" })).toEqual([]);
    expect(await namesOf({ name: "测试甲", court: "闽0206" })).toEqual([]);
  });
});

describe("a page", () => {
  test("goes on where the last one ended, and its cursor is good for no other search", async () => {
    const { body: first } = await portal.search({ name: "测试甲", limit: 3 });
    expect([first.data.length, first.hasMore, first.isCut]).toEqual([3, true, false]);
    expect(Object.keys(first).toSorted()).toEqual(["data", "hasMore", "isCut", "nextCursor"]);
    const { body: rest } = await portal.search({ name: "测试甲", limit: 3, cursor: first.nextCursor });
    const ids = [...first.data, ...rest.data].map(({ id }: { id: string }) => id);
    expect([new Set(ids).size, rest.hasMore, rest.nextCursor]).toEqual([4, false, null]);
    const { status, body } = await portal.search({ name: "测试乙", limit: 3, cursor: first.nextCursor });
    expect([status, body.code]).toEqual([400, "invalid-cursor"]);
  });

  test("of a name that hundreds bear ends, and says so", async () => {
    const { sql } = service;
    await sql`insert into subject (id, kind) select md5('s' || n)::uuid, 'person' from generate_series(1, 130) n`;
    await sql`
      insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_name,
        case_number_raw, case_number, grounds, published_on, term_kind)
      select md5('l' || n)::uuid, md5('s' || n)::uuid, 'dishonest', 'published', 'test', md5('l' || n)::uuid,
        md5('l' || n)::uuid, '测试众', array['测试众'], '演示法院', 'c' || n, 'c' || n, array['G1'], '2026-01-01', 'open'
      from generate_series(1, 130) n`;
    expect(new Set((await portal.find({ name: "测试众" })).map(({ id }) => id)).size).toBe(40);
    expect((await portal.search({ name: "测试众" })).body.isCut).toBe(true);
  });

  test("of what nearly every organisation has in its name ends soon, unless a province narrows it", async () => {
    const { db, sql, ring } = service;
    await sql`insert into subject (id, kind) select md5('o' || n)::uuid, 'organisation' from generate_series(1, 70) n`;
    await sql`
      insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_name,
        area_name, case_number_raw, case_number, grounds, published_on, term_kind)
      select md5('o' || n)::uuid, md5('o' || n)::uuid, 'dishonest', 'published', 'test', md5('o' || n)::uuid,
        md5('o' || n)::uuid, n || '有限公司', array[n || '有限公司'], '演示法院', '福建', 'o' || n, 'o' || n, array['G1'],
        '2026-01-01', 'open'
      from generate_series(1, 70) n`;
    await sql`analyze listing`;
    const search = createSearch({ db, sql, ring });
    const common = await search({ name: "有限公", limit: 20 });
    expect([common.data.length, common.hasMore, common.isCut]).toEqual([20, false, true]);
    const narrowed = await search({ name: "有限公", province: "福建", limit: 20 });
    expect([narrowed.data.length, narrowed.hasMore]).toEqual([20, true]);
  });
});

describe("nobody is shown", () => {
  test.each([
    ["under age at publication", { age_at_publication: 17 }],
    ["past the last day of the term", { answers_until: "2026-11-01", term_kind: "fixed", term_ends_on: "2026-11-01" }],
    ["ended", { state: "ended", ended_at: "2026-11-01", ended_by: "court:test" }],
    ["lapsed", { state: "lapsed", ended_at: "2026-11-01", ended_by: "court:test" }],
    ["decided", { state: "decided" }],
    ["in grace", { state: "grace" }],
    ["drafted", { state: "draft" }],
  ])("who is %s, from the next request on, and who comes back is at once", async (_, change) => {
    const name = `测试隐${++cases}`;
    const document = { kind: "uscc", number: "123502001234567883" };
    const { id } = await service.publish(listingOf({ name, document }, { caseNumber: newCase() }));
    const [shown] = await portal.find({ name });
    expect(shown?.party.name).toBe(name);
    await service.sql`update listing set ${service.sql(change)} where id = ${id}`;
    for (const asked of [{ name }, { name: name.slice(1) }, { uscc: "123502001234567883" }])
      expect((await portal.search(asked)).body).toEqual({ data: [], hasMore: false, nextCursor: null, isCut: false });
    await service.sql`
      update listing set state = 'published', ended_at = null, ended_by = null, answers_until = null, term_kind = 'open',
        age_at_publication = null where id = ${id}`;
    expect((await portal.find({ name })).length).toBe(1);
    await service.sql`update listing set state = 'draft' where id = ${id}`;
  });
});

describe("the API", () => {
  test("is for keys with its scope, and no cache keeps an answer", async () => {
    const { headers } = await portal.search({ name: "测试甲" });
    expect([headers["cache-control"], headers["ratelimit-policy"]]).toEqual([
      "no-store",
      '"search-minute";q=300;w=60, "search-day";q=50000;w=86400',
    ]);
    expect((await service.post("/v1/public/search", { name: "测试甲" })).body.code).toBe("scope");
    expect((await service.request.post("/v1/public/search").send({ name: "测试甲" })).status).toBe(401);
  });

  test.each([
    ["nothing", {}, "#/name", "required"],
    ["two things at once", { name: "测试甲", uscc: USCC }, "#/uscc", "not_allowed"],
    ["a code with a wrong check character", { uscc: "91350200MA0000007G" }, "#/uscc", "bad_checksum"],
    ["a province that is none", { name: "测试甲", province: "台北" }, "#/province", "not_allowed"],
    ["more rows than a page has", { name: "测试甲", limit: 21 }, "#/limit", "out_of_range"],
    ["a name of dots", { name: "···" }, "#/name", "name_without_letters"],
    ["an invisible character", { name: "测\u200b试甲" }, "#/name", "invisible_character"],
  ])("refuses %s", async (_, asked, pointer, code) => {
    const { status, body } = await portal.search(asked);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  });
});

test("each way to find can be gone by its index alone", async () => {
  const { sql } = service;
  const l = searchedOf("l");
  // With no other index there, and no table to read instead.
  const condOf = async (index: string, condition: string): Promise<string> => {
    const others = await sql<{ name: string }[]>`
      select indexrelid::regclass::text as name from pg_index
      where indrelid = 'listing'::regclass and not indisprimary and indexrelid <> ${index}::regclass`;
    let plan = "";
    const undone = sql.begin(async (tx) => {
      for (const { name } of others) await tx.unsafe(`drop index ${name}`);
      for (const way of ["seqscan", "indexscan"]) await tx.unsafe(`set local enable_${way} = off`);
      plan = JSON.stringify(await tx.unsafe(`explain select from listing l where ${l.isPublished} and ${condition}`));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    return /Index Cond: \((\w+)/.exec(plan)?.[1] ?? plan;
  };
  const { hasPieces } = l;
  expect(await condOf("listing_searched_name", `${l.name} = '测试甲'`)).toBe("name_keys");
  expect(await condOf("listing_searched", `${hasPieces} and ${l.pieces} @> array['测试建']`)).toBe("string_to_array");
  expect(await condOf("listing_searched", `${hasPieces} and l.name_keys && array['测试甲']`)).toBe("name_keys");
  expect(await condOf("listing_searched", `${hasPieces} and ${l.marks} && array['福建']`)).toBe("ARRAY");
  expect(await condOf("listing_searched_long", `${l.isLong} and l.list = 'dishonest'`)).toBe("list");
});
