// Text in GB18030, which Node decodes but does not encode: two-byte codes by decoding all of them.
const decoder = new TextDecoder("gb18030");
const codes = new Map<string, Buffer>();
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const code = Buffer.from([lead, trail]);
    const character = decoder.decode(code);
    if (trail !== 0x7f && !character.includes("\uFFFD")) codes.set(character, code);
  }
}

export function gb18030(text: string): Buffer {
  return Buffer.concat(Array.from(text, (character) => codes.get(character) ?? asciiOf(character)));
}

function asciiOf(character: string): Buffer {
  if (character > "\u007F") throw new RangeError("no two-byte code");
  return Buffer.from(character, "latin1");
}
