// Certificates: what procurement rules ask for stands on them, only the agency gets one, and only the issued are confirmed.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "../../../src/checks/certificate/code.ts";
import { confirmCertificate, parseCode } from "../../../src/checks/index.ts";
import { hasBrowser, useBrowser } from "../../browser.ts";
import { endByCourt } from "../../registry/ending.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../../service.ts";

let service: TestService;
let listingId: string;
beforeAll(async () => {
  service = await startService();
  listingId = (await service.publish(listingOf())).id;
});
afterAll(() => service.stop());

const ask = async (subject = {}) => (await service.post("/v1/checks", checkOf(subject))).body;
const codeIn = (text: string) => parseCode(/class="code">([^<]+)</.exec(text)?.[1] ?? "") ?? "";
const entriesOf = (id: string) =>
  service.sql`select actor from audit_entry where action = 'certificate.issue' and subject = ${id}`;

async function askBatch(key = service.key): Promise<string> {
  const subjects = [
    { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" }, role: "bidder", reference: "A" },
    { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" }, role: "agent", reference: "B" },
    { name: "测试错", document: { type: "resident_id", number: "110101190001010015" } },
  ];
  const { body } = await service.post("/v1/checks/batch", { ...batch, subjects }, key);
  return body.id as string;
}
const batch = { purpose: PURPOSE, caseReference: "XM-ZC-2026-00123", operator: "officer 0417" };

describe("a certificate", () => {
  test("of a check says what was asked, when, of what register, and what was found", async () => {
    const { id, registerPosition } = await ask({ role: "bidder" });
    const { status, text, headers } = await service.get(`/v1/checks/${id}/certificate`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-type": "text/html; charset=UTF-8", "cache-control": "no-store" });
    for (const said of [
      id,
      "测试单位",
      "政府采购供应商资格审查",
      "XM-ZC-2026-00123",
      "officer 0417",
      `名单库序号 ${registerPosition}`,
      service.url,
      "测试甲",
      "1101************14",
      "投标人（供应商）",
      "命中（列入名单）",
      "厦门市思明区人民法院",
      "(2019)闽0203执90000001号",
      "经办人签字",
      "演示数据，均为虚构",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("110101190001010014");
    expect(codeIn(text)).toHaveLength(16);
  });

  test("is issued once, on record, and is the same when it is printed again", async () => {
    const { id } = await ask();
    expect(await entriesOf(id)).toEqual([]);
    const printed = await Promise.all([1, 2, 3].map(() => service.get(`/v1/checks/${id}/certificate`)));
    expect(new Set(printed.map(({ text }) => text)).size).toBe(1);
    expect(await entriesOf(id)).toEqual([{ actor: expect.stringMatching(/^agency:agy_\w+\/\w+$/) }]);
  });

  test("of a batch is one sheet in its order, without what could not be asked", async () => {
    const id = await askBatch();
    await ask();
    const { status, text } = await service.get(`/v1/batches/${id}/certificate`);
    expect(status).toBe(200);
    expect(text).toMatch(/共 2 名[^]*测试甲[^]*命中（列入名单）[^]*测试乙[^]*未查到有效名单信息[^]*未能核查的不在其内/);
    expect(text).not.toContain("测试错");
  });

  test("is the asking agency's alone, and there is none of what is not there", async () => {
    const { id } = await ask();
    const batchId = await askBatch();
    const other = await service.addAgency("另一单位", [PURPOSE]);
    for (const path of [`/v1/checks/${id}/certificate`, `/v1/batches/${batchId}/certificate`]) {
      expect((await service.get(path, other.key)).body.code).toBe("not-found");
      expect((await service.request.get(path)).body.code).toBe("unauthenticated");
    }
    for (const path of [
      "checks/chk_1",
      "checks/chk_01jd8m2v0q7f4t9s6k3n5r8w2x",
      "batches/bat_01jd8m2v0q7f4t9s6k3n5r8w2x",
    ])
      expect((await service.get(`/v1/${path}/certificate`)).status).toBe(404);
    expect(await entriesOf(id)).toEqual([]);
  });

  test("shows as text whatever was asked", async () => {
    const name = `<script>alert(1)</script>"'&厦门`;
    const { id } = await ask({ name, document: { type: "uscc", number: "91350200MA0000007F" } });
    const { text, headers } = await service.get(`/v1/checks/${id}/certificate`);
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(text).not.toContain("<script");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });
});

describe.runIf(hasBrowser)("on paper", () => {
  const { visit } = useBrowser();

  test("a check's certificate is one sheet of A4, and opens from a file without complaint", async () => {
    const { id } = await ask({ formerNames: ["测试旧名"], role: "legal_representative" });
    const { text } = await service.get(`/v1/checks/${id}/certificate`);
    const { page, complaints } = await visit(`${service.url}/livez`);
    await page.setContent(text);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test("the policy it is served with lets its own stylesheet work", async () => {
    const { id } = await ask();
    const { page, complaints } = await visit(`${service.url}/livez`);
    await page.setExtraHTTPHeaders({ Authorization: `Bearer ${service.key}` });
    await page.goto(`${service.url}/v1/checks/${id}/certificate`);
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign")).toBe("center");
    expect(complaints).toEqual([]);
  });
});

describe("confirming", () => {
  test("tells enough to compare with the paper, with name and number masked", async () => {
    const { id, checkedAt } = await ask();
    const { text } = await service.get(`/v1/checks/${id}/certificate`);
    const record = await confirmCertificate(service.db, service.ring, codeIn(text));
    expect(record).toEqual({
      id,
      issuedAt: expect.any(Date),
      checkedAt: new Date(checkedAt),
      agencyName: "测试单位",
      purpose: "政府采购供应商资格审查",
      parties: [{ name: "测*甲", document: "1101************14", outcome: "listed" }],
    });
  });

  test("knows no code that was not printed, whoever could derive it", async () => {
    const { id } = await ask();
    const code = codeOf(service.ring.credentialKey, id);
    expect(await confirmCertificate(service.db, service.ring, code)).toBeNull();
    const { text } = await service.get(`/v1/checks/${id}/certificate`);
    expect(codeIn(text)).toBe(code);
    expect(await confirmCertificate(service.db, service.ring, code)).toMatchObject({ id });
  });

  test("of a batch lists its parties", async () => {
    const { text } = await service.get(`/v1/batches/${await askBatch()}/certificate`);
    const record = await confirmCertificate(service.db, service.ring, codeIn(text));
    expect(record?.parties.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["测*甲", "listed"],
      ["测*乙", "clear"],
    ]);
  });

  test("stays possible after the listing ended: the paper says what was true then", async () => {
    const { id } = await ask();
    const { text } = await service.get(`/v1/checks/${id}/certificate`);
    await service.db.transaction((tx) => endByCourt(tx, listingId));
    const record = await confirmCertificate(service.db, service.ring, codeIn(text));
    expect(record?.parties[0]?.outcome).toBe("listed");
  });
});
