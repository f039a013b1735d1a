// What of an endpoint's answer is kept for its agency: how a text begins, without whatever must not be repeated.
import type { IncomingMessage } from "node:http";
import { redactNumbers } from "../../identity/index.ts";

/** Nothing beyond is read, however much is sent. */
const REPLY_BYTES_MAX = 1_024;
/** The status says it all: nobody waits long for the words. */
const REPLY_MS_MAX = 1_000;
const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?json\b)/i;
/** Secrets of ours and of others, and our signatures: a server that echoes its request shows them. */
const SECRETS = /\b(?:whsec|whsk)_[\w+/=-]+|\bsx_(?:live|test)_\w+|\bv1a?,[\w+/=]{16,}|\b(?:bearer|basic)\s+\S+/gi;

/** The first kibibyte of a text, and the end of the connection. */
export async function readReply(response: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => response.destroy(), REPLY_MS_MAX);
  try {
    if (!isText(response)) return null;
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= REPLY_BYTES_MAX) break;
    }
  } catch {
    // What came before the connection ended is all there is.
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
  return cleanText(Buffer.concat(parts).subarray(0, REPLY_BYTES_MAX));
}

function isText({ headers }: IncomingMessage): boolean {
  return headers["content-encoding"] === undefined && TEXT.test(headers["content-type"] ?? "");
}

function cleanText(bytes: Buffer): string | null {
  // A character that was cut at the end is left out, like control characters, of which a database takes not all.
  const text = new TextDecoder().decode(bytes, { stream: true });
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line === "" ? null : redactNumbers(line.replace(SECRETS, "***"));
}
