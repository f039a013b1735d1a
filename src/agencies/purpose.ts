// The purposes for which an agency may ask, with the lists, roles and times of each: data of the shipped catalogue. They
// are values of the API and stand in the record of every check, so no edition that is imported later changes them.
import catalogue from "./catalogue.json" with { type: "json" };

export type Purpose = {
  code: string;
  title: string;
  lists: ("dishonest" | "consumption_limit")[];
  roles: string[];
  useWithinHours: number;
  /** 0: on the same day. */
  feedbackWithinWorkingDays: number;
  liftWithinWorkingDays: number;
  /** For how many days a party does not learn of a check that asked for this purpose. */
  whoAskedDelayDays: number;
};

const purposes = new Map(
  (catalogue.purposes as Purpose[]).map((purpose): [string, Purpose] => [purpose.code, purpose]),
);

/** Every purpose code of the catalogue, in its order. */
export const purposeCodes: readonly string[] = [...purposes.keys()];

/** Every role that any purpose may ask about. */
export const roles: readonly string[] = [...new Set([...purposes.values()].flatMap((purpose) => purpose.roles))].sort();

export function findPurpose(code: string): Purpose | undefined {
  return purposes.get(code);
}
