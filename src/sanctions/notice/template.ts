// The text of a 惩戒告知书, from what was answered and decided. Pure: the same facts give the same paper.
import { enforcementOpinion, listRule } from "../../courts/index.ts";
import type { Paper } from "../../ui/index.ts";
import type { Duration } from "../lifecycle.ts";

/** As the paper names the party: the number is masked, as everywhere outside the agency's own file. */
export type NamedParty = { name: string; documentTitle: string; maskedNumber: string; isPerson: boolean };
export type NamedListing = { list: "dishonest" | "consumption_limit"; courtName: string; caseNumber: string };

export type NoticeFacts = {
  agency: string;
  number: string;
  party: NamedParty;
  listings: readonly NamedListing[];
  purpose: string;
  caseReference: string;
  measure: { title: string; effect: string; legalBasis: string };
  decision: { number: string; datedOn: string };
  duration: Duration;
  endsOn: string | null;
  /** Within how many working days the agency lifts it once the listing has ended; 0: on the same day. */
  liftWithinWorkingDays: number;
  hearing: string | null;
  officer: string;
};

const listed: Record<NamedListing["list"], string> = {
  dishonest: "被纳入失信被执行人名单",
  consumption_limit: "被采取限制消费措施",
};

const corrections: Record<NamedListing["list"], string> = {
  dishonest: listRule("第十一条"),
  consumption_limit: enforcementOpinion("第十八条"),
};

export function noticeText(facts: NoticeFacts): Paper {
  const { agency, number, party, listings, purpose, caseReference, measure, decision, officer } = facts;
  const you = party.isPerson ? "你" : "你单位";
  const grounds = listings.map(({ list, courtName, caseNumber }) => `因${courtName}${caseNumber}一案${listed[list]}`);
  const courts = [...new Set(listings.map(({ courtName }) => courtName))];
  const rules = [...new Set(listings.map(({ list }) => corrections[list]))];
  return {
    court: agency,
    title: "惩戒告知书",
    number,
    paragraphs: [
      `${party.name}，${party.documentTitle}${party.maskedNumber}：`,
      `经核查，${you}${grounds.join("；")}。本单位在办理“${purpose}”（事项编号${caseReference}）时，依照${measure.legalBasis}之规定，作出${decision.number}决定，对${you}采取以下惩戒措施：`,
      `${measure.title}。`,
      endText(facts, you),
      `${you}有权要求本单位对上述决定予以说明，并可以陈述、申辩${hearingText(facts)}；也可以依法申请行政复议或者提起行政诉讼。`,
      `名单由人民法院决定，本单位不能更改。${you}认为不应列入名单、名单信息不准确或者应当移出的，可以依照${rules.join("、")}之规定，向${courts.join("、")}书面申请纠正。`,
    ],
    signatory: `经办人：${officer}`,
    datedOn: decision.datedOn,
  };
}

/** When it ends, and what the party may expect of the agency then. */
function endText({ duration, endsOn, liftWithinWorkingDays }: NoticeFacts, you: string): string {
  const lift =
    liftWithinWorkingDays === 0 ? "本单位于移出当日解除" : `本单位自移出之日起${liftWithinWorkingDays}个工作日内解除`;
  switch (duration) {
    case "once":
      return `本措施仅适用于本次事项。${you}移出名单后，可以重新申请。`;
    case "until":
      return `本措施至${chineseDate(endsOn ?? "")}止；${you}在此之前移出名单的，${lift}。`;
    case "while_listed":
      return `本措施在${you}列入名单期间有效；${you}移出名单的，${lift}。`;
  }
}

function hearingText({ hearing }: NoticeFacts): string {
  return hearing === null ? "" : `（${hearing}）`;
}

function chineseDate(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}
