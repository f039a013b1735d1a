// Figures on the wire: every figure of the catalogue by its code, with what it means.
import type { Wording } from "../platform/problem-catalogue.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { AgencyMonth, AgencyStatistics } from "./agency-statistics.ts";
import type { CourtStatistics } from "./court-statistics.ts";
import type { FigureScope } from "./figure-scope.ts";
import { figures } from "./figures.ts";
import type { MonthFigures } from "./month-figures.ts";
import type { OpenStatistics } from "./open-statistics.ts";
import { ratios, ratiosOf } from "./ratios.ts";
import { CELL_MIN } from "./withholding.ts";

const wording = z.object({ zh: z.string(), en: z.string() });
const month = z.string().openapi({ description: "A month of Asia/Shanghai", example: "2026-10" });
const isClosed = z.boolean().openapi({
  description: "Whether the month is over and every day of it counted; until then figures are as of this moment",
});
const definitions = z
  .record(z.string(), wording)
  .openapi({ description: "What each figure and ratio counts, in both languages" });
const figureValues = z.record(z.string(), z.union([z.number(), z.null(), z.record(z.string(), z.number())])).openapi({
  description: "By code; an object where a figure is broken down. `persons` are null until the month is closed",
});
const ratioValues = z.record(z.string(), z.number().nullable()).openapi({ description: "Null where nothing came due" });

const AssessmentView = z
  .object({
    edition: z.string().openapi({ description: "Of the rules" }),
    basePoints: z.number(),
    points: z.number(),
    rules: z
      .array(
        z.object({
          code: z.string(),
          title: wording,
          points: z.number().openapi({ description: "What the rule gave, or took where negative" }),
          value: z.number().openapi({ description: "What was judged; of a share, from 0 to 1" }),
          figures: z.record(z.string(), z.number()).openapi({ description: "The figures that it was judged by" }),
        }),
      )
      .openapi({ description: "Each rule that gave or took points" }),
  })
  .openapi("Assessment");

const AgencyMonthView = z
  .object({
    agency: z.object({ id: z.string(), name: z.string(), state: z.enum(["active", "suspended"]) }),
    month,
    isClosed,
    figures: figureValues,
    ratios: ratioValues,
    assessment: AssessmentView.nullable().openapi({ description: "Of a closed month" }),
  })
  .openapi("AgencyMonth");

export const OwnStatisticsView = z.object({ data: z.array(AgencyMonthView), definitions }).openapi("OwnStatistics");

export const AgencyStatisticsView = z
  .object({
    month,
    isClosed,
    agencies: z.int().openapi({ description: "Connected at the end of the month" }),
    asking: z.int().openapi({ description: "Those that asked in the month" }),
    neverAsked: z.array(z.object({ id: z.string(), name: z.string() })),
    data: z.array(AgencyMonthView),
    definitions,
  })
  .openapi("AgencyStatistics");

export const CourtStatisticsView = z
  .object({
    month,
    isClosed,
    data: z.array(
      z.object({
        court: z.object({ code: z.string(), name: z.string() }),
        figures: figureValues,
        ratios: ratioValues,
      }),
    ),
    definitions,
  })
  .openapi("CourtStatistics");

export const OpenStatisticsView = z
  .object({
    month,
    agencies: z.int().openapi({ description: "Connected at the end of the month" }),
    figures: z.array(
      z.object({
        scope: z.enum(["agency", "court", "register"]),
        figure: z.string(),
        cells: z.array(
          z.object({
            part: z.string().openapi({ description: "Empty where the figure is not broken down" }),
            value: z
              .number()
              .nullable()
              .openapi({
                description: `Null: withheld. From 1 to ${CELL_MIN - 1} it would point at a person, or help to find such a number`,
              }),
          }),
        ),
      }),
    ),
    definitions,
  })
  .openapi("OpenStatistics");

export type OpenStatisticsAnswer = z.infer<typeof OpenStatisticsView>;

/** Null where the figure is not known: parties are counted when the month is closed, and not once checks were erased. */
function isUnknown(name: string, figure: MonthFigures, isMonthClosed: boolean): boolean {
  if (figures.agency[name]?.kind !== "month") return false;
  return !isMonthClosed || (figure.valueOf("persons") === 0 && figure.valueOf("checks") > 0);
}

export function figuresView(
  scope: FigureScope,
  month: MonthFigures,
  isMonthClosed: boolean,
): z.infer<typeof figureValues> {
  const view: z.infer<typeof figureValues> = {};
  for (const [name, { parts }] of Object.entries(figures[scope])) {
    if (parts) {
      const known = parts.map((part): [string, number] => [part, month.valueOf(`${name}.${part}`)]);
      view[name] = Object.fromEntries([...known, ...month.partsOf(name)]);
    } else view[name] = isUnknown(name, month, isMonthClosed) ? null : month.valueOf(name);
  }
  return view;
}

export function definitionsOf(scope: FigureScope): Record<string, Wording> {
  return Object.fromEntries(
    Object.entries({ ...figures[scope], ...ratios[scope] }).map(([name, { zh, en }]) => [name, { zh, en }]),
  );
}

function agencyMonthView({ agency, figures, assessment, ...told }: AgencyMonth): z.infer<typeof AgencyMonthView> {
  const { id, name, state } = agency;
  return {
    agency: { id: publicId("agy", id), name, state },
    month: told.month,
    isClosed: told.isClosed,
    figures: figuresView("agency", figures, told.isClosed),
    ratios: ratiosOf("agency", figures),
    assessment,
  };
}

export function ownStatisticsView(months: readonly AgencyMonth[]): z.infer<typeof OwnStatisticsView> {
  return { data: months.map(agencyMonthView), definitions: definitionsOf("agency") };
}

export function agencyStatisticsView(statistics: AgencyStatistics): z.infer<typeof AgencyStatisticsView> {
  const { month, isClosed, agencies, asking, neverAsked, rows } = statistics;
  return {
    month,
    isClosed,
    agencies,
    asking,
    neverAsked: neverAsked.map(({ id, name }) => ({ id: publicId("agy", id), name })),
    data: rows.map(agencyMonthView),
    definitions: definitionsOf("agency"),
  };
}

export function courtStatisticsView({ month, isClosed, rows }: CourtStatistics): z.infer<typeof CourtStatisticsView> {
  const data = rows.map(({ court, figures }) => ({
    court,
    figures: figuresView("court", figures, isClosed),
    ratios: ratiosOf("court", figures),
  }));
  return { month, isClosed, data, definitions: definitionsOf("court") };
}

export function openStatisticsView({ month, agencies, figures }: OpenStatistics): z.infer<typeof OpenStatisticsView> {
  const definitions = { ...definitionsOf("register"), ...definitionsOf("agency"), ...definitionsOf("court") };
  return { month, agencies, figures, definitions };
}
