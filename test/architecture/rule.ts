// What a house rule is: a sentence, the files it reads, a pure check, and inventions that must not pass it.
import type { SourceFile } from "./source.ts";

export type Rule = {
  title: string;
  reads: (path: string) => boolean;
  /** One line for each fault: where, and what is wrong. */
  find: (files: SourceFile[]) => string[];
  /** Invented files, path → text, that break the rule in exactly one place; the key completes "it notices …". */
  controls: Record<string, Record<string, string>>;
};

export const isSource = (path: string) => path.startsWith("src/") && /\.tsx?$/.test(path);
/** Everything that is written in TypeScript, the tests and measurements included. */
export const isTypeScript = (path: string) => /^(?:src|test|bench)\/.*\.tsx?$/.test(path);
