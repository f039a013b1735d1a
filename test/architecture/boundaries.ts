// What only certain files of a module may do: speak HTTP, hold SQL, write a table.
import { moduleOf } from "./modules.ts";
import { isSource, type Rule } from "./rule.ts";
import { codeOf, importsOf, matchesIn, type SourceFile } from "./source.ts";

/** Files besides routes.ts(x) that speak HTTP, each for its reason. */
const HTTP_FILES = [
  "src/app.ts", // mounts the routers
  "src/platform/http.ts", // is what routes are made of
  "src/platform/server.ts", // puts the app behind a socket
  "src/ui/page.ts", // is the frame of every page
  "src/ui/chart.ts", // these three are what pages are made of
  "src/ui/form.ts",
  "src/ui/parts.ts",
  "src/ui/paper.ts", // is the frame of every printed paper
  "src/ops/documentation.ts", // each of these four is one page or probe, with nothing behind it to keep apart
  "src/ops/health.ts",
  "src/ops/home.ts",
  "src/ops/problem-pages.ts",
];

const http: Rule = {
  title: "only routes speak HTTP",
  reads: isSource,
  find: (files) =>
    files
      .filter(({ path }) => !/\/routes\.tsx?$/.test(path) && !HTTP_FILES.includes(path))
      .flatMap(importsOf)
      .filter(({ path, target, names }) => {
        if (target === "hono/html" && path.endsWith("-page.ts")) return false; // markup, which knows no request
        if (target === "src/platform/http.ts") return names.some((name) => /^(?:createRoute|newRouter)\b/.test(name));
        return /^(?:hono|@hono)(?:\/|$)/.test(target);
      })
      .map(({ path, line, target }) => `${path}:${line} imports ${target}: move it to routes.ts`),
  controls: {
    "a verb that knows hono": { "src/registry/listing.ts": 'import type { Context } from "hono";' },
    "markup outside a page": { "src/feeds/load.ts": 'import { html } from "hono/html";' },
    "a page that knows requests": { "src/portal/verify-page.ts": 'import { Hono } from "hono";' },
    "a schema library taken from the framework": { "src/feeds/row.ts": 'import { z } from "@hono/zod-openapi";' },
    "a router outside routes.ts": { "src/checks/batch.ts": 'import { newRouter, z } from "../platform/http.ts";' },
  },
};

const HOLDS_SQL = /^src\/platform\/|\/(?:schema|queries|[a-z-]+-queries|statement|stage)\.ts$/;
const SPEAKS_SQL =
  /\bsql(?:<[^`]*?>)?`|\b(?:tx|db|reader|handle)\.(?:select|insert|update|delete|execute)\b|\bclient\.query\(|\.unsafe\(/g;

const statements: Rule = {
  title: "only queries.ts, statement.ts, stage.ts and schema.ts hold SQL",
  reads: isSource,
  find: (files) =>
    files
      .filter(({ path }) => !HOLDS_SQL.test(path))
      .flatMap((file) => {
        const builders = importsOf(file).filter(({ target, isType }) => /^drizzle-orm\b/.test(target) && !isType);
        const found = [...builders, ...matchesIn(codeOf(file.text), SPEAKS_SQL)];
        const lines = new Set(found.map(({ line }) => line));
        return lines.size === 0 ? [] : [`${file.path}:${[...lines].join(",")} holds SQL: move it to queries.ts`];
      }),
  controls: {
    "a query builder": { "src/registry/listing.ts": 'import { eq } from "drizzle-orm";' },
    "a statement": { "src/feeds/load.ts": "await connection.sql`analyze listing`;" },
    "a statement with a type": { "src/ops/home.ts": "await sql<{ n: number }[]>`select 1 as n`;" },
    "a write through the transaction": { "src/audit/entry.ts": "await tx.insert(auditEntry).values(entry);" },
    "a statement of node-postgres": { "src/feeds/receive.ts": 'await client.query("select 1");' },
  },
};

const WRITE =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy)\s+(?:only\s+)?(?:\$\{(\w+)\}|"?(\w+)"?)/gi;
const BUILDER_WRITE = /\.(?:insert|update|delete)\((\w+)\)/g;

/** Each table of the schema files, under its name in SQL and its name in code, with the module that owns it. */
function ownersOf(files: SourceFile[]): Map<string, string> {
  const tables = files
    .filter(({ path }) => path.endsWith("/schema.ts"))
    .flatMap(({ path, text }) =>
      matchesIn(text, /export const (\w+) = pgTable\(\s*"(\w+)"/g).flatMap(({ groups: [, constant, table] }) =>
        [constant, table].map((name): [string, string] => [name ?? "", moduleOf(path)]),
      ),
    );
  return new Map(tables);
}

const writers: Rule = {
  title: "only the module that owns a table writes it",
  reads: isSource,
  find: (files) => {
    const owners = ownersOf(files);
    if (owners.size === 0) return ["no schema.ts declares a table: nothing was checked"];
    return files.flatMap(({ path, text }) => {
      const code = codeOf(text);
      const writes = [...matchesIn(code, WRITE), ...matchesIn(code, BUILDER_WRITE)];
      return writes.flatMap(({ line, groups: [, ...names] }) => {
        const table = names.find((name) => name !== undefined) ?? "";
        const owner = owners.get(table);
        return owner === undefined || owner === moduleOf(path) ? [] : [`${path}:${line} writes ${table} of ${owner}`];
      });
    });
  },
  controls: {
    "a builder on another module's table": {
      "src/registry/schema.ts": 'export const listing = pgTable("listing", {});',
      "src/feeds/queries.ts": "await tx.update(listing).set({ state });",
    },
    "a statement on another module's table": {
      "src/registry/schema.ts": 'export const listingChange = pgTable(\n  "listing_change",\n  {},\n);',
      "src/checks/statement.ts": "await sql`insert into listing_change (kind) values (${kind})`;",
    },
    "a statement that names the table by its constant": {
      "src/audit/schema.ts": 'export const auditEntry = pgTable("audit_entry", {});',
      "src/cli.ts": "await tx.execute(sql`DELETE FROM ${auditEntry} where at < ${before}`);",
    },
    "a schema it cannot read": { "src/registry/schema.ts": "export const listing = tableOf({});" },
  },
};

export const boundaryRules = [http, statements, writers];
