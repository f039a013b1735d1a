// What a party sends without an account: who it says to be, and what it applies for.
import { textField } from "../../courts/index.ts";
import { documentKinds, type IdentityDocument, parseCaseNumber, parseDocument } from "../../identity/index.ts";
import { AppError } from "../../platform/error.ts";
import { parseAs, z } from "../../platform/http.ts";
import { lists } from "../../registry/schema.ts";
import type { Application } from "../application.ts";
import { objectionGrounds, objectionKinds } from "../lifecycle.ts";
import type { Claim } from "../party-code.ts";
import { PAGE_ROWS_MAX } from "../who-asked.ts";

const NAME_LENGTH_MAX = 200;
const NUMBER_LENGTH_MAX = 40;
const CODE_LENGTH_MAX = 40;
const STATEMENT_LENGTH_MAX = 5_000;

const name = textField(NAME_LENGTH_MAX);
const Document = z.strictObject({
  type: z.enum(documentKinds),
  number: z.string().min(1).max(NUMBER_LENGTH_MAX),
  country: z.string().max(3).optional(),
});
const code = z
  .string()
  .max(CODE_LENGTH_MAX)
  .openapi({ description: "The code that the court gave the party on paper", example: "7K2M-9QXT-…" });
const Party = { name, document: Document };

export const PartyObjection = z
  .strictObject({
    ...Party,
    code: code.optional(),
    kind: z.enum(objectionKinds).default("correction"),
    ground: z.enum(objectionGrounds),
    list: z.enum(lists).default("dishonest"),
    caseNumber: z.string().min(1).max(NAME_LENGTH_MAX).openapi({ example: "(2026)闽0203执90000001号" }),
    statement: z.string().min(1).max(STATEMENT_LENGTH_MAX),
    agent: z.strictObject({ name, authority: name }).optional(),
    contact: z.string().min(1).max(NAME_LENGTH_MAX).optional(),
  })
  .openapi("PartyObjection");

export const WhoAskedRequest = z
  .strictObject({
    ...Party,
    code,
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(PAGE_ROWS_MAX).default(50),
  })
  .openapi("WhoAskedRequest");

export const StandingRequest = z
  .strictObject({
    receipt: z.string().max(NUMBER_LENGTH_MAX).openapi({ example: "obj_…" }),
    document: Document.openapi({ description: "The party's; an agent gives the party's too" }),
  })
  .openapi("StandingRequest");

export function documentOf({ type, number, country }: z.infer<typeof Document>): IdentityDocument {
  const read = parseDocument(type, number, country);
  if (read.ok) return read.document;
  const member = read.fault.startsWith("country_") ? "country" : "number";
  throw new AppError("validation", { faults: [{ pointer: `#/document/${member}`, code: read.fault }] });
}

/** An application as it would be received, or `validation` with every faulty field; nothing is looked up. */
export function readApplication(given: unknown): z.infer<typeof PartyObjection> {
  const application = parseAs(PartyObjection, given);
  documentOf(application.document);
  caseOf(application.caseNumber);
  return application;
}

export function claimOf({ name, document, code }: z.infer<typeof WhoAskedRequest>): Claim {
  return { name, document: documentOf(document), code };
}

/** The case and its court. A legacy number that names no court cannot say whom the application is for. */
export function caseOf(text: string): { caseNumber: string; courtCode: string } {
  const read = parseCaseNumber(text);
  if (!read.ok || read.caseNumber.courtCode === null)
    throw new AppError("validation", { faults: [{ pointer: "#/caseNumber", code: "bad_form" }] });
  return { caseNumber: read.caseNumber.normal, courtCode: read.caseNumber.courtCode };
}

export function applicationOf({
  name,
  document,
  statement,
  agent,
  contact,
}: z.infer<typeof PartyObjection>): Application {
  const { kind, number, country } = documentOf(document);
  return {
    party: { name, document: { kind, number, country } },
    statement,
    agent: agent ?? null,
    contact: contact ?? null,
  };
}
