// Grounds of listing (art. 1): the published wordings, current and legacy, as codes.
const labels = {
  有履行能力而拒不履行生效法律文书确定义务: "G1",
  其他有履行能力而拒不履行生效法律文书确定义务: "G1",
  "以伪造证据、暴力、威胁等方法妨碍、抗拒执行": "G2",
  "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行": "G3",
  其他规避执行: "G3",
  违反财产报告制度: "G4",
  违反限制消费令: "G5",
  违反限制高消费令: "G5",
  无正当理由拒不履行执行和解协议: "G6",
  被执行人无正当理由拒不履行执行和解协议: "G6",
} as const;

/** GX stands for a wording that is not known; the row keeps it raw. */
export type Ground = (typeof labels)[keyof typeof labels] | "GX";

const codeOf = new Map<string, Ground>(Object.entries(labels));
// Some labels hold a separator, so a whole label is tried before a piece up to the next separator.
const piece = new RegExp(String.raw`(${Object.keys(labels).join("|")})的?(?=[,、;]|$)|[^,、;]+`, "y");
const separators = /[,、;]*/y;
/** A list has a few dozen combinations; the bound is for hostile files. */
const rememberedMax = 1_000;
const remembered = new Map<string, Ground[]>();

/** The codes of a published label string, each once, in order. */
export function groundsOf(raw: string): Ground[] {
  const known = remembered.get(raw);
  if (known) return known;
  const grounds = readGrounds(raw.normalize("NFKC").replace(/\s+/g, "").replaceAll("其它", "其他"));
  if (remembered.size < rememberedMax) remembered.set(raw, grounds);
  return grounds;
}

function readGrounds(text: string): Ground[] {
  const found = new Set<Ground>();
  for (let at = 0; at < text.length;) {
    separators.lastIndex = at;
    separators.test(text);
    piece.lastIndex = separators.lastIndex;
    const match = piece.exec(text);
    if (!match) break;
    found.add(codeOf.get(match[1] ?? "") ?? "GX");
    at = piece.lastIndex;
  }
  return found.size > 0 ? [...found].sort() : ["GX"];
}

/** Whether every ground carries a term (art. 2: G2 to G6, two to five years); G1 has none. */
export function hasFixedGroundsOnly(grounds: readonly string[]): boolean {
  return grounds.length > 0 && grounds.every((ground) => ground >= "G2" && ground <= "G6");
}
