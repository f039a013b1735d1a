// Private-use code points that GBK decoders hand out for characters Unicode has by now: folded to the real characters.

// Runs of [first two-byte code, its private-use code point, length]. Stated here and not found by comparing the decoders,
// because Node 24 decodes "gbk" as gb18030 and would find nothing, while Node 20 finds these 101 codes.
const runs = [
  [0xa2e3, 0xe76c, 1],
  [0xa3a0, 0xe5e5, 1],
  [0xa6d9, 0xe78d, 7],
  [0xa6ec, 0xe794, 2],
  [0xa6f3, 0xe796, 1],
  [0xa8bc, 0xe7c7, 1],
  [0xa8bf, 0xe7c8, 1],
  [0xa989, 0xe7e7, 13],
  [0xfe50, 0xe815, 47],
  [0xfe80, 0xe844, 33],
] as const;

// Decoders leave these six private; their characters are those of GB 18030-2022.
const unmapped = [
  [0xe816, 0x20087],
  [0xe817, 0x20089],
  [0xe818, 0x200cc],
  [0xe831, 0x215d7],
  [0xe83b, 0x2298f],
  [0xe855, 0x241fe],
] as const;

const characterOf = buildTable();
const foldable = /[\uE000-\uF8FF]/g;
const privateUse = /\p{Co}/u;

export function foldPrivateUse(text: string): string {
  return text.replace(foldable, (character) => characterOf.get(character) ?? character);
}

/** True when, folded or not, a character remains that only its sender can read. */
export function hasPrivateUse(text: string): boolean {
  return privateUse.test(text);
}

function buildTable(): Map<string, string> {
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, string>();
  for (const [firstCode, firstPoint, length] of runs) {
    for (let i = 0; i < length; i++) {
      const code = firstCode + i;
      table.set(String.fromCodePoint(firstPoint + i), decoder.decode(Uint8Array.of(code >> 8, code & 0xff)));
    }
  }
  for (const [point, character] of unmapped) {
    table.set(String.fromCodePoint(point), String.fromCodePoint(character));
  }
  return table;
}
