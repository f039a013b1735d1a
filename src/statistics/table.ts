// Figures as lines of a table, one for each number: what office programs filter and pivot.
import { publicId } from "../platform/id.ts";
import type { AgencyMonth } from "./agency-statistics.ts";
import type { CourtStatistics } from "./court-statistics.ts";
import { type CsvCell, csvOf } from "./csv.ts";
import type { FigureScope } from "./figure-scope.ts";
import { figures } from "./figures.ts";
import type { MonthFigures } from "./month-figures.ts";
import type { OpenStatistics } from "./open-statistics.ts";
import { ratios, ratiosOf } from "./ratios.ts";
import { figuresView } from "./resource.ts";

const head = ["月份", "编号", "名称", "指标", "分项", "说明", "数值"];
type Line = [month: string, id: string, name: string, figure: string, part: string, meaning: string, value: CsvCell];

export function agencyTable(months: readonly AgencyMonth[]): string {
  const lines = months.flatMap(({ agency, month, isClosed, figures, assessment }) => {
    const of = { month, id: publicId("agy", agency.id), name: agency.name };
    const points = (assessment?.rules ?? []).map(({ code, title, points }) =>
      lineOf(of, "points", code, title.zh, points),
    );
    const total = assessment ? [lineOf(of, "points", "", "考核得分", assessment.points)] : [];
    return [...figureLines("agency", of, figures, isClosed), ...total, ...points];
  });
  return csvOf(head, lines);
}

export function courtTable({ month, isClosed, rows }: CourtStatistics): string {
  const lines = rows.flatMap(({ court, figures }) =>
    figureLines("court", { month, id: court.code, name: court.name }, figures, isClosed),
  );
  return csvOf(head, lines);
}

/** What is withheld says so: an empty cell would read as nothing. */
export function openTable({ month, figures: open }: OpenStatistics): string {
  const lines = open.flatMap(({ scope, figure, cells }) =>
    cells.map(({ part, value }) =>
      lineOf({ month, id: "", name: "" }, figure, part, figures[scope][figure]?.zh ?? "", value ?? "不公开"),
    ),
  );
  return csvOf(head, lines);
}

type Body = { month: string; id: string; name: string };

function figureLines(scope: FigureScope, body: Body, month: MonthFigures, isClosed: boolean): Line[] {
  const counted = Object.entries(figuresView(scope, month, isClosed)).flatMap(([figure, value]) => {
    const meaning = figures[scope][figure]?.zh ?? "";
    if (value === null || typeof value === "number") return [lineOf(body, figure, "", meaning, value)];
    return Object.entries(value).map(([part, number]) => lineOf(body, figure, part, meaning, number));
  });
  const shares = Object.entries(ratiosOf(scope, month)).map(([name, value]) =>
    lineOf(body, name, "", ratios[scope][name]?.zh ?? "", value),
  );
  return [...counted, ...shares];
}

function lineOf({ month, id, name }: Body, figure: string, part: string, meaning: string, value: CsvCell): Line {
  return [month, id, name, figure, part, meaning, value];
}
