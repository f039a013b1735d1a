// Entering a listing that is public already: what is written, what is refused, and who wins a race.
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { residentIdOf, usccOf } from "../../src/identity/index.ts";
import { open } from "../../src/platform/envelope.ts";
import { type EnteredListing, enterListing, findListing } from "../../src/registry/index.ts";
import { placeOfNumber } from "../../src/registry/party.ts";
import { endByCourt } from "./ending.ts";
import { testKeys } from "./keys.ts";
import { useDatabase } from "../database.ts";

const connection = useDatabase();
let drafted = 0;

/** A new person in a new case; name only what matters. */
function draft(over: Partial<EnteredListing> = {}): EnteredListing {
  drafted++;
  const number = residentIdOf(`110101190001${String(1000 + drafted).padStart(5, "0")}`);
  return {
    party: { name: "测试甲", document: { kind: "resident_id", number } },
    court: { name: "厦门市思明区人民法院" },
    caseNumber: `(2019)闽0203执${90_000_000 + drafted}号`,
    ...over,
  };
}

const publish = (given: EnteredListing, actor = "court:clerk") =>
  connection.db.transaction((tx) => enterListing(tx, testKeys, actor, given));
const end = (id: string) => connection.db.transaction((tx) => endByCourt(tx, id));
const select = async (query: ReturnType<typeof sql>) => [...(await connection.db.execute(query))];

describe("entering", () => {
  test("writes the listing with its defaults, an audit entry and a change", async () => {
    const listing = await publish(draft());
    expect(listing).toMatchObject({
      list: "dishonest",
      capacity: "debtor",
      state: "published",
      version: 1,
      grounds: ["G1"],
    });
    expect(listing).toMatchObject({ courtCode: "闽0203", termKind: "open", answersUntil: null, nameKeys: ["测试甲"] });
    const changes = await select(sql`select kind from listing_change where listing_id = ${listing.id}`);
    expect(changes).toEqual([{ kind: "listed" }]);
    const entries = await select(sql`select action, actor from audit_entry order by id desc limit 1`);
    expect(entries).toEqual([{ action: "listing.enter", actor: "court:clerk" }]);
  });

  test("keeps a number only sealed, and masked for people", async () => {
    const given = draft();
    const listing = await publish(given);
    const [row] = await select(
      sql`select blind_index, masked, number_sealed from document where subject_id = ${listing.subjectId}`,
    );
    const number = "number" in given.party.document ? given.party.document.number : "";
    expect(row?.["masked"]).toBe(`1101************${number.slice(-2)}`);
    const place = placeOfNumber(row?.["blind_index"] as Buffer);
    expect(open(new Map([[1, testKeys.dataKey]]), place, row?.["number_sealed"] as Buffer)).toBe(number);
  });

  test("the same person in another case is the same subject", async () => {
    const first = draft();
    const second = draft({ party: first.party });
    const [one, two] = [await publish(first), await publish(second)];
    expect(two.subjectId).toBe(one.subjectId);
    expect(two.id).not.toBe(one.id);
  });

  test("an organisation is one subject under its USCC and under the organisation code within", async () => {
    const uscc = usccOf("91350200MA0000007");
    const of = (document: { kind: "uscc" | "organization_code"; number: string }) =>
      draft({ party: { name: "测试公司（演示）", document } });
    const byCode = await publish(of({ kind: "organization_code", number: uscc.slice(8, 17) }));
    const byUscc = await publish(of({ kind: "uscc", number: uscc }));
    expect(byUscc.subjectId).toBe(byCode.subjectId);
    const kinds = await select(sql`select kind from document where subject_id = ${byCode.subjectId} order by kind`);
    expect(kinds).toEqual([{ kind: "organization_code" }, { kind: "uscc" }]);
  });

  test("a masked person has a document without a number", async () => {
    const listing = await publish(draft({ party: { name: "测试乙", document: { masked: "3502031900****1024" } } }));
    const rows = await select(
      sql`select kind, masked, number_sealed from document where subject_id = ${listing.subjectId}`,
    );
    expect(rows).toEqual([{ kind: "masked_resident_id", masked: "3502************24", number_sealed: null }]);
  });

  test("the same party in the same case is listed once, whoever comes first", async () => {
    const given = draft();
    const outcomes = await Promise.allSettled([publish(given, "court:a"), publish(given, "court:b")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(publish(given)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a minor is refused, by number and by the year of a mask", async () => {
    const number = residentIdOf("35999920150101101");
    const child = draft({ party: { name: "测试丙", document: { kind: "resident_id", number } } });
    await expect(publish(child)).rejects.toMatchObject({ code: "conflict" });
    const masked = draft({ party: { name: "测试丙", document: { masked: "3599992015****1014" } } });
    await expect(publish(masked)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a faulty number is refused without being repeated", async () => {
    const document = { kind: "resident_id", number: "110101190001010015" } as const;
    const refusal = publish(draft({ party: { name: "测试丁", document } }));
    await expect(refusal).rejects.toMatchObject({
      code: "validation",
      detail: { faults: [{ pointer: "#/party/document/number", code: "bad_checksum" }] },
    });
    await expect(refusal).rejects.not.toThrow("110101190001010015");
  });
});

describe("once it has ended", () => {
  test("a party may be listed again in the same case once it was removed, as a new period", async () => {
    const given = draft();
    const first = await publish(given);
    await end(first.id);
    const second = await publish(given);
    expect(second.id).not.toBe(first.id);
    expect(second.naturalKey).toBe(first.naturalKey);
    expect(await connection.db.transaction((tx) => findListing(tx, first.id))).toMatchObject({ state: "ended" });
  });
});

test("positions are dense and as many as there are changes, also under concurrent writers", async () => {
  await Promise.all(Array.from({ length: 20 }, () => publish(draft())));
  const [row] = await select(sql`
    select count(*)::int as changes, max(c.position)::int as last, (select position::int from register_state) as position
    from listing_change c`);
  expect(row?.["last"]).toBe(row?.["changes"]);
  expect(row?.["position"]).toBe(row?.["changes"]);
});
