// Static files of our own pages.
import { readFileSync } from "node:fs";
import { newRouter } from "../platform/http.ts";

const stylesheets = ["style.css", "banner.css"].map((name) => ({
  name,
  content: readFileSync(new URL(name, import.meta.url), "utf8"),
}));

export function assetRoutes() {
  const router = newRouter();
  for (const { name, content } of stylesheets) {
    router.get(`/assets/${name}`, (c) =>
      c.body(content, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=300" }),
    );
  }
  return router;
}
