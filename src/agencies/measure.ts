// What a measure of the catalogue is: what it does, who decides on it, whom it concerns; and those that are shipped.
import catalogue from "./catalogue.json" with { type: "json" };

/** Only `prohibit` and `restrict` can end in a refusal. */
export const measureEffects = [
  "prohibit",
  "restrict",
  "strict_review",
  "prudential_reference",
  "terminate_or_remove",
  "notify",
  "assist",
  "key_supervision",
  "criminal",
  "encourage",
] as const;

/** No refusal by automation alone: even `first_stop` only holds somebody up until a person has looked. */
export const measureDecisions = ["officer", "first_stop", "information", "court_order"] as const;

export const subjectKinds = ["natural_person", "legal_person", "unincorporated_org"] as const;

export const measureCodes: ReadonlySet<string> = new Set(catalogue.measures.map(({ code }) => code));

/** The nine items of the consumption limit. */
export const limitMeasures: readonly { code: string; title: string }[] = catalogue.measures
  .filter(({ instrument }) => instrument === "LIM2015")
  .map(({ code, title }) => ({ code, title }));

/** The same as its order names them. */
export const limitItems: readonly string[] = limitMeasures.map(({ title }) => title);

/** The local regulation that a measure rests on which the national basic list does not hold. */
export type Regulation = { title: string; number: string; article: string; link: string };

/** One of the two approvals: by an account, or on paper, where somebody else recorded it. */
export type Approval = {
  /** Who approved: `acc_…` where they signed in. */
  person: string;
  name: string;
  at: string;
  /** Of the paper, where it was given on one. */
  document: { number: string; datedOn: string } | null;
  recordedBy: string;
};
