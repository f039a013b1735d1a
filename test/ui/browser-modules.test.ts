// How modules of ours reach a browser: the same sources without types, at an address of their content, and nothing else.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { collectBrowserModules } from "../../src/ui/index.ts";
import { startService } from "../service.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-modules-"));
afterAll(() => rmSync(folder, { recursive: true }));

const source = (path: string) => new URL(`../../src/${path}`, import.meta.url);
const tree = () => collectBrowserModules(source("audit/log/tree.ts"), { "node:crypto": source("platform/time.ts") });

test("a module is served as it stands in the checkout, but for its types and the addresses of its imports", () => {
  const { base, entry, files } = tree();
  expect(entry).toBe(`${base}audit/log/tree.js`);
  expect([...files.keys()]).toEqual(["audit/log/tree.js", "platform/time.js"]);
  const stripped = stripTypeScriptTypes(readFileSync(source("audit/log/tree.ts"), "utf8"));
  expect(files.get("audit/log/tree.js")).toBe(stripped.replace('"node:crypto"', '"../../platform/time.js"'));
});

test("the address is the same for the same content, and another for any other", () => {
  expect(tree().base).toBe(tree().base);
  expect(collectBrowserModules(source("platform/time.ts")).base).not.toBe(tree().base);
  expect(tree().base).toMatch(/^\/assets\/modules\/[\w-]{16}\/$/);
});

test("what no browser has is refused before anything is served", () => {
  expect(() => collectBrowserModules(source("audit/log/tree.ts"))).toThrow("node:crypto, which no browser has");
});

test("an import in an expression is followed as well, and cycles end", () => {
  writeFileSync(join(folder, "one.ts"), 'export const two = () => import("./two.ts");');
  writeFileSync(join(folder, "two.ts"), 'import "./one.ts";\nexport const n: number = 1;');
  const { files } = collectBrowserModules(pathToFileURL(join(folder, "one.ts")));
  expect([...files.values()].map((code) => code.replace(/ +/g, " "))).toEqual([
    'export const two = () => import("./two.js");',
    'import "./one.js";\nexport const n = 1;',
  ]);
});

test("modules are compressed for whoever can unpack them, and never change at their address", async () => {
  const service = await startService();
  try {
    const { text } = await service.request.get("/verify");
    const entry = /<script type="module" src="([^"]+)">/.exec(text)?.[1] ?? "";
    for (const [accepted, encoding] of [
      ["gzip, deflate", "gzip"],
      ["identity", undefined],
      ["gzip;q=0", undefined],
      ["gzip;q=0.5", "gzip"],
    ] as const) {
      const { status, headers, text: code } = await service.request.get(entry).set("Accept-Encoding", accepted);
      expect([status, headers["content-encoding"], headers["content-type"]]).toEqual([
        200,
        encoding,
        "text/javascript; charset=utf-8",
      ]);
      expect(headers["cache-control"]).toContain("immutable");
      expect(code).toContain("Verifies a receipt");
    }
    expect((await service.request.get(entry.replace(/modules\/./, "modules/~"))).status).toBe(404);
  } finally {
    await service.stop();
  }
});
