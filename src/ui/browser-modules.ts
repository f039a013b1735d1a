// Modules of ours that a browser runs as well: the same sources with their types stripped, at one address that changes
// with any of them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";

export type BrowserModules = {
  /** Where they are served; what stands there never changes. */
  base: string;
  /** The address of the module that a page names. */
  entry: string;
  /** By path under `base`. */
  files: ReadonlyMap<string, string>;
};

const SOURCES = new URL("../", import.meta.url);
const SPECIFIER = /(\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g;

const pathOf = (url: URL) => fileURLToPath(url).slice(fileURLToPath(SOURCES).length).replaceAll("\\", "/");
const servedAs = (path: string) => path.replace(/\.ts$/, ".js");

/** The module at `entry` and all that it imports. `standIns` take the place of modules that browsers do not have. */
export function collectBrowserModules(entry: URL, standIns: Record<string, URL> = {}): BrowserModules {
  const files = new Map<string, string>();
  collect(entry);
  const digest = createHash("sha256").update(JSON.stringify([...files]));
  const base = `/assets/modules/${digest.digest("base64url").slice(0, 16)}/`;
  return { base, entry: base + servedAs(pathOf(entry)), files };

  function collect(url: URL): void {
    const path = pathOf(url);
    if (files.has(servedAs(path))) return;
    files.set(servedAs(path), "");
    const imported: URL[] = [];
    const code = stripTypeScriptTypes(readFileSync(url, "utf8")).replace(
      SPECIFIER,
      (_, before: string, name: string) => {
        const target = name.startsWith(".") ? new URL(name, url) : standIns[name];
        if (!target) throw new Error(`${path} imports ${name}, which no browser has`);
        imported.push(target);
        const place = relative(`${path}/..`, servedAs(pathOf(target)));
        return `${before}"${place.startsWith(".") ? place : `./${place}`}"`;
      },
    );
    imported.forEach(collect);
    files.set(servedAs(path), code);
  }
}
