// The documents name only what exists: every link, every path of the checkout and every npm command in them.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { matchesIn, ROOT } from "./architecture/source.ts";

const DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

const exists = (path: string) => existsSync(join(ROOT, path));

describe.each(DOCUMENTS)("%s", (path) => {
  test("exists and names only what exists", () => {
    expect(exists(path), `${path} exists`).toBe(true);
    const text = readFileSync(join(ROOT, path), "utf8");
    expect(namesIn(text).length, "names read").toBeGreaterThan(0);
    expect(faultsOf(path, text)).toEqual([]);
  });
});

test("the README names the two commands that start and test everything", () => {
  const text = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(text).toContain("npm ci && npm start");
  expect(text).toContain("npm ci && npm test");
});

describe("a document", () => {
  test.each([
    ["a link that leads nowhere", "Read the [map](docs/map.md)."],
    ["a link to a heading that it lacks", "# Gates\n\nSee [the gates](#the-gates)."],
    ["a path that is gone", "The verb is in `src/registry/unlist.ts`."],
    ["a folder that is gone", "Modules: `src/billing/`."],
    ["a pattern that nothing matches", "One file a module: `src/*/verbs.ts`."],
    ["a command that is not in package.json", "Then `npm run deploy`."],
    ["a command in a block", "```sh\nnpm run -s deploy -- --all\n```"],
  ])("is refused for %s", (_, text) => {
    expect(faultsOf("README.md", text)).toHaveLength(1);
  });

  test.each([
    ["a link to a file", "[Code](src/app.ts) and [a module](./src/registry/)"],
    ["a link to its own heading", "# The gates\n\nSee [the gates](#the-gates)."],
    ["a link outside", "[RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)"],
    ["a path with a line or a pattern", "`src/app.ts:12`, `src/*/index.ts`, `src/<module>/schema.ts`"],
    ["a command of package.json", "`npm run lint`, `npm run -s shixin -- migrate`"],
    ["a value that is no path", "`national/2026`"],
  ])("may hold %s", (_, text) => {
    expect(faultsOf("README.md", text)).toEqual([]);
  });
});

type Name = { kind: "link" | "path" | "command"; value: string; line: number };

function namesIn(text: string): Name[] {
  const found = (kind: Name["kind"], pattern: RegExp) =>
    matchesIn(text, pattern).map(({ line, groups: [, value = ""] }) => ({ kind, value, line }));
  return [
    ...found("link", /\]\(([^)\s]+)\)/g).filter(({ value }) => !/^[a-z]+:/.test(value)),
    ...found("path", /`((?:src|bench|test|drizzle|openapi|\.ci)\/[^`\s:]*)[^`\n]*`/g),
    ...found("command", /\bnpm run (?:-\S+ )*([\w:-]+)/g),
  ];
}

function faultsOf(path: string, text: string): string[] {
  return namesIn(text)
    .filter(({ kind, value }) => !isThere(kind, value, text))
    .map(({ value, line }) => `${path}:${line} names ${value}`);
}

function isThere(kind: Name["kind"], value: string, text: string): boolean {
  switch (kind) {
    case "command":
      return value in scripts;
    case "path":
      // `<module>` stands for any name, as `*` does.
      return globSync(value.replace(/<[^>]+>/g, "*"), { cwd: ROOT }).length > 0;
    case "link":
      return value.startsWith("#") ? headingsIn(text).includes(value.slice(1)) : exists(value.replace(/#.*$/, ""));
  }
}

/** Headings as GitHub makes anchors of them. */
function headingsIn(text: string): string[] {
  return matchesIn(text, /^#+ (.+)$/gm).map(({ groups: [, heading = ""] }) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
