// The frame of the public's pages: the marks of a site of the State at its foot, and none over invented data.
import { html } from "hono/html";
import { expect, test } from "vitest";
import { portalPage, SiteFooter } from "../../src/portal/portal-page.ts";

const footer = { organiser: "演示<法院>", icpNumber: "演示备案号" };
const frame = async (demonstration: boolean) =>
  String(await portalPage({ demonstration, footer }, { title: "名单查询", current: "/", content: html`<p>…</p>` }));

test("the foot bears the marks that were given, as text", async () => {
  expect(await frame(false)).toContain("主办单位：演示&lt;法院&gt;");
  expect(await frame(false)).toContain("ICP备案号：演示备案号");
  expect(await frame(false)).not.toContain("公安备案号");
});

test("invented data bears nobody's marks", async () => {
  expect(await frame(true)).not.toContain("主办单位");
  expect(await frame(true)).toContain("演示数据，均为虚构");
});

test("a mark that nobody knows is refused", () => {
  expect(SiteFooter.safeParse({ emblem: "…" }).success).toBe(false);
  expect(SiteFooter.safeParse(footer).success).toBe(true);
});
