// A published listing as the public sees it: what art. 6 publishes, the number masked, and nothing else.
import { redactNumbers } from "../../identity/index.ts";
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { pageOf } from "../../platform/operation.ts";
import { lists } from "../../registry/schema.ts";
import type { PublicRow } from "./queries.ts";

/** What a judgment orders can tell of illness and family: its beginning says what is owed (个人信息保护法 art. 28). */
const FREE_TEXT_LENGTH_MAX = 200;

const text = z.string().nullable();
const day = z.iso.date().nullable();

export const PublicListing = z
  .object({
    id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    list: z.enum(lists),
    capacity: z.string().openapi({ description: "`debtor`, or on the list of limits what the person is of a unit" }),
    party: z.object({
      kind: z.enum(["person", "organisation"]),
      name: z.string(),
      sex: z.enum(["male", "female"]).nullable(),
      ageAtPublication: z.int().nullable(),
      documents: z.array(z.object({ type: z.string(), masked: z.string().openapi({ example: "1101************14" }) })),
      legalRepresentative: text,
    }),
    court: z.object({
      code: text,
      name: z.string().openapi({ description: "As published" }),
      competent: text.openapi({ description: "The code of the court whose matter it is now" }),
    }),
    province: text,
    caseNumber: z.string(),
    filedOn: day,
    titleDocument: text.openapi({ description: "The number of the enforcement title (执行依据)" }),
    titleMaker: text,
    obligation: text.openapi({ description: `At most ${FREE_TEXT_LENGTH_MAX} characters of it` }),
    performance: text,
    performedPart: text,
    unperformedPart: text,
    grounds: z
      .array(z.string())
      .openapi({ description: "Codes of art. 1: G1 to G6; GX where the wording is not known" }),
    groundsRaw: text,
    publishedOn: z.iso.date(),
    term: z.object({ kind: z.enum(["open", "fixed", "unknown"]), endsOn: day }),
    underObjection: z.boolean(),
  })
  .openapi("PublicListing");
export type PublicListing = z.infer<typeof PublicListing>;

export const PublicPage = pageOf(PublicListing)
  .extend({
    isCut: z.boolean().openapi({
      description:
        "More may be published than a search gives: narrow it by province or court, or give more of the name",
    }),
  })
  .openapi("PublicListings");
export type PublicPage = z.infer<typeof PublicPage>;

export function publicView(row: PublicRow): PublicListing {
  return {
    id: publicId("lst", row.id),
    list: row.list,
    capacity: row.capacity,
    party: {
      kind: row.partyKind,
      name: row.name,
      sex: row.sex,
      ageAtPublication: row.ageAtPublication,
      // Of a masked row the kind says so too.
      documents: row.documents.map(({ kind, masked }) => ({ type: kind.replace(/^masked_/, ""), masked })),
      legalRepresentative: row.legalRepresentative,
    },
    court: { code: row.courtCode, name: row.courtName, competent: row.competentCourt ?? row.courtCode },
    province: row.areaName,
    caseNumber: row.caseNumber,
    filedOn: row.filedOn,
    titleDocument: row.titleDocument,
    titleMaker: row.titleMaker,
    obligation: shortened(row.obligation),
    performance: row.performance,
    performedPart: shortened(row.performedPart),
    unperformedPart: shortened(row.unperformedPart),
    grounds: row.grounds,
    groundsRaw: row.groundsRaw,
    publishedOn: row.publishedOn,
    term: { kind: row.termKind, endsOn: row.termEndsOn },
    underObjection: row.underObjection,
  };
}

function shortened(text: string | null): string | null {
  if (text === null) return null;
  const characters = Array.from(redactNumbers(text));
  const isLong = characters.length > FREE_TEXT_LENGTH_MAX;
  return isLong ? `${characters.slice(0, FREE_TEXT_LENGTH_MAX - 1).join("")}…` : characters.join("");
}
