// A party's documents as the register keeps them: found by blind index, sealed, shown masked.
import {
  blindIndex,
  displayMask,
  type DocumentKind,
  documentKeys,
  type IdentityDocument,
  maskedBlindIndex,
  type MaskedDocument,
} from "../identity/index.ts";
import { seal } from "../platform/envelope.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { uuidText } from "./content.ts";

export type PartyKeys = Pick<KeyRing, "blindIndexKey" | "dataKey">;
export type PartyKind = "person" | "organisation";
/** `number` in clear until `sealNumber` writes it; null where only the mask is known. */
export type PartyDocument = { blindIndex: Buffer; kind: string; masked: string; number: string | null };

/**
 * `identity` is the document by which the party is recognised: of an organisation the code that is also within its USCC.
 * `subjectId` is the id that a new subject of this identity takes, the same in every process: who comes second finds it.
 */
export type Party = {
  kind: PartyKind;
  subjectId: string;
  documentKind: string;
  identity: PartyDocument;
  further: PartyDocument | null;
};

const organisationKinds = new Set<DocumentKind>(["uscc", "organization_code", "registration_number"]);
const PLACE = Buffer.from("document.number_sealed\0");

export function partyKindOf(kind: DocumentKind): PartyKind {
  return organisationKinds.has(kind) ? "organisation" : "person";
}

/** The number's place for `seal` and `open`: the row that holds it. */
export function placeOfNumber(index: Buffer): Buffer {
  return Buffer.concat([PLACE, index]);
}

export function partyOf(keys: PartyKeys, document: IdentityDocument | MaskedDocument, nameKey: string): Party {
  if ("first" in document) return maskedPartyOf(keys, document, nameKey);
  const documents = documentKeys(document).map(({ kind, number }): PartyDocument => ({
    blindIndex: Buffer.from(blindIndex(keys.blindIndexKey, kind, number), "hex"),
    kind,
    masked: displayMask(kind, number),
    number,
  }));
  const identity = documents.pop();
  if (!identity) throw new Error(`a document of kind ${document.kind} has no key`);
  return partyWith(partyKindOf(document.kind), document.kind, identity, documents[0] ?? null);
}

/** The number as it is stored: sealed for its row. A load seals only what it writes. */
export function sealNumber({ dataKey }: PartyKeys, { blindIndex: index, number }: PartyDocument): Buffer | null {
  return number === null ? null : seal(dataKey, placeOfNumber(index), number);
}

function maskedPartyOf(keys: PartyKeys, mask: MaskedDocument, nameKey: string): Party {
  const kind = `masked_${mask.kind}`;
  const identity = {
    blindIndex: Buffer.from(maskedBlindIndex(keys.blindIndexKey, mask, nameKey), "hex"),
    kind,
    masked: displayMask(mask.kind, `${mask.first}****${mask.last}`),
    number: null,
  };
  return partyWith(partyKindOf(mask.kind), kind, identity, null);
}

function partyWith(
  kind: PartyKind,
  documentKind: string,
  identity: PartyDocument,
  further: PartyDocument | null,
): Party {
  const subjectId = uuidText(identity.blindIndex.toString("hex", 0, 16));
  return { kind, subjectId, documentKind, identity, further };
}
