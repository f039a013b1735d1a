// Options that take verifier keys, of logs and of witnesses: whom the caller of a command believes.
import { InvalidArgumentError } from "commander";
import { type KeyType, parseVerifierKey, type VerifierKey } from "../audit/index.ts";
import { AppError } from "../platform/error.ts";

const collect =
  (type: KeyType, whose: string) =>
  (text: string, keys: readonly VerifierKey[] = []): VerifierKey[] => {
    const key = parseVerifierKey(text);
    if (key?.type !== type) throw new InvalidArgumentError(`It takes the verifier key of a ${whose}: NAME+ID+KEY.`);
    return [...keys, key];
  };

export const collectLogKeys = collect("ed25519", "log");
export const collectWitnessKeys = collect("cosignature", "witness");

/** `--key`, `--witness` and `--quorum` of a command. */
export type TrustOptions = { key: VerifierKey[]; witness?: VerifierKey[]; quorum?: number };

export function trustOf({ key: logKeys, witness: witnessKeys = [], quorum = witnessKeys.length }: TrustOptions) {
  if (quorum > witnessKeys.length) throw new AppError("validation", { note: "--quorum asks for more than --witness" });
  return { logKeys, witnessKeys, quorum };
}
