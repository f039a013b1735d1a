// OWASP ASVS 5.0: the items on passwords, second factors, sessions and what guards them, each named by the test that holds it.
import { expect, test } from "vitest";
import { titlesIn } from "./titles.ts";

/** What an item asks, in short. */
const items: Record<string, string> = {
  "2.3.5": "a second person for what weighs",
  "2.4.1": "no masses of requests by machines",
  "3.3.1": "cookies Secure, bound to the host by their name",
  "3.3.4": "cookies that scripts cannot read",
  "3.5.1": "only our own pages write",
  "4.1.3": "headers of proxies from proxies alone",
  "6.2.1": "passwords of a length, 12 characters here",
  "6.2.4": "none of the most common passwords",
  "6.2.5": "passwords composed as one likes",
  "6.2.8": "passwords taken as typed",
  "6.2.10": "no password expires",
  "6.2.12": "none that leaked",
  "6.3.1": "guessing slowed down, by stuffing and by trying",
  "6.3.3": "two factors, always",
  "6.3.8": "no name found out, by words or by time",
  "6.5.1": "codes that work once",
  "6.5.2": "codes to look up of 112 random bits, kept as digests",
  "7.2.3": "session tokens of 128 bits or more",
  "7.2.4": "a new token at every sign-in",
  "7.3.1": "sessions that end unused",
  "7.3.2": "sessions that end, however busy",
  "7.4.1": "what has ended opens nothing",
  "7.4.2": "no session of a disabled account",
  "7.4.3": "other sessions end with the factor",
  "7.4.5": "administrators end sessions",
  "7.5.1": "both factors before a factor changes",
  "7.5.2": "one's own sessions listed and ended",
  "8.3.2": "authority as it is now",
  "11.5.1": "secrets of 128 random bits",
  "14.3.2": "answers that no cache keeps",
  "16.3.2": "refusals of authority in the log",
  "16.5.1": "failures that tell nothing",
};

const ITEM = /\bASVS ((?:\d+\.\d+\.\d+(?:, )?)+)/g;

function namedIn(titles: readonly string[]): Set<string> {
  const found = titles.flatMap((title) => Array.from(title.matchAll(ITEM), ([, list = ""]) => list.split(", ")));
  return new Set(found.flat());
}

const named = namedIn(titlesIn(["courts", "platform", "registry", "remedies", "checks"]));

test.each(Object.entries(items))("%s: %s", (item) => {
  expect(named.has(item)).toBe(true);
});

test("control: a title names one item or several, and an item that no title names is found", () => {
  expect(namedIn(["ends after idling (ASVS 7.3.1)", "is safe (ASVS 3.3.1, 3.3.4)"])).toEqual(
    new Set(["7.3.1", "3.3.1", "3.3.4"]),
  );
  expect(named.has("9.9.9")).toBe(false);
});
