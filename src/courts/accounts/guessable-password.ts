// Passwords that guessers try first: made of nothing but common words, walks over the keyboard, digits and repetition.
// Of the ten thousand first in the list of zxcvbn-ts only 25 have twelve characters or more: each is refused here.

/** What people build from, in the spellings that lists of leaked passwords show most; the last line is of this trade. */
const WORDS =
  `password passwort passw0rd secret letmein welcome login access admin administrator root user guest test temp
  master default system server manager oracle windows computer internet website changeme iloveyou love loveyou forever
  baby angel princess sunshine dragon monkey tiger football baseball superman batman pokemon starwars playstation
  minecraft counterstrike google facebook michael jordan jordan23 charlie thomas daniel jessica ashley
  summer winter spring autumn january february march april june july august september october november december
  monday friday hello world abc abcd asd qwe zxc qaz wsx edc china beijing shanghai fujian xiamen
  woaini woaiwojia woaiwo aini nihao mima woshi wode laopo laogong baobao zhongguo caonima taobao tencent weixin huawei
  li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo
  fayuan zhixing shixin renmin faguan tingzhang court register judge clerk`
    .trim()
    .split(/\s+/);

/** Common ones that are not built from such pieces. */
const LEAKED = new Set(
  `mailcreated5240 polniypizdec0211 sojdlg123aljg leavemealone motherfucker ghjcnjgfhjkm sonyericsson ghhh47hj7649
  masterbating flvbybcnhfnjh`.split(/\s+/),
);

/** Ways over the keyboard and through the alphabet; any three in a row of them count, in either direction. */
const WALKS = [
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "1qazxsw23edcvfr45tgbnhy6",
  "qazwsxedcrfvtgbyhnujmikolp",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "a1s2d3f4g5h6j7k8l9",
  "z1x2c3v4b5n6m7",
  "zaqxswcdevfrbgtnhymju",
  "!@#$%^&*()_+",
];
const walks = WALKS.flatMap((walk) => [walk, Array.from(walk).toReversed().join("")]);

const WALK_LENGTH_MIN = 3;
/** A unit of so many characters, repeated, is no longer than itself. */
const UNIT_LENGTH_MAX = 6;

/** Whether `password` is made of common pieces alone. `own` are words of the account: its login, its name. */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  const text = password.normalize("NFKC").toLowerCase();
  const words = [...WORDS, ...own.map((word) => word.toLowerCase()).filter((word) => word.length > 1)];
  return LEAKED.has(text) || isRepeated(text) || isCovered(text, words);
}

/** What people write for a letter and think clever. */
const LETTERS: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

function isRepeated(text: string): boolean {
  for (let length = 1; length <= UNIT_LENGTH_MAX; length++) {
    const unit = text.slice(0, length);
    if (text === unit.repeat(Math.ceil(text.length / length)).slice(0, text.length)) return true;
  }
  return false;
}

/** Whether pieces can be laid end to end over the whole text. */
function isCovered(text: string, words: readonly string[]): boolean {
  const lettered = text.replace(/[013457@$]/g, (sign) => LETTERS[sign] ?? sign);
  const reached = new Set([0]);
  for (let at = 0; at < text.length; at++) {
    if (!reached.has(at)) continue;
    const fitting = words.filter((word) => text.startsWith(word, at) || lettered.startsWith(word, at));
    const lengths = [...fitting.map((word) => word.length), ...signLengths(text, at), ...walkLengths(text, at)];
    for (const length of lengths) reached.add(at + length);
  }
  return reached.has(text.length);
}

/** Any digits, separators, or one character three times or more. */
function signLengths(text: string, at: number): number[] {
  const rest = text.slice(at);
  const repeated = /^(.)\1{2,}/.exec(rest)?.[0].length;
  return [...(/^[\d\s._!@#$*+-]/.test(rest) ? [1] : []), ...(repeated === undefined ? [] : [repeated])];
}

function walkLengths(text: string, at: number): number[] {
  const lengths: number[] = [];
  for (let length = WALK_LENGTH_MIN; at + length <= text.length; length++) {
    const piece = text.slice(at, at + length);
    if (!walks.some((walk) => walk.includes(piece))) break;
    lengths.push(length);
  }
  return lengths;
}
