// /verify as it answers requests: in two languages, within bounds, and never with what was sent where it does not belong.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receiptText } from "../../receipts.ts";
import { checkOf, startService, type TestService } from "../../service.ts";

let service: TestService;
let receipt: Buffer;
beforeAll(async () => {
  service = await startService();
  const { body } = await service.post("/v1/checks", checkOf());
  receipt = Buffer.from(await receiptText(() => service.get(body.receipt)));
});
afterAll(() => service.stop());

const upload = (fields: Record<string, string> = {}, file = receipt) => {
  const request = service.request.post("/verify").attach("receipt", file, "check.tlog-proof");
  return request.field(fields);
};
const typeCode = (code: string) => service.request.post("/verify/certificate").type("form").send({ code });

describe("the page", () => {
  test("is Chinese, or English for whoever prefers it", async () => {
    const chinese = await service.request.get("/verify");
    expect([chinese.headers["content-language"], chinese.headers["vary"]]).toEqual(["zh-CN", "Accept-Language"]);
    expect(chinese.text).toContain("<title>验证回执与凭证 · ");
    const english = await service.request.get("/verify").set("Accept-Language", "en-GB,en;q=0.9");
    expect(english.headers["content-language"]).toBe("en");
    expect(english.text).toContain('<html lang="en">');
  });

  test("shows the keys of the log, and sends no personal data along", async () => {
    const { text } = await service.request.get("/verify");
    expect(text).toMatch(/localhost\/test\+[0-9a-f]{8}\+/);
    expect(text).not.toContain("测试甲");
  });
});

describe("an upload", () => {
  test("is verified and answered at once, and no cache keeps the answer", async () => {
    const { status, headers, text } = await upload();
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(text).toContain("验证通过");
  });

  test("that fails says so in the title", async () => {
    const { status, text } = await upload({}, receipt.subarray(1));
    expect(status).toBe(200);
    expect(text).toContain("<title>验证未通过：");
  });

  test.each([
    ["without a file", {}, Buffer.alloc(0), "请先选择回执文件"],
    ["with a file that is no receipt by its size", {}, Buffer.alloc(65_537), "文件过大"],
    ["with a key that is none", { keys: "localhost/test+00000000+AAAA" }, undefined, "公钥格式不符"],
    ["with half a party", { name: "测试甲" }, undefined, "同时填写"],
  ])("%s is refused with its sentence, at its field", async (_, fields, file, sentence) => {
    const { status, text } = await upload(fields, file);
    expect(status).toBe(422);
    expect(text).toContain("<title>提交内容有误：");
    expect(text).toMatch(new RegExp(`<a href="#[a-z-]+">[^<]*${sentence}`));
    expect(text).toContain('aria-invalid="true"');
  });

  test("gives markup back as text, and the party's number not at all", async () => {
    const fields = { keys: "</textarea><script>", name: "<b>甲</b>", number: "110101190001010014" };
    const { text } = await upload(fields);
    expect(text).toContain("&lt;/textarea&gt;&lt;script&gt;");
    expect(text).not.toContain("<b>");
    expect(text).not.toContain("110101190001010014");
    expect(service.logged()).not.toContain("110101190001010014");
  });

  test("that is too large, of another type or broken is a problem", async () => {
    const post = () => service.request.post("/verify");
    const tooLarge = await upload({ keys: "x".repeat(90_000) });
    const json = await post().send({ receipt: "" });
    const broken = await post().set("Content-Type", "multipart/form-data; boundary=x").send("no boundary");
    expect([tooLarge, json, broken].map(({ status, body }) => [status, body.code])).toEqual([
      [413, "content-too-large"],
      [415, "unsupported-media-type"],
      [422, "validation"],
    ]);
  });
});

describe("a code", () => {
  test("with a mistake costs no guess, and too many unknown ones have to wait", async () => {
    for (let typed = 0; typed < 30; typed++) expect((await typeCode("0000-0000-0000-0001")).status).toBe(422);
    const wrong = await Promise.all(Array.from({ length: 20 }, () => typeCode("0000-0000-0000-0000")));
    expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([200]));
    const { status, headers, text } = await typeCode("0000-0000-0000-0000");
    expect([status, Number(headers["retry-after"]) > 50]).toEqual([429, true]);
    expect(text).toContain("输入次数过多");
  });
});
