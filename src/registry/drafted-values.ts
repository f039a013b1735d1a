// What a draft says in more than one word: the bars to its ground, one by one, and its term.

/** Art. 3, item by item. */
export type BarToG1 = "security_given" | "property_controlled" | "later_in_order" | "not_refusing";
/** Whether each bar is present; null: not answered. */
export type Checklist = Record<BarToG1, boolean | null>;

/** What a decision says of the term. `extension` names the reason for more than two years. */
export type TermDecision =
  { kind: "open" } | { kind: "fixed"; months: number; extension: "serious_violence" | "several_acts" | null };
export type TermStart = "decision" | "effect" | "publication";
/** The same with the event from which a fixed term runs. */
export type RunningTerm =
  Extract<TermDecision, { kind: "open" }> | (Extract<TermDecision, { kind: "fixed" }> & { runsFrom: TermStart });
