// The pages and documents that need no key, and what every unknown address is answered.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../src/platform/log.ts";
import { newRouter, problemResponse } from "../../src/platform/http.ts";
import { problemPages } from "../../src/ops/index.ts";
import { AppError } from "../../src/platform/error.ts";
import { problemCatalogue, problemOf, type ProblemCode } from "../../src/platform/problem-catalogue.ts";
import { problemType } from "../../src/platform/problem.ts";
import { PassThrough } from "node:stream";
import { startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const get = (path: string) => service.request.get(path);
const pages = ["/", "/docs", "/problems", "/problems/validation", "/verify", "/sign-in"];
const ways = ["/", "/remedies", "/who-asked", "/figures", "/verify"].map((way) => `<a href="${way}"`);

describe.each(pages)("the page %s", (path) => {
  test("is Chinese HTML that loads nothing from elsewhere", async () => {
    const { status, headers, text } = await get(path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=UTF-8");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; /);
    expect(headers["content-security-policy"]).toContain("script-src 'self';");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).not.toMatch(/(?:src|href|action)\s*=\s*["']?(?:https?:)?\/\//);
  });

  test("stands in the frame of the portal", async () => {
    const { text } = await get(path);
    expect(ways.filter((way) => !text.includes(way))).toEqual([]);
    expect(text).toContain('<footer class="foot">');
  });

  test("names only files and pages that are there", async () => {
    const { text } = await get(path);
    const places = [...text.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, place]) => String(place));
    expect(places.length).toBeGreaterThan(2);
    const found = await Promise.all(places.map(async (place) => [place, (await get(place)).status]));
    expect(found.filter(([, status]) => status !== 200)).toEqual([]);
  });
});

test("pages of invented data say so", async () => {
  for (const path of ["/", "/problems", "/problems/validation"])
    expect((await get(path)).text).toContain("演示数据，均为虚构");
  const real = newRouter().route("/", problemPages({ demonstration: false, footer: {} }));
  expect(await (await real.request("/problems")).text()).not.toContain("演示数据");
});

test("the API document is OpenAPI 3.1 and describes the checks", async () => {
  const { headers, body } = await get("/openapi.json");
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(body.openapi).toBe("3.1.0");
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(["/v1/checks", "/v1/checks/batch", "/v1/checks/{id}"]),
  );
});

test("the reference comes from this package, with nobody's validator", async () => {
  expect((await get("/docs/swagger-ui-bundle.js")).headers["content-type"]).toBe("text/javascript; charset=utf-8");
  expect((await get("/docs/swagger-ui.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
  expect((await get("/docs/start.js")).text).toContain("validatorUrl: null");
});

describe("the problem", () => {
  test.each(Object.keys(problemCatalogue) as ProblemCode[])("%s has a page in both languages", async (code) => {
    const { status, text } = await get(`/problems/${code}`);
    const { title, advice } = problemOf(code);
    expect(status).toBe(200);
    for (const wording of [title, advice]) {
      expect(text).toContain(escaped(wording.zh));
      expect(text).toContain(escaped(wording.en));
    }
    expect((await get("/problems")).text).toContain(`href="/problems/${code}"`);
    expect(problemType(code)).toMatch(new RegExp(`^/problems/${code}$|^https://iana\\.org/`));
  });

  test("that nobody knows has none", async () => {
    for (const code of ["nothing", "__proto__", "constructor"]) {
      expect((await get(`/problems/${code}`)).status).toBe(404);
    }
  });
});

describe("an address that is not there", () => {
  test("is a problem in Chinese, or in English for who prefers it", async () => {
    const chinese = await get("/nothing");
    expect([chinese.status, chinese.headers["content-type"]]).toEqual([404, "application/problem+json"]);
    expect(chinese.headers["content-language"]).toBe("zh-CN");
    expect(chinese.headers["cache-control"]).toBe("no-store");
    expect(chinese.body).toEqual({
      type: "/problems/not-found",
      title: problemCatalogue["not-found"].title.zh,
      status: 404,
      detail: problemCatalogue["not-found"].advice.zh,
      code: "not-found",
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      requestId: expect.stringMatching(/^req_[0-9a-z]{26}$/),
    });
    const english = await get("/nothing").set("Accept-Language", "en-GB, zh;q=0.5");
    expect([english.headers["content-language"], english.body.title]).toEqual(["en", "Not found"]);
  });

  test("is logged under its request id, without the address", async () => {
    const number = "110101190001010014";
    const { body } = await get(`/${number}?number=${number}`);
    const { body: refused } = await service.get(`/v1/checks/${number}`);
    expect(service.logged()).toContain(body.requestId);
    expect(service.logged()).toContain(refused.requestId);
    expect(service.logged()).toContain('"route":"/v1/checks/:id"');
    expect(service.logged()).not.toContain(number);
    expect(JSON.stringify([body, refused])).not.toContain(number);
  });
});

describe("a method that is not there", () => {
  test.each([
    ["delete", "/v1/checks", "GET, POST"],
    ["patch", "/v1/checks/chk_1", "GET"],
    ["post", "/livez", "GET"],
  ] as const)("%s %s is answered with the methods that are", async (method, path, allowed) => {
    const { status, headers, body } = await service.request[method](path);
    expect([status, body.code]).toEqual([405, "method-not-allowed"]);
    expect(
      headers["allow"]
        ?.split(", ")
        .filter((name: string) => name !== "HEAD")
        .join(", "),
    ).toBe(allowed);
  });
});

test.each([...pages, "/livez", "/readyz", "/openapi.json", "/assets/style.css"])(
  "HEAD %s answers like GET, without a body",
  async (path) => {
    const [head, full] = await Promise.all([service.request.head(path), get(path)]);
    expect(head.status).toBe(full.status);
    expect(head.headers["content-type"]).toBe(full.headers["content-type"]);
    expect(head.text ?? "").toBe("");
  },
);

test("an unexpected error is 500 with a request id, and its message stays inside", async () => {
  const lines: string[] = [];
  const log = createLog(new PassThrough().on("data", (chunk) => lines.push(String(chunk))));
  const app = newRouter();
  app.onError((error, c) => problemResponse(c, error, log));
  app.get("/broken/:number", (c) => {
    throw new Error(`no row of ${c.req.param("number")}`);
  });
  app.get("/busy", () => {
    throw new AppError("temporary-reduced-capacity", { retryAfterSeconds: 3, note: "queue full" });
  });
  const broken = await app.request("/broken/110101190001010014");
  const document: unknown = await broken.json();
  expect(broken.status).toBe(500);
  expect(document).toMatchObject({ code: "internal", requestId: expect.stringMatching(/^req_/) });
  expect(JSON.stringify(document) + lines.join("")).not.toContain("110101190001010014");
  expect(lines.join("")).toContain('"route":"/broken/:number"');
  const busy = await app.request("/busy");
  expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "3"]);
});

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
