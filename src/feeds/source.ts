// Sources of lists: whose list it is, which source owns a listing that several name, and what its files may do.
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { COURT_SOURCE } from "../registry/index.ts";
import { type GateSettings, refuse } from "./gate.ts";
import { findSource, insertSource, lockSourceRow, type SourceRow, updateSource } from "./source-queries.ts";

const SOURCE_FORM = /^[a-z][a-z0-9-]{0,39}$/;

/** The nearer to the enforcing court, the higher; what a court enters itself outranks every file. */
const precedences: Record<SourceRow["scope"], number> = { national: 10, province: 20, city: 30, court: 40 };

/** What is left out stays as it is; a new scope brings its precedence. */
export type SourceChange = {
  scope?: SourceRow["scope"];
  scopeCode?: string;
  precedence?: number;
  activation?: SourceRow["activation"];
  agencyId?: string;
  gates?: GateSettings;
};

export function requireSourceName(name: string): void {
  if (!SOURCE_FORM.test(name)) refuse("a source is named in lower-case letters, digits and hyphens");
  if (name === COURT_SOURCE) refuse(`${COURT_SOURCE} stands for what courts enter themselves: no file speaks for them`);
}

/** The source, made with defaults by the first load of its name. */
export async function ensureSource(tx: Transaction, name: string): Promise<SourceRow> {
  const scope = name === "national" ? "national" : "city";
  await insertSource(tx, { name, scope, precedence: precedences[scope] });
  const source = await findSource(tx, name);
  if (!source) throw new Error("a source that was just made is gone");
  return source;
}

export async function changeSource(
  tx: Transaction,
  actor: string,
  name: string,
  { gates, ...change }: SourceChange,
): Promise<SourceRow> {
  requireSourceName(name);
  await ensureSource(tx, name);
  const current = await lockSourceRow(tx, name);
  if (!current) throw new Error("a source that was just made is gone");
  const changed = {
    ...current,
    ...(change.scope === undefined ? {} : { precedence: precedences[change.scope] }),
    ...change,
    gates: { ...current.gates, ...gates },
  };
  await updateSource(tx, changed);
  const { name: subject, ...detail } = changed;
  await appendAudit(tx, { actor, action: "feed.source", subject, detail });
  return changed;
}
