// Options that take verifier keys: those of logs, and those of witnesses; either may be given more than once.
import { InvalidArgumentError } from "commander";
import { type KeyType, parseVerifierKey, type VerifierKey } from "../audit/index.ts";

const collect =
  (type: KeyType, whose: string) =>
  (text: string, keys: readonly VerifierKey[] = []): VerifierKey[] => {
    const key = parseVerifierKey(text);
    if (key?.type !== type) throw new InvalidArgumentError(`It takes the verifier key of a ${whose}: NAME+ID+KEY.`);
    return [...keys, key];
  };

export const collectLogKeys = collect("ed25519", "log");
export const collectWitnessKeys = collect("cosignature", "witness");
