// The linter's side of the house rules: each rule we rely on reports an invented fault, and every file of ours is linted.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { isTypeScript } from "./rule.ts";
import { readCheckout, ROOT } from "./source.ts";

const OXLINT = join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin", "oxlint");
const posixPath = (path: string) => path.replaceAll("\\", "/");
const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string().transform(posixPath) })),
});

const drizzle = [
  'import { pgTable, text } from "drizzle-orm/pg-core";',
  'import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";',
  'const court = pgTable("court", { name: text() });',
].join("\n");
const lines = (count: number) => "  call();\n".repeat(count);

/** An invented file for each rule that must report it, and nothing but it. */
const faults = [
  {
    rule: "typescript(no-floating-promises)",
    fault: "a drizzle write that is not awaited",
    path: "src/courts/queries.ts",
    text: `${drizzle}\nexport async function add(db: PostgresJsDatabase) {\n  db.insert(court).values({ name: "a" });\n  await db.select().from(court);\n}`,
  },
  {
    rule: "typescript(no-misused-promises)",
    fault: "a promise taken for a condition",
    path: "src/courts/condition.ts",
    text: "export function isOpen(found: Promise<boolean>) {\n  return found ? 1 : 2;\n}",
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    fault: "a switch that forgets a member",
    path: "src/courts/level.ts",
    text: 'export function rank(level: "high" | "low") {\n  switch (level) {\n    case "high":\n      return 1;\n  }\n  return 0;\n}',
  },
  {
    rule: "typescript(no-explicit-any)",
    fault: "an any",
    path: "test/courts/any.ts",
    text: "export const court = (value: any) => typeof value;",
  },
  {
    rule: "typescript(no-unsafe-return)",
    fault: "an any that comes from outside",
    path: "src/courts/unsafe.ts",
    text: "export const court = (text: string): string => JSON.parse(text);",
  },
  {
    rule: "typescript(no-non-null-assertion)",
    fault: "a non-null assertion",
    path: "src/courts/assertion.ts",
    text: "export const first = (names: string[]) => names[0]!;",
  },
  {
    rule: "typescript(only-throw-error)",
    fault: "a string that is thrown",
    path: "src/courts/thrown.ts",
    text: 'export function refuse(): never {\n  throw "refused";\n}',
  },
  {
    rule: "typescript(restrict-template-expressions)",
    fault: "a text of who knows what",
    path: "src/courts/text.ts",
    text: "export const text = (name: unknown) => `${name}`;",
  },
  {
    rule: "typescript(prefer-promise-reject-errors)",
    fault: "a string that is rejected with",
    path: "src/courts/rejected.ts",
    text: 'export const refuse = () => Promise.reject("refused");',
  },
  {
    rule: "typescript(return-await)",
    fault: "a promise whose failure the try around it misses",
    path: "src/courts/missed.ts",
    text: "export async function ask(court: () => Promise<string>) {\n  try {\n    return court();\n  } catch {\n    return null;\n  }\n}",
  },
  {
    rule: "typescript(no-deprecated)",
    fault: "a call that its library gives up",
    path: "src/courts/deprecated.ts",
    text: "export const tail = (name: string) => name.substr(1);",
  },
  {
    rule: "eslint(max-lines)",
    fault: "a file of 401 lines",
    path: "src/courts/long-file.ts",
    text: `export const names = [\n${'  "a",\n'.repeat(399)}];`,
  },
  {
    rule: "eslint(max-lines-per-function)",
    fault: "a function of 71 lines",
    path: "src/courts/long-function.ts",
    text: `export function long(call: () => void) {\n${lines(69)}}`,
  },
  {
    rule: "eslint(no-console)",
    fault: "a line on the console",
    path: "src/courts/console.ts",
    text: 'console.log("started");',
  },
  {
    rule: "eslint(no-warning-comments)",
    fault: "a thing left to do",
    path: "src/courts/unfinished.ts",
    text: `// ${"todo".toUpperCase()}: the rest.\nexport const court = 1;`,
  },
  {
    rule: "eslint(eqeqeq)",
    fault: "a loose comparison",
    path: "src/courts/loose.ts",
    text: "export const same = (a: string, b: string) => a == b;",
  },
  {
    rule: "import(no-default-export)",
    fault: "a default export",
    path: "src/courts/default-export.ts",
    text: "export default 1;",
  },
  {
    rule: "import(no-cycle)",
    fault: "a cycle, even of types",
    path: "src/courts/cycle.ts",
    text: 'import type { Back } from "./cycle-back.ts";\nexport type Cycle = Back[];',
  },
  {
    rule: "unicorn(filename-case)",
    fault: "a name in another case",
    path: "src/courts/courtName.ts",
    text: "export const court = 1;",
  },
  {
    rule: "vitest(expect-expect)",
    fault: "a test that expects nothing",
    path: "test/courts/empty.test.ts",
    text: 'import { test } from "vitest";\ntest("it asks", () => {});',
  },
  modifiedTest("vitest(no-focused-tests)", "a test that runs alone", "only"),
  modifiedTest("vitest(no-disabled-tests)", "a test that never runs", "skip"),
];
const otherHalf = {
  path: "src/courts/cycle-back.ts",
  text: 'import type { Cycle } from "./cycle.ts";\nexport type Back = { cycle: Cycle };',
};

let folder: string;
let report: z.infer<typeof Report>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shixin-lint-"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  for (const file of [".oxlintrc.json", "tsconfig.json", "package.json"])
    await cp(join(ROOT, file), join(folder, file));
  for (const { path, text } of [...faults, otherHalf]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${text}\n`);
  }
  report = Report.parse(JSON.parse(await run(folder, "--type-aware", "--format=json")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(faults)("$rule reports $fault", ({ rule, path }) => {
  const found = report.diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code);
  expect(found).toEqual([rule]);
});

test("every file of the checkout is linted", async () => {
  const linted = posixPath(await run(ROOT, "--debug=files")).split(/\r?\n/);
  const written = readCheckout()
    .map(({ path }) => path)
    .filter(isTypeScript);
  expect(written.length, "files read").toBeGreaterThan(0);
  expect(written.filter((path) => !linted.includes(path))).toEqual([]);
});

/** What oxlint prints; it ends with an error where it has something to report. */
function run(cwd: string, ...options: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [OXLINT, ...options], { cwd }, (_, printed) => resolve(printed));
  });
}

function modifiedTest(rule: string, fault: string, modifier: "only" | "skip") {
  const text = `import { expect, test } from "vitest";\ntest.${modifier}("it asks", () => expect(1).toBe(1));`;
  return { rule, fault, path: `test/courts/${modifier}.test.ts`, text };
}
