// What an applicant says, sealed: who applies for whom and why need be no business of whoever reads a dump.
import { displayMask, type DocumentKind, redactNumbers } from "../identity/index.ts";
import { open, seal } from "../platform/envelope.ts";
import type { KeyRing } from "../platform/key-ring.ts";

export type Application = {
  /** As the party named itself; null where staff took the application in for a listing that they had before them. */
  party: { name: string; document: { kind: DocumentKind; number: string; country: string | null } } | null;
  statement: string;
  /** Who applies for the party, and by which written authority. */
  agent: { name: string; authority: string } | null;
  /** Where decisions are served. */
  contact: string | null;
};

const placeOf = (id: string) => `objection.application_sealed ${id}`;

export function sealApplication({ dataKey }: KeyRing, id: string, application: Application): Buffer {
  return seal(dataKey, placeOf(id), JSON.stringify(application));
}

export function openApplication({ dataKeys }: KeyRing, id: string, sealed: Buffer): Application {
  return JSON.parse(open(dataKeys, placeOf(id), sealed)) as Application;
}

/** As the court's staff read it: the number masked, wherever it was written. */
export function applicationView({ party, statement, agent, contact }: Application) {
  return {
    party: party && { name: party.name, document: maskedDocument(party.document) },
    statement: redactNumbers(statement),
    agent: agent && { name: redactNumbers(agent.name), authority: redactNumbers(agent.authority) },
    contact,
  };
}

function maskedDocument({ kind, number }: { kind: DocumentKind; number: string }) {
  return { type: kind, masked: displayMask(kind, number) };
}
