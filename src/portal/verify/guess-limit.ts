// Bounds how often one address may type a code that confirms nothing. In the memory of one process: the codes are too long
// to guess, and this spares the database those who try.
import { LRUCache } from "lru-cache";

/** Wrong codes an address may type in a minute. People behind one proxy share them. */
export const GUESSES_MAX = 20;
const MINUTE_MS = 60_000;
const ADDRESSES_MAX = 10_000;

export type GuessLimit = {
  /** Seconds until the address may try again; 0 where it may now. */
  secondsToWait: (address: string) => number;
  countWrong: (address: string) => void;
};

export function createGuessLimit({ now = () => performance.now() }: { now?: () => number } = {}): GuessLimit {
  const wrong = new LRUCache<string, { count: number; endsMs: number }>({ max: ADDRESSES_MAX });
  const current = (address: string) => {
    const known = wrong.get(address);
    return known && known.endsMs > now() ? known : { count: 0, endsMs: now() + MINUTE_MS };
  };
  return {
    secondsToWait(address) {
      const { count, endsMs } = current(address);
      return count < GUESSES_MAX ? 0 : Math.ceil((endsMs - now()) / 1000);
    },
    countWrong(address) {
      const { count, endsMs } = current(address);
      wrong.set(address, { count: count + 1, endsMs });
    },
  };
}
