// How a file looks before one reads it. What a linter can see of a file (sizes, `any`, `!`) is left to it: lint.test.ts.
import { isSource, isTypeScript, type Rule } from "./rule.ts";
import { codeOf, matchesIn } from "./source.ts";

const heads: Rule = {
  title: "every file begins by saying what it is",
  reads: (path) => isTypeScript(path) || /^src\/.*\.css$/.test(path),
  find: (files) =>
    files
      .filter(({ text }) => !/^(?:#!.*\n)?(?:\/\/ |\/\*\*? )\S/.test(text))
      .map(({ path }) => `${path}:1 has no head comment`),
  controls: {
    "a file that starts with code": { "src/courts/index.ts": 'export { findCourt } from "./court.ts";' },
    "an empty file": { "test/courts/court.test.ts": "" },
  },
};

const FACE_LINES_MAX = 30;

const faces: Rule = {
  title: `an index.ts is a list of names of at most ${FACE_LINES_MAX} lines`,
  reads: (path) => isSource(path) && path.endsWith("/index.ts"),
  find: (files) =>
    files.flatMap(({ path, text }) => {
      const rest = codeOf(text).replace(/^export (?:type )?\{[^}]*\} from "[^"]+";$/gm, "");
      return [
        ...(rest.trim() === "" ? [] : [`${path} holds more than named exports`]),
        ...(text.trimEnd().split("\n").length > FACE_LINES_MAX ? [`${path} is longer than a face`] : []),
      ];
    }),
  controls: {
    "code in a face": { "src/courts/index.ts": "// Courts.\nexport const courts = [];" },
    "an export of everything": { "src/courts/index.ts": '// Courts.\nexport * from "./court.ts";' },
    "a face that is too long": {
      "src/courts/index.ts": `// Courts.\n${'export { findCourt } from "./court.ts";\n'.repeat(FACE_LINES_MAX)}`,
    },
  },
};

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.[a-z]+$/;
/** Words that name no thing. In a test "service" is the thing: the whole of what is tested. */
const SAYS_NOTHING = /[/-](?:utils?|helpers?|common|managers?)(?=[-./])|^src\/.*[/-]services?(?=[-./])/;

const names: Rule = {
  title: "a file is named for what it holds, in kebab-case",
  reads: (path) => /^(?:src|test|bench)\//.test(path),
  find: (files) =>
    files
      .filter(({ path }) => !NAME.test(path.split("/").at(-1) ?? "") || SAYS_NOTHING.test(path))
      .map(({ path }) => `${path} is not a name of ours`),
  controls: {
    "another case": { "src/courts/courtName.ts": "" },
    "a name that says nothing": { "test/courts/court-utils.ts": "" },
    "a folder that says nothing": { "src/platform/helpers/time.ts": "" },
    "a service": { "src/courts/court-service.ts": "" },
  },
};

const language: Rule = {
  title: "no file declares an enum or silences a check",
  reads: isTypeScript,
  find: (files) =>
    files.flatMap(({ path, text }) => [
      ...matchesIn(text, /^\s*(?:export )?(?:declare )?(?:const )?enum \w/gm).map(
        ({ line }) => `${path}:${line} is an enum`,
      ),
      ...matchesIn(text, /(?:oxlint|eslint)-disable|@ts-(?:ignore|expect-error|nocheck)/g).map(
        ({ line }) => `${path}:${line} silences a check`,
      ),
    ]),
  controls: {
    "an enum": { "src/courts/court.ts": ["// Courts.\nexport", "enum Level { High }"].join(" ") },
    "a lint rule switched off": { "src/courts/court.ts": ["// oxlint", "disable-next-line no-console"].join("-") },
    "a type error that is ignored": { "test/courts/court.test.ts": ["// @ts", "ignore"].join("-") },
  },
};

export const layoutRules = [heads, faces, names, language];
