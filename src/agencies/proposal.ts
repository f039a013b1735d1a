// What is proposed to be switched on for an agency: a measure of the catalogue with its place on the national basic list,
// or a local one with all its words and its regulation. What becomes of it is what both approvers read.
import { AppError, type FieldFault } from "../platform/error.ts";
import { parseAs, z } from "../platform/http.ts";
import { type CatalogueMeasure, type Edition, LOCAL_CODE, measureWords, purposeCode } from "./edition.ts";
import type { NewMeasureRow } from "./measure-queries.ts";

const text = (lengthMax: number) => z.string().trim().min(1).max(lengthMax);
const given = {
  purposes: z
    .array(purposeCode)
    .min(1)
    .max(100)
    .openapi({ description: "The purposes of a check for which it is offered" }),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().optional().openapi({ description: "The last day; without it, until it is withdrawn" }),
  humanDesk: text(300)
    .optional()
    .openapi({ description: "Of a first stop, and only there: where a person looks at the matter at once" }),
};

const NationalMeasure = z
  .strictObject({
    ...given,
    code: z
      .string()
      .max(40)
      .openapi({ description: "Of the active edition of the catalogue", example: "OP2016-01-07" }),
    legalBasis: text(500).openapi({ description: "The law, regulation or central policy document, with its number" }),
    article: text(200),
    basicList: z
      .strictObject({ edition: text(100), item: text(200) })
      .openapi({ description: "Edition and item of the national basic list of sanctions (全国失信惩戒措施基础清单)" }),
  })
  .openapi("NationalMeasure");

const LocalMeasure = z
  .strictObject({
    ...given,
    ...measureWords,
    code: z.string().max(40).regex(LOCAL_CODE).openapi({ example: "LOCAL-XM-01" }),
    regulation: z
      .strictObject({ title: text(200), number: text(200), article: text(200), link: z.url().max(500) })
      .openapi({ description: "The local regulation (地方性法规) that it rests on" }),
  })
  .openapi("LocalMeasure");

export const MeasureProposal = z.union([NationalMeasure, LocalMeasure]).openapi("MeasureProposal");
export type MeasureProposal = z.infer<typeof MeasureProposal>;

type Words = Omit<NewMeasureRow, "id" | "agencyId" | "proposedBy" | "proposedAt">;

/** A proposal in its JSON form; `validation` with the faulty fields otherwise. */
export function parseProposal(json: unknown): MeasureProposal {
  return parseAs(isLocal(json) ? LocalMeasure : NationalMeasure, json);
}

function isLocal(json: unknown): boolean {
  if (typeof json !== "object" || json === null) return false;
  return Object.hasOwn(json, "regulation") || String(Reflect.get(json, "code")).startsWith("LOCAL-");
}

/** All that the measure will say; `validation` where the catalogue does not know it so. */
export function wordsOf(proposal: MeasureProposal, edition: Edition): Words {
  const words = "regulation" in proposal ? localWords(proposal) : nationalWords(proposal, edition);
  const faults: FieldFault[] = [];
  if (proposal.validUntil !== undefined && proposal.validUntil < proposal.validFrom)
    faults.push({ pointer: "#/validUntil", code: "out_of_range" });
  if ((words.decision === "first_stop") !== (proposal.humanDesk !== undefined))
    faults.push({ pointer: "#/humanDesk", code: words.decision === "first_stop" ? "required" : "not_allowed" });
  if (faults.length > 0) throw new AppError("validation", { faults });
  const { purposes, validFrom, validUntil = null, humanDesk = null } = proposal;
  return { ...words, purposes: [...new Set(purposes)], validFrom, validUntil, humanDesk };
}

function localWords({ regulation, ...proposal }: z.infer<typeof LocalMeasure>) {
  const { code, title, effect, decision, lists, roles, subjectKinds, conditions } = proposal;
  const basis = { legalBasis: `${regulation.title}（${regulation.number}）`, article: regulation.article, regulation };
  return { code, title, effect, decision, lists, roles, subjectKinds, conditions, ...basis };
}

function nationalWords(proposal: z.infer<typeof NationalMeasure>, { edition, measures }: Edition) {
  const measure = measures.find(({ code }) => code === proposal.code);
  if (!measure) throw new AppError("validation", { faults: [{ pointer: "#/code", code: "not_allowed" }] });
  requirePurposes(proposal, measure);
  const { code, title, effect, decision, lists, roles, subjectKinds, conditions } = measure;
  const { legalBasis, article, basicList } = proposal;
  const basis = { legalBasis, article, edition, basicListEdition: basicList.edition, basicListItem: basicList.item };
  return { code, title, effect, decision, lists, roles, subjectKinds, conditions, ...basis };
}

/** What names no purpose (鼓励其他方面限制) is no basis alone, and can never be switched on. */
function requirePurposes({ purposes }: MeasureProposal, measure: CatalogueMeasure): void {
  const faults = purposes.flatMap((code, index): FieldFault[] =>
    measure.purposes.includes(code) ? [] : [{ pointer: `#/purposes/${index}`, code: "not_allowed" }],
  );
  if (faults.length > 0) throw new AppError("validation", { faults });
}
