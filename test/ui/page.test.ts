// The frame of every page: escapes what it is given, and says where the data is invented.
import { html } from "hono/html";
import { describe, expect, test } from "vitest";
import { page } from "../../src/ui/index.ts";

const frame = async (demonstration: boolean, title = "首页") =>
  String(await page({ title, demonstration, content: html`<p>${"<b>&"}</p>` }));

describe("a page", () => {
  test("escapes its title and what its content was given", async () => {
    const text = await frame(true, `</title><script>"`);
    expect(text).toContain("<title>&lt;/title&gt;&lt;script&gt;&quot; · 失信被执行人名单核查平台</title>");
    expect(text).toContain("<p>&lt;b&gt;&amp;</p>");
    expect(text).not.toContain("<script");
  });

  test("has the banner on invented data, and only there", async () => {
    expect(await frame(true)).toContain("演示数据，均为虚构");
    expect(await frame(false)).not.toContain("演示数据");
  });

  test("lets a keyboard skip to its content, and names its language", async () => {
    const text = await frame(false);
    expect(text).toMatch(/<body>\s*<a class="skip" href="#content">[^]*<main id="content">/);
    expect(text).toContain('<html lang="zh-CN">');
  });
});
