// How the modules of src may know one another.
import { isSource, type Rule } from "./rule.ts";
import { type Import, importsOf, type SourceFile } from "./source.ts";

const ORDER = (
  "platform ui identity audit agencies events courts registry feeds checks sanctions remedies subscriptions statistics " +
  "portal workbench console authority ops"
).split(" ");
const ROOTS = ["src/app.ts", "src/cli.ts", "src/commands.ts", "src/config.ts", "src/main.ts"];
/** Their files are ground for everybody and have no face. */
const OPEN_MODULES = ["platform", "ui"];

export function moduleOf(path: string): string {
  return ROOTS.includes(path) ? "the roots" : (path.split("/")[1] ?? path);
}

function rankOf(path: string): number {
  return ROOTS.includes(path) ? ORDER.length : ORDER.indexOf(moduleOf(path));
}

/** The imports that lead from one module of `src` into another. */
function crossingsOf(files: SourceFile[]): Import[] {
  return files
    .flatMap(importsOf)
    .filter(({ path, target }) => target.startsWith("src/") && moduleOf(target) !== moduleOf(path));
}

const order: Rule = {
  title: "a module imports only what stands before it, and nobody imports a root",
  reads: isSource,
  find: (files) => [
    ...files.filter(({ path }) => rankOf(path) < 0).map(({ path }) => `${path} stands in no place of the order`),
    ...crossingsOf(files)
      .filter(({ path, target }) => rankOf(path) >= 0 && rankOf(target) >= rankOf(path))
      .map(({ path, line, target }) => `${path}:${line} imports ${target}, which stands later`),
  ],
  controls: {
    "an import of a later module": { "src/registry/listing.ts": 'import { importFile } from "../feeds/index.ts";' },
    "a type of a later module": { "src/audit/entry.ts": 'import type { Agency } from "../agencies/index.ts";' },
    "an import over several lines": {
      "src/ui/page.ts": 'import {\n  first,\n  second,\n} from "../identity/index.ts";',
    },
    "an import in an expression": { "src/platform/log.ts": 'const ui = await import("../ui/page.ts");' },
    "a re-export": { "src/courts/index.ts": 'export { listing } from "../registry/schema.ts";' },
    "an import of a root": { "src/ops/runtime.ts": 'import { parseConfig } from "../config.ts";' },
    "a module outside the order": { "src/billing/index.ts": "// Invoices." },
    "a fifth root": { "src/worker.ts": "// Background work." },
  },
};

const faces: Rule = {
  title: "from another module only its index.ts, its schema.ts, its operations.ts or its words.ts is imported",
  reads: isSource,
  find: (files) =>
    crossingsOf(files)
      .filter(
        ({ target }) =>
          !OPEN_MODULES.includes(moduleOf(target)) && !/\/(?:index|schema|operations|words)\.ts$/.test(target),
      )
      .map(({ path, line, target }) => `${path}:${line} imports ${target} past its module's face`),
  controls: {
    "an import past the face": { "src/checks/check.ts": 'import { nameKey } from "../identity/name.ts";' },
    "an import past a nested face": { "src/commands.ts": 'import { draw } from "./feeds/synthetic/draw.ts";' },
  },
};

export const moduleRules = [order, faces];
