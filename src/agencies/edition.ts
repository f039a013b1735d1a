// An edition of the catalogue: instruments, and the measures that an agency may have switched on. Purposes are no part
// of it: their codes, lists, roles and times are values of the API and stand in records, so an edition cannot change them.
import { AppError } from "../platform/error.ts";
import { parseAs, z } from "../platform/http.ts";
import catalogue from "./catalogue.json" with { type: "json" };
import { measureDecisions, measureEffects, subjectKinds } from "./measure.ts";
import { purposeCodes, roles } from "./purpose.ts";

export type Edition = z.infer<typeof EditionFile>;
export type CatalogueMeasure = Edition["measures"][number];

const MEASURES_MAX = 1_000;
export const LOCAL_CODE = /^LOCAL-[A-Z0-9]+(?:-[A-Z0-9]+)*$/;
const CODE = /^(?!LOCAL-)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/;

export const measureLists = ["dishonest", "consumption_limit"] as const;
/** A limit reaches whoever is directly responsible in a unit, though no purpose asks for them yet. */
const measureRoles: [string, ...string[]] = ["directly_responsible_person", ...roles];

const notTwice = { params: { code: "not_allowed" } };
const text = (lengthMax: number) => z.string().trim().min(1).max(lengthMax);
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(100).refine(isDistinct, notTwice);

/** What a measure says, whether a catalogue or a local regulation states it. */
export const measureWords = {
  title: text(200),
  lists: some(z.enum(measureLists)),
  effect: z.enum(measureEffects),
  subjectKinds: some(z.enum(subjectKinds)),
  roles: some(z.enum(measureRoles)),
  decision: z.enum(measureDecisions),
  conditions: z.array(text(500)).max(20),
};
export const purposeCode = z.enum(purposeCodes as [string, ...string[]]);

const Measure = z.strictObject({
  code: z.string().max(40).regex(CODE),
  instrument: text(40),
  ...measureWords,
  summary: text(2_000).nullable(),
  looksAtOfficersOfApplicant: z.array(z.enum(measureRoles)),
  purposes: z.array(purposeCode).refine(isDistinct, notTwice),
  legalBasis: text(500),
  evidence: z.enum(["sourced", "partly_sourced", "general_knowledge_unverified"]),
});

/** Members beside these (notes, classes, sources) are kept out: what is not read is not imported. */
const EditionFile = z
  .object({
    edition: z
      .string()
      .max(40)
      .regex(/^[\w.-]+$/),
    instruments: z
      .array(z.object({ id: text(40), title: text(200), number: text(200).optional() }))
      .min(1)
      .max(100),
    measures: z.array(Measure).min(1).max(MEASURES_MAX),
  })
  .superRefine(({ instruments, measures }, context) => {
    const known = new Set(instruments.map(({ id }) => id));
    const seen = new Set<string>();
    for (const [at, { code, instrument }] of measures.entries()) {
      const fault = (member: string) => {
        context.addIssue({ code: "custom", path: ["measures", at, member], params: { code: "not_allowed" } });
      };
      if (seen.has(code)) fault("code");
      if (!known.has(instrument)) fault("instrument");
      seen.add(code);
    }
  });

/** An edition in its JSON form; `validation` with the faulty fields otherwise, and where it brings other purposes. */
export function parseEdition(json: unknown): Edition {
  const edition = parseAs(EditionFile, json);
  const given: unknown = json && typeof json === "object" ? Reflect.get(json, "purposes") : undefined;
  if (given !== undefined && JSON.stringify(given) !== JSON.stringify(catalogue.purposes))
    throw new AppError("validation", { faults: [{ pointer: "#/purposes", code: "not_allowed" }] });
  return edition;
}

/** The first edition, which is in force until another is imported. */
export const shippedEdition: Edition = parseEdition(catalogue);

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
