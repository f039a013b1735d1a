// Receipts in tests: asked for until they are there, and opened with the log's keys alone.
import { expect } from "vitest";
import { verifierKeysOf } from "../src/audit/index.ts";
import {
  entryOf,
  leafHash,
  type Opening,
  parseOpening,
  parseReceipt,
  parseVerifierKey,
  verifyReceipt,
} from "../src/audit/log/index.ts";
import type { TestService } from "./service.ts";

type Answer = { status: number; text: string; headers: Record<string, string> };

/** What the receipt proves; fails where it does not hold. */
export async function openReceipt(
  { identity }: Pick<TestService, "identity">,
  ask: () => PromiseLike<Answer>,
): Promise<Opening["fact"]> {
  const receipt = parseReceipt(await receiptText(ask));
  const opening = receipt && parseOpening(receipt.extra);
  if (!receipt || !opening) throw new Error("the receipt has no form");
  const logKeys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
  expect(verifyReceipt(receipt, leafHash(entryOf(opening)), { logKeys })).toMatchObject({ ok: true });
  const other = { ...opening, fact: { ...opening.fact, kind: "other" } };
  expect(verifyReceipt(receipt, leafHash(entryOf(other)), { logKeys })).toMatchObject({ ok: false });
  return opening.fact;
}

/** The file, as soon as it is there. */
export async function receiptText(ask: () => PromiseLike<Answer>): Promise<string> {
  for (;;) {
    const { status, text, headers } = await ask();
    if (status === 200) return text;
    expect([status, headers["retry-after"]]).toEqual([202, "2"]);
  }
}
