// The words that pages and papers show for codes: each is written in the module that owns the code, and nowhere else.
import { isSource, type Rule } from "./rule.ts";
import { matchesIn, type SourceFile } from "./source.ts";

/** A code with its word. Shorter ones are common words, which the same code may bear in another sense. */
const WORD = /(?:^|[{,\s])"?([\w:.-]+)"?: "([^"\n]*\p{Script=Han}[^"\n]{4,})"/gu;
const isTable = (path: string) => /^src\/[a-z]+\/words\.ts$/.test(path) && !path.startsWith("src/workbench/");

type Word = { path: string; line: number; pair: string };

function wordsOf({ path, text }: SourceFile): Word[] {
  return matchesIn(text, WORD).map(({ line, groups: [, code, word] }) => ({ path, line, pair: `${code} ${word}` }));
}

const once: Rule = {
  title: "the word of a code is written once",
  reads: isSource,
  find: (files) => {
    const owners = new Map(
      files
        .filter(({ path }) => isTable(path))
        .flatMap(wordsOf)
        .map((word) => [word.pair, word]),
    );
    if (owners.size === 0) return ["no words.ts holds a word: nothing was checked"];
    return files
      .flatMap(wordsOf)
      .filter(({ path, line, pair }) => {
        const owner = owners.get(pair);
        return owner !== undefined && !(owner.path === path && owner.line === line);
      })
      .map(({ path, line, pair }) => `${path}:${line} words ${pair}, as ${owners.get(pair)?.path ?? ""} does`);
  },
  controls: {
    "a copy in a page": {
      "src/registry/words.ts": 'export const groundWords = {\n  G4: "违反财产报告制度",\n};',
      "src/portal/list/listing-page.ts": 'const grounds = { G4: "违反财产报告制度" };',
    },
    "a copy in another module's table": {
      "src/registry/words.ts": 'export const groundWords = {\n  G4: "违反财产报告制度",\n};',
      "src/checks/words.ts": 'export const groundWords = {\n  G4: "违反财产报告制度",\n};',
    },
    "tables it cannot read": { "src/registry/words.ts": "export const groundWords = wordsFrom(file);" },
  },
};

export const wordRules = [once];
