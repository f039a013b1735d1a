// The files of the checkout, read once, and what the rules ask of a source text.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export type SourceFile = { path: string; text: string };
export type Import = { path: string; line: number; target: string; names: string[]; isType: boolean };

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Of the folders that begin with a dot only these are the project's; the others are git's and the editors'. */
const DOT_FOLDERS = [".ci", ".github"];

/** Every file that belongs to the project: what .gitignore names is left out. */
export function readCheckout(): SourceFile[] {
  const ignored = readFileSync(join(ROOT, ".gitignore"), "utf8").split("\n");
  const isOurs = (name: string, isFolder: boolean) => {
    if (isFolder) return !ignored.includes(`${name}/`) && (!name.startsWith(".") || DOT_FOLDERS.includes(name));
    return !ignored.some((line) => line.startsWith("*") && name.endsWith(line.slice(1)));
  };
  const pathsIn = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => (entry.isFile() || entry.isDirectory()) && isOurs(entry.name, entry.isDirectory()))
      .flatMap((entry) => {
        const path = posix.join(folder, entry.name);
        return entry.isDirectory() ? pathsIn(path) : [path];
      });
  return pathsIn("").map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

/** Everything the global `pattern` finds in a text: the match and its groups, each with its line. */
export function matchesIn(text: string, pattern: RegExp): { line: number; groups: (string | undefined)[] }[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    line: text.slice(0, match.index).split("\n").length,
    groups: [...match],
  }));
}

/** The text with its comments blanked, line for line. Prettier puts every comment that matters on lines of its own. */
export function codeOf(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/^[ \t]*\/\/.*$/gm, "");
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([^;"'`=]*?)\sfrom\s+)?"([^"]+)"/gm;
const EXPRESSION = /\bimport\("([^"]+)"\)/g;

/** What a file imports or re-exports: a path of the checkout or the name of a package. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const code = codeOf(text);
  const targetOf = (name: string) => (name.startsWith(".") ? posix.join(posix.dirname(path), name) : name);
  const statements = matchesIn(code, STATEMENT).map(({ line, groups: [, type, clause = "", name = ""] }) => {
    const names = clause.split(/[{},\n]/).map((part) => part.trim());
    const isType = Boolean(type) || names.every((part) => part === "" || part.startsWith("type "));
    return { path, line, target: targetOf(name), names: names.filter(Boolean), isType: isType && clause !== "" };
  });
  const expressions = matchesIn(code, EXPRESSION).map(({ line, groups: [, name = ""] }) => {
    return { path, line, target: targetOf(name), names: [], isType: false };
  });
  return [...statements, ...expressions];
}
