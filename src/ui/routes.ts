// Static files of our own pages.
import { readFileSync } from "node:fs";
import { newRouter } from "../platform/http.ts";

const stylesheet = readFileSync(new URL("style.css", import.meta.url), "utf8");

export function assetRoutes() {
  const router = newRouter();
  router.get("/assets/style.css", (c) =>
    c.body(stylesheet, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=300" }),
  );
  return router;
}
