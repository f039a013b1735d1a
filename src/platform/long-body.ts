// A request body that is larger than memory should hold: it may take hours, as long as it does not fall silent.
import type { IncomingMessage } from "node:http";
import { allowLongBody } from "./server.ts";

/** A sender that is silent for so long is cut; what arrived has been handed out. */
const SILENCE_MS_MAX = 30_000;

export async function* longBodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  allowLongBody(incoming);
  const listen = () => setTimeout(() => incoming.destroy(), SILENCE_MS_MAX);
  let silence = listen();
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      clearTimeout(silence);
      yield chunk;
      silence = listen();
    }
  } finally {
    clearTimeout(silence);
  }
}
