// The frame of the pages that everybody may see: it escapes what it is given, bears the marks of a site of the State at its
// foot, and none over invented data.
import { html } from "hono/html";
import { expect, test } from "vitest";
import { SiteFooter, sitePage } from "../../src/ui/index.ts";

const footer = { organiser: "演示<法院>", icpNumber: "演示备案号" };
const frame = async (demonstration: boolean, title = "名单查询") =>
  String(await sitePage({ demonstration, footer }, { title, current: "/", content: html`<p>${"<b>&"}</p>` }));

test("its title and what its content was given stay text", async () => {
  const text = await frame(true, `</title><script>"`);
  expect(text).toContain("<title>&lt;/title&gt;&lt;script&gt;&quot; · 失信被执行人名单信息公开</title>");
  expect(text).toContain("<p>&lt;b&gt;&amp;</p>");
  expect(text).not.toContain("<script");
});

test("a keyboard skips to the content, and the page names its language", async () => {
  expect(await frame(false)).toMatch(/<body>\s*<a class="skip" href="#content">[^]*<main id="content"/);
  expect(await frame(false)).toContain('<html lang="zh-CN">');
  const english = await sitePage(
    { demonstration: false, footer: {} },
    { title: "Verify", content: html``, language: "en" },
  );
  expect(String(english)).toMatch(/<html lang="en">[^]*Skip to the content[^]*Not found is no certificate/);
});

test("the foot bears the marks that were given, as text", async () => {
  expect(await frame(false)).toContain("主办单位：演示&lt;法院&gt;");
  expect(await frame(false)).toContain("ICP备案号：演示备案号");
  expect(await frame(false)).not.toContain("公安备案号");
});

test("invented data bears nobody's marks", async () => {
  expect(await frame(true)).not.toContain("主办单位");
  expect(await frame(true)).toContain("演示数据，均为虚构");
  expect(await frame(false)).not.toContain("演示数据");
});

test("a mark that nobody knows is refused", () => {
  expect(SiteFooter.safeParse({ emblem: "…" }).success).toBe(false);
  expect(SiteFooter.safeParse(footer).success).toBe(true);
});
