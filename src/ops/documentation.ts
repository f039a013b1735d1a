// The API document and its page. Everything the page loads comes from this package.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { html } from "hono/html";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { COURT_KEY, SESSION_COOKIE, STAFF_SESSION } from "../courts/index.ts";
import { type Environment, newRouter } from "../platform/http.ts";
import { PAGE_HEADERS, type Site, sitePage } from "../ui/index.ts";

const VERSION = "1.0.0";
const swagger = createRequire(import.meta.url).resolve("swagger-ui-dist/package.json");
/** The files of swagger-ui-dist that the page names, read when first asked for. */
const ASSETS = new Map([
  ["swagger-ui.css", "text/css; charset=utf-8"],
  ["swagger-ui-bundle.js", "text/javascript; charset=utf-8"],
]);

/** The reference's own layout would be a second main part; here it has headings in order, and its buttons hold no links. */
const start = `const ours = ({ React: { createElement } }) => ({
  components: {
    DeepLink: ({ text }) => createElement("span", null, text),
    InfoUrl: () => null,
    Reference({ specSelectors, getComponent }) {
      const part = (name) => createElement(getComponent(name, true), { key: name });
      const loaded = () => [
        part("InfoContainer"),
        part("AuthorizeBtnContainer"),
        createElement("h2", { key: "operations" }, "接口"),
        part("operations"),
      ];
      const parts = [part("errors"), ...(specSelectors.loadingStatus() === "success" ? loaded() : [])];
      return createElement("div", { className: "swagger-ui" }, parts);
    },
  },
});
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#reference",
    plugins: [ours],
    layout: "Reference",
    deepLinking: true,
    validatorUrl: null,
  });
});
`;

const adjustments = readFileSync(new URL("reference.css", import.meta.url));

/** The OpenAPI 3.1 document of the API, as text that never changes while the process runs. */
export function openApiDocument(api: OpenAPIHono<Environment>): string {
  api.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description:
      "An agency's API key: `sx_live_…`, or `sx_test_…` for the sandbox. The name that an operation asks for is a scope of the key.",
  });
  api.openAPIRegistry.registerComponent("securitySchemes", COURT_KEY, {
    type: "http",
    scheme: "bearer",
    description:
      "The key of a court's case-management system: `sx_live_…`. The name that an operation asks for is a scope of the " +
      "key. What writes also names the person who acts: `On-Behalf-Of: acc_…`, an account of that court.",
  });
  api.openAPIRegistry.registerComponent("securitySchemes", STAFF_SESSION, {
    type: "apiKey",
    in: "cookie",
    name: SESSION_COOKIE,
    description:
      "A session of whoever signed in with password and one-time code. An operation names the roles that may do it, any " +
      "of which suffices. What writes also carries the session's `csrfToken` in `X-CSRF-Token`.",
  });
  const document = api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "失信被执行人名单核查平台 · Shixin Register",
      version: VERSION,
      description:
        "Agencies ask before they act whether a party is on the list of dishonest judgment debtors (失信被执行人名单), " +
        "法释〔2017〕7号. Every answer is on record before it is given. Problems are RFC 9457 documents, in Chinese " +
        "unless Accept-Language prefers English.",
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "checks", description: "核查" },
      { name: "agencies", description: "共享单位" },
      { name: "measures", description: "单位启用的惩戒措施" },
      { name: "sanctions", description: "反馈与惩戒" },
      { name: "events", description: "通知事项" },
      { name: "webhooks", description: "推送" },
      { name: "lifting", description: "惩戒解除" },
      { name: "listings", description: "名单信息" },
      { name: "objections", description: "纠正申请与复议" },
      { name: "papers", description: "文书" },
      { name: "identity", description: "身份核实" },
      { name: "notices", description: "变动通知" },
      { name: "watches", description: "关注" },
      { name: "clocks", description: "期限" },
      { name: "party", description: "当事人" },
      { name: "public", description: "公开查询" },
      { name: "loads", description: "名单数据报送" },
      { name: "statistics", description: "统计与考核" },
      { name: "misuse", description: "核查使用异常" },
      { name: "courts", description: "法院目录" },
      { name: "accounts", description: "登录与本人账号" },
      { name: "staff", description: "法院人员账号" },
      { name: "operation", description: "平台运行" },
    ],
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function documentationRoutes(document: string, site: Site) {
  const router = newRouter();
  const page = sitePage(site, {
    title: "接口文档",
    isWide: true,
    head: html`<link rel="stylesheet" href="/docs/reference.css" />
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <script src="/docs/swagger-ui-bundle.js" defer></script>
      <script src="/docs/start.js" defer></script>`,
    // The reference has its own heading.
    content: html`<noscript><h1>接口文档</h1></noscript>
      <p>供程序阅读的形式：<a href="/openapi.json">OpenAPI 3.1</a></p>
      <div id="reference"></div>`,
  });

  router.get("/openapi.json", (c) => c.body(document, 200, { "Content-Type": "application/json; charset=utf-8" }));

  router.get("/docs", (c) =>
    // The reference sets style attributes, writes markup and draws its icons as data: images.
    c.html(page, 200, {
      ...PAGE_HEADERS,
      "Content-Security-Policy": PAGE_HEADERS["Content-Security-Policy"]
        .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        .replace("; require-trusted-types-for 'script'; trusted-types 'none'", ""),
    }),
  );

  router.get("/docs/reference.css", (c) => c.body(adjustments, 200, { "Content-Type": "text/css; charset=utf-8" }));
  router.get("/docs/start.js", (c) => c.body(start, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  for (const [file, type] of ASSETS) {
    let content: Buffer<ArrayBuffer> | null = null;
    router.get(`/docs/${file}`, (c) => {
      content ??= readFileSync(swagger.replace(/package\.json$/, file));
      return c.body(content, 200, { "Content-Type": type, "Cache-Control": "public, max-age=86400" });
    });
  }
  return router;
}
