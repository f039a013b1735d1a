// Static files of our own pages: stylesheets, and the modules that browsers run.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { newRouter, type RequestContext } from "../platform/http.ts";
import type { BrowserModules } from "./browser-modules.ts";

const stylesheets = ["style.css", "banner.css"].map((name) => ({
  name,
  answer: packed(readFileSync(new URL(name, import.meta.url), "utf8"), "text/css", "public, max-age=300"),
}));

export function assetRoutes() {
  const router = newRouter();
  for (const { name, answer } of stylesheets) router.get(`/assets/${name}`, answer);
  return router;
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
