// What holds for the checkout as a whole: it knows no machine but its reader's, and its tests test.
import { z } from "zod";
import { isTypeScript, type Rule } from "./rule.ts";
import { matchesIn } from "./source.ts";

const MACHINE = /(?<![\w.-])\/(?:work|root|home|Users)\/|\b[A-Z]:\\Users\\/g;
const REGISTRY = /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b|\bnpmmirror\.com\b/g;

const machines: Rule = {
  title: "no file names a developer's folder or a package registry",
  reads: () => true,
  find: (files) =>
    files.flatMap(({ path, text }) =>
      [...matchesIn(text, MACHINE), ...matchesIn(text, REGISTRY)].map(
        ({ line, groups: [found] }) => `${path}:${line} names ${String(found)}`,
      ),
    ),
  controls: {
    "a folder of one's own": { "README.md": `Run ${["", "home", "me"].join("/")}/register/start` },
    "a folder as an address": { "bench/checks.ts": `import "file://${["", "Users", "me"].join("/")}/checks.ts";` },
    "a registry": { "package-lock.json": `"resolved": "https://${["registry", "npmjs", "org"].join(".")}/a.tgz"` },
  },
};

const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const Versions = z.record(z.string(), z.string()).default({});
const Package = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  overrides: Versions,
});

const versions: Rule = {
  title: "every version is exact, and the lock file names no place to get it from",
  reads: (path) => ["package.json", "package-lock.json", ".npmrc"].includes(path),
  find: (files) =>
    files.flatMap(({ path, text }) => {
      if (path === ".npmrc")
        return /^omit-lockfile-registry-resolved=true$/m.test(text)
          ? []
          : [`${path} lets the lock file name a registry`];
      if (path === "package-lock.json")
        return matchesIn(text, /"resolved":/g).map(({ line }) => `${path}:${line} names a place`);
      return Object.values(Package.parse(JSON.parse(text)))
        .flatMap((named) => Object.entries(named))
        .filter(([, version]) => !EXACT.test(version))
        .map(([name, version]) => `${path} asks for ${name} ${version}`);
    }),
  controls: {
    "a range": { "package.json": JSON.stringify({ dependencies: { hono: "^4.13.19" } }) },
    "a tag": { "package.json": JSON.stringify({ devDependencies: { vitest: "latest" } }) },
    "an override that floats": { "package.json": JSON.stringify({ overrides: { scarf: "npm:empty-npm-package@1" } }) },
    "a place in the lock file": { "package-lock.json": '{ "resolved": "https://mirror.example/a.tgz" }' },
    "a setting that is gone": { ".npmrc": "save-exact=true\n" },
  },
};

const tests: Rule = {
  title: "every test file tests something, and replaces nothing of ours",
  reads: (path) => path.endsWith(".test.ts") && isTypeScript(path),
  find: (files) =>
    files.flatMap(({ path, text }) => [
      ...(/^\s*(?:test|it)\b[\w.]*\(/m.test(text) ? [] : [`${path} holds no test`]),
      ...matchesIn(text, /\bvi\.(?:mock|doMock|spyOn|stubGlobal)\(/g).map(
        ({ line }) => `${path}:${line} replaces code`,
      ),
    ]),
  controls: {
    "a file without a test": { "test/courts/court.test.ts": 'import { test } from "vitest";' },
    "a mock": {
      "test/courts/court.test.ts": ["test('it asks', () => {});\nvi", "mock('../src/courts/index.ts');"].join("."),
    },
  },
};

export const checkoutRules = [machines, versions, tests];
