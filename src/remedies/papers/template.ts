// The texts of the papers, from what the register knows. Pure: the same facts give the same paper.
import type { Listing } from "../../registry/index.ts";
import { groundWords, sexWords } from "../../registry/words.ts";
import type { Paper } from "../../ui/index.ts";
import type { CorrectionOperation, ObjectionGround } from "../lifecycle.ts";
import { paperWords } from "../words.ts";

const LIST_RULE = "《最高人民法院关于公布失信被执行人名单信息的若干规定》";
const OPINION = "《最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见》";
const LIMIT_RULE = "《最高人民法院关于限制被执行人高消费及有关消费的若干规定》";

type Heading = { court: string; number: string; datedOn: string };
/** As the paper names the party; the number is masked, as everywhere outside the court's own file. */
export type NamedParty = { name: string; sex: Listing["sex"]; documentTitle: string; maskedNumber: string };
type ListedCase = Pick<
  Listing,
  "caseNumberRaw" | "titleMaker" | "titleDocument" | "obligation" | "performance" | "grounds" | "legalRepresentative"
>;

/** Where art. 1 names each ground; GX is none of the law. */
const groundItems = {
  G1: "第一条第一项",
  G2: "第一条第二项",
  G3: "第一条第三项",
  G4: "第一条第四项",
  G5: "第一条第五项",
  G6: "第一条第六项",
} satisfies Record<Exclude<keyof typeof groundWords, "GX">, string>;

const isOfTheLaw = (code: string): code is keyof typeof groundItems => Object.hasOwn(groundItems, code);

type List = Listing["list"];

/** Both lists are corrected alike; what is corrected, and by which rule, differs. */
const objectionGrounds: Record<List, Record<ObjectionGround, string>> = {
  dishonest: {
    not_listable: "不应将其纳入失信被执行人名单",
    inaccurate: "记载和公布的失信信息不准确",
    deletable: "失信信息应予删除",
  },
  consumption_limit: {
    not_listable: "不应对其采取限制消费措施",
    inaccurate: "记载和公布的限制消费信息不准确",
    deletable: "限制消费措施应予解除",
  },
};

const corrections: Record<List, Partial<Record<CorrectionOperation, string>>> = {
  dishonest: {
    revoke: "撤销失信信息",
    rectify: "更正失信信息",
    delete: "删除失信信息",
    early: "提前删除失信信息",
  },
  consumption_limit: {
    revoke: "撤销限制消费措施",
    rectify: "更正限制消费信息",
    lift: "解除限制消费措施",
  },
};

const reviewRules: Record<List, string> = {
  dishonest: `${LIST_RULE}第十二条`,
  consumption_limit: `${OPINION}第十八条`,
};

const exits: Record<string, string> = {
  revoke: `不应纳入，依照${LIST_RULE}第九条第一款之规定，予以撤销`,
  expire: `纳入期限届满，依照${LIST_RULE}第十条第二款之规定，予以删除`,
  early: `积极履行义务或者主动纠正失信行为，依照${LIST_RULE}第二条第二款之规定，决定提前删除`,
  R1: `已履行生效法律文书确定的义务或者人民法院已执行完毕，依照${LIST_RULE}第十条第一款第一项之规定，予以删除`,
  R2: `当事人达成执行和解协议且已履行完毕，依照${LIST_RULE}第十条第一款第二项之规定，予以删除`,
  R3: `申请执行人书面申请删除失信信息，经审查同意，依照${LIST_RULE}第十条第一款第三项之规定，予以删除`,
  R4: `终结本次执行程序后两次以上查询未发现可供执行财产，依照${LIST_RULE}第十条第一款第四项之规定，予以删除`,
  R5: `人民法院依法裁定中止执行，依照${LIST_RULE}第十条第一款第五项之规定，予以删除`,
  R6: `人民法院依法裁定不予执行，依照${LIST_RULE}第十条第一款第六项之规定，予以删除`,
  R7: `人民法院依法裁定终结执行，依照${LIST_RULE}第十条第一款第七项之规定，予以删除`,
  performed: `已全部履行生效法律文书确定的义务，依照${LIMIT_RULE}第九条之规定`,
  security: `已提供确实有效的担保，依照${LIMIT_RULE}第九条之规定`,
  consent: `申请执行人同意，依照${LIMIT_RULE}第九条之规定`,
  role_ended: "不再担任被执行单位的相关职务",
  private: "以个人财产因私消费，经审查属实",
};

/** 失信决定书 (art. 5): the reasons, the term where there is one, and how it is objected to. */
export function decisionText(
  heading: Heading,
  party: NamedParty,
  listed: ListedCase,
  termMonths: number | null,
): Paper {
  const named = listed.grounds.filter(isOfTheLaw);
  const term = termMonths === null ? "" : `，期限${chineseTerm(termMonths)}`;
  const articles = [
    ...named.map((code) => groundItems[code]),
    ...(termMonths === null ? [] : ["第二条"]),
    "第五条",
  ].join("、");
  return {
    ...heading,
    title: paperWords.decision,
    paragraphs: [
      `被执行人：${partyText(party)}${listed.legalRepresentative ? `，法定代表人（负责人）${listed.legalRepresentative}` : ""}。`,
      `本院在执行${listed.caseNumberRaw}一案中，责令被执行人履行${titleText(listed)}确定的义务${obligationText(listed)}。被执行人未履行。`,
      `经查，被执行人${named.map((code) => groundWords[code]).join("，")}。依照${LIST_RULE}${articles}之规定，决定如下：`,
      `将${party.name}纳入失信被执行人名单${term}。`,
      "本决定自作出之日起生效。",
      "被执行人认为有下列情形之一的，可以向本院书面申请纠正：（一）不应将其纳入失信被执行人名单的；（二）记载和公布的失信信息不准确的；（三）失信信息应予删除的。",
    ],
    signatory: "院长（或受托签发人）：",
  };
}

/** 限制消费令, signed by the president. */
export function limitOrderText(
  heading: Heading,
  party: NamedParty,
  listed: ListedCase,
  items: readonly string[],
): Paper {
  return {
    ...heading,
    title: paperWords.limit_order,
    paragraphs: [
      `${partyText(party)}：`,
      `本院在执行${listed.caseNumberRaw}一案中，因未按执行通知书指定的期间履行${titleText(listed)}确定的给付义务，依照《中华人民共和国民事诉讼法》第二百六十六条和${LIMIT_RULE}第一条、第三条之规定，对你（单位）采取限制消费措施，不得有以下高消费及非生活和工作必需的消费行为：`,
      ...items.map((item, place) => `（${"一二三四五六七八九"[place] ?? place + 1}）${item}；`),
      "被执行人为单位的，其法定代表人、主要负责人、影响债务履行的直接责任人员、实际控制人不得实施前述行为；因私消费以个人财产实施的，可以向本院提出申请。",
      "因生活或者经营必需而进行禁止的消费活动的，应当向本院提出申请，获批准后方可进行。",
    ],
    signatory: "院长：",
  };
}

/** 解除通知书: what ended, since when, and by which rule. */
export function removalText(
  heading: Heading,
  party: NamedParty,
  ended: Pick<Listing, "list" | "exitOperation" | "exitReason" | "caseNumberRaw">,
  endedOn: string,
): Paper {
  const isLimitRevoked = ended.list === "consumption_limit" && ended.exitOperation === "revoke";
  const reason = isLimitRevoked
    ? `不应采取限制消费措施，依照${OPINION}第十八条之规定，予以撤销`
    : (exits[ended.exitReason ?? ""] ?? exits[ended.exitOperation ?? ""] ?? "");
  const what =
    ended.list === "dishonest"
      ? `自${chineseDate(endedOn)}起，你（单位）不再列入失信被执行人名单`
      : `自${chineseDate(endedOn)}起，解除对你（单位）的限制消费措施`;
  return {
    ...heading,
    title: paperWords.removal_notice,
    paragraphs: [`${partyText(party)}：`, `在${ended.caseNumberRaw}一案中，因${reason}。${what}。`, "特此通知。"],
    signatory: "执行法官：",
  };
}

export type ReviewedObjection = {
  list: List;
  name: string;
  ground: ObjectionGround;
  receivedOn: string;
  reasons: string;
};

/** 驳回纠正申请决定书 (art. 12): the reasons, and where reconsideration is applied for. */
export function rejectionText(heading: Heading, reviewed: ReviewedObjection): Paper {
  const { list, name, ground, receivedOn, reasons } = reviewed;
  return {
    ...heading,
    title: paperWords.rejection,
    paragraphs: [
      `申请人：${name}。`,
      `申请人认为${objectionGrounds[list][ground]}，向本院书面申请纠正，本院于${chineseDate(receivedOn)}收到。`,
      `经审查：${reasons}`,
      `依照${reviewRules[list]}之规定，决定如下：`,
      `驳回${name}的纠正申请。`,
      "如不服本决定，可以自决定书送达之日起十日内向上一级人民法院申请复议。复议期间，不停止原决定的执行。",
    ],
    signatory: "审判员：",
  };
}

export type Reconsidered = ReviewedObjection & {
  enforcingCourt: string;
  rejectionNumber: string;
  filedOn: string;
  /** Null where it is rejected. */
  correction: CorrectionOperation | null;
};

/** 复议决定书 (art. 12). */
export function reconsiderationText(heading: Heading, given: Reconsidered): Paper {
  const { list, name, ground, reasons, enforcingCourt, rejectionNumber, filedOn, correction } = given;
  const rejection = `${enforcingCourt}${rejectionNumber}驳回决定`;
  return {
    ...heading,
    title: paperWords.reconsideration_decision,
    paragraphs: [
      `复议申请人：${name}。`,
      `复议申请人认为${objectionGrounds[list][ground]}，不服${rejection}，于${chineseDate(filedOn)}向本院申请复议。`,
      `经审查：${reasons}`,
      `依照${reviewRules[list]}之规定，决定如下：`,
      correction === null
        ? `驳回${name}的复议申请，维持${rejection}。`
        : `撤销${rejection}，由${enforcingCourt}在三个工作日内${corrections[list][correction] ?? "纠正"}。`,
    ],
    signatory: "审判员：",
  };
}

function partyText({ name, sex, documentTitle, maskedNumber }: NamedParty): string {
  const sexText = sex === null ? "" : `，${sexWords[sex]}`;
  return `${name}${sexText}，${documentTitle}${maskedNumber}`;
}

function titleText({ titleMaker, titleDocument }: ListedCase): string {
  return titleMaker || titleDocument ? `${titleMaker ?? ""}${titleDocument ?? ""}` : "生效法律文书";
}

function obligationText({ obligation }: ListedCase): string {
  return obligation ? `：${obligation}` : "";
}

/** 24 months are 二年; anything else that the law knows is whole years too, or said in months. */
function chineseTerm(months: number): string {
  return months % 12 === 0 ? `${"〇一二三四五"[months / 12] ?? months / 12}年` : `${months}个月`;
}

function chineseDate(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}
