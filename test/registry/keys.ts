// Fixed keys for tests that make parties of their own.
import { createHash, createSecretKey } from "node:crypto";
import type { PartyKeys } from "../../src/registry/party.ts";

const keyOf = (name: string) => createSecretKey(createHash("sha256").update(name).digest());

export const testKeys: PartyKeys = { blindIndexKey: keyOf("blind index"), dataKey: { number: 1, key: keyOf("data") } };
