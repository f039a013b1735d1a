// The part of Node's Buffer that the log's pure half speaks, for browsers, which have none.
const encoder = new TextEncoder();
/** As Node reads UTF-8: a byte order mark stays, and what is no text becomes U+FFFD. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export type Encoding = "utf8" | "base64" | "hex" | "binary";

class Bytes extends Uint8Array {
  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, at) => byte === other[at]);
  }

  readUInt32BE(at = 0): number {
    return this.#view().getUint32(at);
  }

  readBigUInt64BE(at = 0): bigint {
    return this.#view().getBigUint64(at);
  }

  /** Returns the number of bytes. */
  copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, end);
    target.set(part, targetStart);
    return part.length;
  }

  /** Returns the number of bytes, for which there must be room. */
  write(text: string, at = 0, encoding: Encoding = "utf8"): number {
    return encode(text, encoding).copy(this, at);
  }

  override toString(encoding: Encoding = "utf8"): string {
    if (encoding === "utf8") return decoder.decode(this);
    if (encoding === "hex") return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const characters = Array.from(this, (byte) => String.fromCharCode(byte)).join("");
    return encoding === "base64" ? btoa(characters) : characters;
  }

  #view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.byteLength);
  }
}

export const BrowserBuffer = {
  from(source: ArrayLike<number> | ArrayBuffer | string, encoding: Encoding = "utf8"): Bytes {
    if (typeof source === "string") return encode(source, encoding);
    return source instanceof ArrayBuffer ? new Bytes(source) : new Bytes(source);
  },

  alloc(length: number, fill: Uint8Array | number = 0): Bytes {
    return new Bytes(length).fill(typeof fill === "number" ? fill : (fill[0] ?? 0));
  },

  concat(parts: readonly Uint8Array[]): Bytes {
    const bytes = new Bytes(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  },
};

function encode(text: string, encoding: Encoding): Bytes {
  if (encoding === "utf8") return new Bytes(encoder.encode(text));
  if (encoding === "hex") return new Bytes((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
  const characters = encoding === "base64" ? decodeBase64(text) : text;
  return new Bytes(Array.from(characters, (character) => character.charCodeAt(0)));
}

/** Whoever reads base64 writes it again to see that it is the one spelling: nothing will do for what is none. */
function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
