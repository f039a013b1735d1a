// What an agency reports on a task, as its system sends it: read, but not yet judged.
import type { Duration, FormerSanctions, IdentityProof, noticeExceptions, reasons } from "./lifecycle.ts";
import type { SanctionRow } from "./sanction-queries.ts";

/** Who reports: the agency of a key. */
export type Reporter = { agencyId: string; keyId: string };

export type Notice = {
  number: string;
  servedOn: string;
  servedHow: NonNullable<SanctionRow["noticeServedHow"]>;
  hearing?: string | undefined;
};

/** The measure that was taken, and everything that the law asks of it. */
export type Imposed = {
  measure: string;
  decision: { number: string; datedOn: string };
  officer?: string | undefined;
  duration: Duration;
  endsOn?: string | undefined;
  confirmedConditions: string[];
  notice?: Notice | undefined;
  noticeException?: { code: (typeof noticeExceptions)[number]; article: string } | undefined;
  identityProof?: IdentityProof | undefined;
};

export type Lift = { liftedOn: string; document: string; reason: string };

/** The end, or not, of the sanctions that the replaced report told of. */
export type Former =
  | { outcome: Extract<FormerSanctions, "carried_over"> }
  | { outcome: Extract<FormerSanctions, "recorded_in_error">; reason: string }
  | ({ outcome: Extract<FormerSanctions, "lifted"> } & Lift);

type Common = {
  operator: string;
  note?: string | undefined;
  /** The public id of the report that this one replaces. */
  replaces?: string | undefined;
  formerSanctions?: Former | undefined;
};

export type Report = Common &
  (
    | ({ kind: "sanctioned"; check: string } & Imposed)
    | { kind: "not_sanctioned"; check?: string | undefined; reason: (typeof reasons)[number] }
    | { kind: "not_the_person"; check?: string | undefined }
  );
