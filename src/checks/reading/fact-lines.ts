// What an entry of the log says, line by line: checks, changes of listings, acts on loads.
import type { Json, Opening } from "../../audit/log/index.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import { readableTime } from "../../platform/time.ts";
import type { CheckFact } from "../fact.ts";
import { actionLabels, actionWords, outcomeLabels, outcomeWords } from "../words.ts";

export type Line = readonly [label: string, value: string];
export type TitleOfPurpose = (code: string) => string | undefined;

export function linesOf({ fact }: Opening, language: Language, titleOfPurpose: TitleOfPurpose): Line[] {
  if (isCheck(fact)) return checkLines(fact, language, titleOfPurpose);
  const words = otherWords[language];
  const act = textOf(fact["change"] ?? fact["act"] ?? "");
  const time = new Date(textOf(fact["at"] ?? ""));
  const labels: Record<string, string> = words.acts;
  const known = Object.hasOwn(labels, act) && !Number.isNaN(time.getTime());
  // Whatever a later version of the log holds is shown as it is.
  if (!known || (fact["kind"] !== "listing" && fact["kind"] !== "load")) return [[words.content, JSON.stringify(fact)]];
  const rest = Object.entries(words.members).flatMap(([member, label]) => memberLine(fact[member], label));
  return [[words.act, labels[act] ?? act], [words.time, readableTime(time, language)], ...rest];
}

function memberLine(value: Json | undefined, label: string): Line[] {
  if (value === undefined || value === null) return [];
  return [[label, Array.isArray(value) ? value.map(textOf).join("–") : textOf(value)]];
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const otherWords = {
  zh: {
    content: "内容",
    act: "事项",
    time: "时间",
    acts: {
      listed: "列入名单",
      changed: "名单信息变更",
      ended: "移出名单",
      identified: "法院核实证件归属",
      activated: "名单数据生效",
      released: "名单数据经放行生效",
      rolled_back: "名单数据回退",
    },
    members: {
      listing: "名单信息编号",
      version: "版本",
      position: "名单库序号",
      load: "数据批次",
      source: "数据来源",
      rows: "该来源在列条数",
      positions: "名单库序号",
      content: "内容摘要",
      state: "状态",
      file: "文件 SHA-256",
    },
  },
  en: {
    content: "Content",
    act: "Act",
    time: "Time",
    acts: {
      listed: "listed",
      changed: "listing changed",
      ended: "taken off the list",
      identified: "a court found whose number a document is",
      activated: "load activated",
      released: "load released and activated",
      rolled_back: "load rolled back",
    },
    members: {
      listing: "Listing",
      version: "Version",
      position: "Register position",
      load: "Load",
      source: "Source",
      rows: "Rows in force of this source",
      positions: "Register positions",
      content: "Hash of the content",
      state: "State",
      file: "SHA-256 of the file",
    },
  },
};

function checkLines(fact: CheckFact, language: Language, titleOfPurpose: TitleOfPurpose): Line[] {
  const { id, agency, checkedAt, outcome, purpose, registerPosition, request, answer, action, measures = [] } = fact;
  const [caseReference, operator] = request;
  const [actedAt, actedReason] = request.slice(9);
  const acted = actedAt ? [readableTime(new Date(actedAt), language), actedReason].join("；") : null;
  const time = readableTime(new Date(checkedAt), language);
  const title = titleOfPurpose(purpose) ?? purpose;
  const matches = answer as { listingId: string; courtName: string; caseNumber: string }[];
  const listings = matches.map(({ listingId, courtName, caseNumber }) => `${courtName} ${caseNumber}（${listingId}）`);
  const lines = {
    zh: [
      ["核查编号", id],
      ["核查时间", `${time}（名单库序号 ${registerPosition}）`],
      ["核查单位", `${agency}，经办人 ${operator}`],
      ["核查事由", `${title}，事项编号 ${caseReference}`],
      ["核查结果", outcomeWords[outcome]],
      ...(acted ? [["事后补查，办理时间及原因", acted] as const] : []),
      ...listings.map((line) => ["名单信息", line] as const),
      ...(action ? [["处理", actionWords[action]] as const] : []),
      ...measures.map((code) => ["可采取的措施", code] as const),
    ],
    en: [
      ["Check", id],
      ["Time", `${time} (register position ${registerPosition})`],
      ["Agency", `${agency}, officer ${operator}`],
      ["Purpose", `${title}, case ${caseReference}`],
      ["Outcome", outcomeLabels.en[outcome]],
      ...(acted ? [["Sent after the act, when and why", acted] as const] : []),
      ...listings.map((line) => ["Listing", line] as const),
      ...(action ? [["To be done", actionLabels.en[action]] as const] : []),
      ...measures.map((code) => ["Measure that may be taken", code] as const),
    ],
  } as const;
  return [...lines[language]];
}

/** What a log has signed was written by its own service; of a hostile log even the form is in doubt. */
export function isCheck(fact: object): fact is CheckFact {
  const { kind, checkedAt, outcome, request, answer, action, measures } = fact as Partial<CheckFact>;
  return (
    kind === "check" &&
    !Number.isNaN(Date.parse(String(checkedAt))) &&
    Object.hasOwn(outcomeWords, String(outcome)) &&
    Array.isArray(request) &&
    (request[9] === undefined || !Number.isNaN(Date.parse(String(request[9])))) &&
    Array.isArray(answer) &&
    answer.every((match) => typeof match === "object" && match !== null) &&
    (action === undefined || Object.hasOwn(actionWords, action)) &&
    (measures === undefined || (Array.isArray(measures) && measures.every((code) => typeof code === "string")))
  );
}
