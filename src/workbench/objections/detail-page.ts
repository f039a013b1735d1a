// One objection: what is said, what was decided, its deadlines and papers, and the acts that are open to its reader.
import { html } from "hono/html";
import { clockWords } from "../../courts/words.ts";
import { heldDocumentWords } from "../../identity/words.ts";
import { listWords, serviceWords } from "../../registry/words.ts";
import type { getPapers } from "../../remedies/papers/operations.ts";
import {
  applicantWords,
  channelWords,
  correctionWords,
  objectionGroundWords,
  objectionKindWords,
  objectionStateWords,
  paperWords,
} from "../../remedies/words.ts";
import { type AnswerOf, day, errorSummary, type FormState, type Markup, moment, nothing } from "../../ui/index.ts";
import { notification, type Reader, summaryList, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { clockStateTag } from "../clock-state-page.ts";
import { actForm, fieldLabels, type Objection } from "./act-form-page.ts";
import { objectionTones } from "./words.ts";

export type Papers = AnswerOf<typeof getPapers>["data"];

export type DetailPage = {
  objection: Objection;
  papers: Papers;
  reader: Reader;
  state: FormState;
  done: string | null;
};

export function detailContent({ objection, papers, reader, state, done }: DetailPage): Markup {
  const { caseNumber, kind, acts } = objection;
  return html`${errorSummary(state, fieldLabels)} ${notification(done)}
    <h1>${wordOf(objectionKindWords, kind)} <span class="soft">${caseNumber}</span></h1>
    <p><a href="/workbench/objections/${objection.id}/audit">办理留痕</a></p>
    ${facts(objection)}
    <h2>申请内容</h2>
    ${application(objection)}
    <h2>期限</h2>
    ${objection.clocks.length === 0 ? nothing("身份核实以前不计算期限。") : clockTable(objection)}
    ${decisions(objection)}
    <h2>文书</h2>
    ${papers.length === 0 ? nothing("尚未打印文书。") : paperTable(papers)}
    ${acts.length > 0 ? html`<h2 id="acts">办理</h2>` : ""}
    ${acts.map((act) => actForm(act, { objection, reader, state }))}`;
}

function facts({ state, ground, list, listing, court, channel, takenInOn, receivedOn, ...rest }: Objection): Markup {
  return summaryList([
    { label: "状态", value: tag(wordOf(objectionStateWords, state), objectionTones[state]) },
    { label: "事由（第十一条）", value: wordOf(objectionGroundWords, ground) },
    { label: "名单", value: wordOf(listWords, list) },
    { label: "名单信息", value: listing && html`<a href="/workbench/listings/${listing}">${listing}</a>` },
    { label: "执行法院", value: court },
    { label: "提出方式", value: wordOf(channelWords, channel) },
    { label: "收件日", value: day(takenInOn) },
    { label: "书面申请收到日", value: receivedOn && day(receivedOn) },
    ...(rest.wrongfulListing
      ? [
          {
            label: "错误公布",
            value: html`${day(rest.wrongfulListing.publicFrom)}至${moment(rest.wrongfulListing.publicUntil)}，${rest.wrongfulListing.basis}`,
          },
        ]
      : []),
  ]);
}

function application({ application: given, applicant }: Objection): Markup {
  const { party, statement, agent, contact } = given;
  return html`${summaryList([
      { label: "申请人", value: wordOf(applicantWords, applicant) },
      ...(party
        ? [
            { label: "姓名或者名称", value: party.name },
            { label: wordOf(heldDocumentWords, party.document.type), value: party.document.masked },
          ]
        : []),
      ...(agent ? [{ label: "代理人", value: `${agent.name}（${agent.authority}）` }] : []),
      { label: "联系方式", value: contact },
    ])}
    <blockquote class="card statement">${statement}</blockquote>`;
}

function clockTable({ clocks }: Objection): Markup {
  return table(
    "各项期限",
    ["期限", "起算", "届满日", "状态", "依据"],
    clocks.map(({ kind, startedOn, dueOn, state, article }) => [
      wordOf(clockWords, kind),
      day(startedOn),
      day(dueOn),
      clockStateTag(state),
      article,
    ]),
  );
}

type Decision = NonNullable<Objection["review"]>;

function decisions({ review, correction, served, reconsideration, corrected }: Objection): Markup {
  const decision = reconsideration?.decision ?? null;
  if (!review && !reconsideration) return html``;
  return html`<h2>办理经过</h2>
    ${
      review
        ? html`<h3>审查决定</h3>
            ${decisionFacts(review, correction)}`
        : ""
    }
    ${served ? html`<p>驳回决定已于${day(served.on)}${wordOf(serviceWords, served.how)}。</p>` : ""}
    ${
      reconsideration
        ? html`<h3>复议</h3>
            <p>
              ${day(reconsideration.filedOn)}提出，${reconsideration.court}于${day(reconsideration.receivedOn)}收到。
              复议期间不停止原决定的执行。
            </p>`
        : ""
    }
    ${decision ? decisionFacts(decision, reconsideration?.outcome === "upheld" ? correction : null) : ""}
    ${corrected ? html`<p>纠正已于${moment(corrected.at)}执行。</p>` : ""}`;
}

function decisionFacts({ by, at, reasons, paper }: Decision, correction: Objection["correction"]): Markup {
  return summaryList([
    { label: "结果", value: correction ? `理由成立：${wordOf(correctionWords, correction.operation)}` : "驳回" },
    { label: "理由", value: html`<span class="lines">${reasons}</span>` },
    { label: "决定人", value: html`<code>${by}</code>` },
    { label: "时间", value: moment(at) },
    ...(paper ? [{ label: "文书", value: html`${paper.number}，${day(paper.datedOn)}` }] : []),
  ]);
}

function paperTable(papers: Papers): Markup {
  return table(
    "已打印的文书；平台只留存文号、日期和哈希值",
    ["文书", "文号", "日期", "SHA-256"],
    papers.map(({ kind, number, datedOn, sha256 }) => [
      wordOf(paperWords, kind),
      number,
      day(datedOn),
      html`<code class="hash">${sha256.slice(0, 16)}…</code>`,
    ]),
  );
}
