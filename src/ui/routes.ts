// Static files of our own pages: stylesheets, and the modules that browsers run.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { newRouter, type RequestContext } from "../platform/http.ts";
import type { BrowserModules } from "./browser-modules.ts";
import { shortcutModules } from "./shortcut-page.ts";

const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** What a page loads, in as few requests as may be; the banner also stands on pages that are not ours to style. */
const assets = [
  { path: "style.css", type: "text/css", content: ["style.css", "form.css", "parts.css"].map(textOf).join("") },
  { path: "banner.css", type: "text/css", content: textOf("banner.css") },
  { path: "enhance.js", type: "text/javascript", content: enhancement() },
];

export function assetRoutes() {
  const router = newRouter();
  for (const { path, type, content } of assets)
    router.get(`/assets/${path}`, packed(content, type, "public, max-age=300"));
  router.route("/", browserModuleRoutes(shortcutModules()));
  return router;
}

/**
 * htmx, behind our word on what may become an element of a page behind the sign-in: answers of this service, which escapes
 * whatever it is given. No script is ever made from text (Trusted Types). Every page works without it.
 */
function enhancement(): string {
  const htmx = readFileSync(createRequire(import.meta.url).resolve("htmx.org/dist/htmx.min.js"), "utf8");
  return `globalThis.trustedTypes?.createPolicy("default", { createHTML: (text) => text });\n${htmx}`;
}

export function browserModuleRoutes({ base, files }: BrowserModules) {
  const router = newRouter();
  for (const [path, code] of files)
    router.get(base + path, packed(code, "text/javascript", "public, max-age=31536000, immutable"));
  return router;
}

/** Answers with `content`, which was compressed once, to whoever can unpack it. */
function packed(content: string, type: string, cacheControl: string) {
  const zipped = new Uint8Array(gzipSync(content));
  const headers = {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": cacheControl,
    "X-Content-Type-Options": "nosniff",
    Vary: "Accept-Encoding",
  };
  return (c: RequestContext) =>
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(c.req.header("accept-encoding") ?? "")
      ? c.body(zipped, 200, { ...headers, "Content-Encoding": "gzip" })
      : c.body(content, 200, headers);
}
