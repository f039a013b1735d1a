// Where figures come from: the sources of what was done, and those that also judge whether it was done in time.
import { agencyActs } from "./agency-figure-queries.ts";
import { consequenceActs, consequenceDeadlines } from "./consequence-figure-queries.ts";
import { courtActs, courtDeadlines } from "./court-figure-queries.ts";
import { registerActs } from "./register-figure-queries.ts";
import { owedActs, owedDeadlines } from "./owed-figure-queries.ts";
import type { FigureSource } from "./source-queries.ts";

const actSources: readonly FigureSource[] = [
  ...agencyActs,
  ...consequenceActs,
  ...owedActs,
  ...courtActs,
  ...registerActs,
];

/** The working calendar has a say in these: by a new notice they are counted again. */
export const deadlineSources: readonly FigureSource[] = [...consequenceDeadlines, ...owedDeadlines, ...courtDeadlines];

export const figureSources: readonly FigureSource[] = [...actSources, ...deadlineSources];
