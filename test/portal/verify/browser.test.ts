// /verify as its visitors meet it: a receipt is verified in their own browser, or by the service where that cannot.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { generateKeyPairSync } from "node:crypto";
import { verifierKeysOf } from "../../../src/audit/index.ts";
import { formatVerifierKey, type KeyType, signerKeyOf, verifierKeyOf } from "../../../src/audit/log/index.ts";
import { hasBrowser, scrollsSideways, useBrowser, type VisitOptions } from "../../browser.ts";
import { receiptText } from "../../receipts.ts";
import { checkOf, listingOf, startService, type TestService } from "../../service.ts";

const FOREIGN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/** What a first page may weigh. */
const PAGE_BYTES_MAX = 60_000;

describe.runIf(hasBrowser)("/verify", () => {
  let service: TestService;
  let receipt: Buffer;
  let code: string;
  const { visit } = useBrowser();

  beforeAll(async () => {
    service = await startService();
    await service.publish(listingOf());
    const { body } = await service.post("/v1/checks", checkOf());
    receipt = Buffer.from(await receiptText(() => service.get(body.receipt)));
    const { text } = await service.get(`/v1/checks/${body.id}/certificate`);
    code = /class="code">([^<]+)</.exec(text)?.[1] ?? "";
  });
  afterAll(() => service.stop());

  async function open(options: VisitOptions = {}) {
    const visited = await visit(`${service.url}/verify`, options);
    const { page } = visited;
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    return {
      ...visited,
      sent,
      choose: (file: Buffer) => page.getByLabel("回执文件").setInputFiles(fileOf(file)),
      verify: () => page.getByRole("button", { name: "验证回执" }).click(),
      result: () => resultOf(page),
    };
  }

  test("with a receipt of a real check verifies it in the browser, and uploads nothing", async () => {
    const { choose, verify, result, sent, complaints, page } = await open();
    await choose(receipt);
    await verify();
    expect(await result()).toMatch(/^验证通过[^]*回执有效[^]*核查编号[^]*命中（列入名单）[^]*厦门市思明区人民法院/);
    expect(await page.locator("#result").getAttribute("class")).toContain("result-good");
    expect(await result()).toContain("政府采购供应商资格审查");
    expect([sent, complaints]).toEqual([[], []]);
  });

  test.each([
    ["a changed answer", reopened, "所载内容与公开日志不符：回执已被改动"],
    ["another tree", (file: Buffer) => edited(file, /^(localhost\/test\n)/m, "$11"), "日志签名不符：回执已被改动"],
    ["its end cut off", (file: Buffer) => file.subarray(0, -30), "文件不是完整的核查回执"],
    ["a byte order mark", (file: Buffer) => Buffer.concat([Buffer.from("\ufeff"), file]), "文件不是完整的核查回执"],
    ["nothing of a receipt in it", () => Buffer.from("%PDF-1.4"), "文件不是完整的核查回执"],
  ])("says of a file with %s what is wrong, as the service does", async (_, change, sentence) => {
    for (const script of [true, false]) {
      const { choose, verify, result } = await open({ script });
      await choose(change(receipt));
      await verify();
      expect(await result()).toMatch(/^验证未通过/);
      expect(await result()).toContain(sentence);
    }
  });

  test("finds any one changed byte", async () => {
    const { choose, verify, result } = await open();
    for (let at = 3; at < receipt.length; at += Math.ceil(receipt.length / 25)) {
      const changed = Buffer.from(receipt);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await choose(changed);
      await verify();
      await expect.poll(result).toMatch(/^验证未通过/);
      await choose(receipt);
      await verify();
      await expect.poll(result).toMatch(/^验证通过/);
    }
  });

  test("takes the key from the visitor who trusts nobody", async () => {
    const { choose, verify, result, page } = await open();
    await choose(receipt);
    await page.getByText("更换日志公钥").click();
    await page.getByLabel("日志公钥，每行一个").fill(FOREIGN_KEY);
    await verify();
    expect(await result()).toContain("不是同一个");
    const [own = ""] = verifierKeysOf(service.identity);
    await page.getByLabel("日志公钥，每行一个").fill(`${FOREIGN_KEY}\n${own}\n`);
    await verify();
    await expect.poll(result).toMatch(/^验证通过/);
    await page.getByLabel("日志公钥，每行一个").fill(own.replace("+", "-"));
    await verify();
    await expect.poll(result).toMatch(/^提交内容有误\s+公钥格式不符/);
  });

  test("compares the party in the browser, and nothing that was typed leaves it", async () => {
    const { choose, verify, result, page, sent, complaints } = await open();
    await choose(receipt);
    await page.getByText("核对当事人", { exact: true }).click();
    await page.getByLabel("姓名（名称）").fill("测试甲");
    await page.getByLabel("证件号码").fill("110101190001010014");
    await verify();
    expect(await result()).toMatch(/^验证通过[^]*证件号码一致/);
    await page.getByLabel("姓名（名称）").fill("测试乙");
    await verify();
    await expect.poll(result).toMatch(/^验证未通过[^]*不是此人的/);
    expect([sent, complaints]).toEqual([[], []]);
  });

  test("goes on verifying without the service, once it is loaded", async () => {
    const { choose, verify, result, page } = await open();
    const fetched = page.waitForResponse((response) => response.url().includes("/identity/index."));
    await page.getByText("核对当事人", { exact: true }).click();
    // The module that the page has asked for, with all that it imports.
    await page.evaluate(`import(${JSON.stringify((await fetched).url())}).then(() => {})`);
    await page.context().setOffline(true);
    await choose(receipt);
    await verify();
    await expect.poll(result).toMatch(/^验证通过/);
    await page.getByLabel("姓名（名称）").fill("测试甲");
    await page.getByLabel("证件号码").fill("110101190001010014");
    await verify();
    await expect.poll(result).toMatch(/^验证通过[^]*证件号码一致/);
  });

  test("tells a key of the same log that did not sign, and a witness that did not cosign", async () => {
    const { choose, verify, result, page } = await open();
    await choose(receipt);
    await page.getByText("更换日志公钥").click();
    const keyOf = (name: string, type: KeyType) =>
      formatVerifierKey(verifierKeyOf(signerKeyOf(name, type, generateKeyPairSync("ed25519").privateKey)));
    await page.getByLabel("日志公钥，每行一个").fill(keyOf(service.identity.origin, "ed25519"));
    await verify();
    expect(await result()).toContain("不是所给公钥的签名");
    const [own = ""] = verifierKeysOf(service.identity);
    await page.getByLabel("日志公钥，每行一个").fill(`${own}\n${keyOf("witness.example", "cosignature")}`);
    await verify();
    await expect.poll(result).toContain("须有 1 个所给见证方的签名，回执中只有 0 个");
  });

  test("takes a dropped file", async () => {
    const { page, result } = await open();
    await page.evaluate(`{
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(receipt.toString())}], "check.tlog-proof"));
      document.querySelector("#receipt-form").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
    }`);
    await expect.poll(result).toMatch(/^验证通过/);
  });

  test("without script verifies on the service, and says so", async () => {
    const { choose, verify, result, sent, page } = await open({ script: false });
    expect(await page.locator("#where").textContent()).toContain("上传至本平台验证");
    await choose(receipt);
    await page.getByText("核对当事人", { exact: true }).click();
    await page.getByLabel("姓名（名称）").fill("测试甲");
    await page.getByLabel("证件号码").fill("110101190001010014");
    await verify();
    expect(await result()).toMatch(/^验证通过[^]*证件号码一致[^]*命中（列入名单）/);
    expect(sent).toEqual([`${service.url}/verify`]);
    expect(await page.title()).toMatch(/^验证回执与凭证/);
  });

  test("where the browser cannot verify lets the form go to the service", async () => {
    const { page, choose, verify, result, sent } = await open();
    await page.addInitScript("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined });");
    await page.reload({ waitUntil: "networkidle" });
    expect(await page.locator("#where").textContent()).toContain("上传至本平台验证");
    await choose(receipt);
    await verify();
    await expect.poll(result).toMatch(/^验证通过/);
    expect(sent).toEqual([`${service.url}/verify`]);
  });

  test.each([true, false])("asks for the file that was not chosen (script: %s)", async (script) => {
    const { verify, result, page } = await open({ script });
    await verify();
    expect(await result()).toMatch(/^提交内容有误\s+请先选择回执文件/);
    await page.getByRole("link", { name: "请先选择回执文件" }).click();
    expect(new URL(page.url()).hash).toBe("#receipt");
    expect(await page.locator("#receipt").getAttribute("aria-invalid")).toBe("true");
  });

  test.each([true, false])("confirms the code of a certificate, and no other (script: %s)", async (script) => {
    const { page, result } = await open({ script });
    const type = async (text: string) => {
      await page.getByLabel("验证码").fill(text);
      await page.getByRole("button", { name: "验证凭证" }).click();
      await page.waitForLoadState();
    };
    await type(code.toLowerCase().replaceAll("-", " "));
    expect(await result()).toMatch(
      /^有此凭证[^]*chk_[^]*测试单位[^]*测\*甲\s+证件号码\s+1101\*{12}14\s+核查结果\s+命中（列入名单）/,
    );
    await type(`${code.slice(0, -1)}${code.endsWith("0") ? "1" : "0"}`);
    expect(await result()).toMatch(/^提交内容有误\s+验证码输入有误/);
    await type("0000-0000-0000-0000");
    expect(await result()).toMatch(/^查无此凭证[^]*不可信/);
  });

  test("can be walked with a keyboard alone", async () => {
    const { page, choose, result } = await open();
    await choose(receipt);
    const walked: string[] = [];
    for (let step = 0; step < 20 && walked.at(-1) !== "验证凭证"; step++) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      walked.push((await focused.textContent())?.trim() || (await focused.getAttribute("id")) || "");
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    }
    expect(walked).toEqual(
      expect.arrayContaining(["跳到正文", "receipt", "核对当事人", "更换日志公钥", "验证回执", "code", "验证凭证"]),
    );
    await page.locator("#receipt-form button").focus();
    await page.keyboard.press("Enter");
    await expect.poll(result).toMatch(/^验证通过/);
    expect(await page.locator(":focus").getAttribute("id")).toBe("result");
  });

  test.each([360, 1440])("is whole at %i pixels, with and without a result, and light", async (width) => {
    const { page, complaints, bytes, choose, verify, result } = await open({ width });
    expect(await scrollsSideways(page)).toBe(false);
    expect(bytes()).toBeLessThan(PAGE_BYTES_MAX);
    await page.getByText("核对当事人", { exact: true }).click();
    await page.getByText("更换日志公钥").click();
    await choose(receipt);
    await verify();
    await expect.poll(result).toMatch(/^验证通过/);
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("speaks English to whoever prefers it, in the browser as on the service", async () => {
    for (const script of [true, false]) {
      const { page } = await visit(`${service.url}/verify`, { locale: "en-GB", script });
      expect(await page.getAttribute("html", "lang")).toBe("en");
      await page.getByLabel("Receipt file").setInputFiles(fileOf(receipt));
      await page.getByRole("button", { name: "Verify the receipt" }).click();
      await expect.poll(() => resultOf(page)).toMatch(/^Verified\s+The receipt is valid/);
    }
  });
});

const fileOf = (buffer: Buffer) => ({ name: "check.tlog-proof", mimeType: "text/plain", buffer });

async function resultOf(page: Page): Promise<string> {
  const result = page.locator("#result");
  await result.waitFor();
  return result.innerText();
}

function edited(file: Buffer, from: RegExp, to: string): Buffer {
  const text = file.toString().replace(from, to);
  return Buffer.from(text);
}

/** The receipt with another answer in it. */
function reopened(file: Buffer): Buffer {
  const text = file.toString().replace(/^extra (\S+)$/m, (_, base64: string) => {
    const opened = Buffer.from(base64, "base64").toString().replace('"outcome":"listed"', '"outcome":"review"');
    return `extra ${Buffer.from(opened).toString("base64")}`;
  });
  return Buffer.from(text);
}
