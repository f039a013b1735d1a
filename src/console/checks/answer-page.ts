// An answer in the words of the labels: what was found, what to do about it, and on what basis.
import { html } from "hono/html";
import { effectWords, measureDecisionWords, partyRoleWords } from "../../agencies/words.ts";
import type { getCheck } from "../../checks/operations.ts";
import { actionWords, gradeWords, outcomeThenWords, outcomeWords } from "../../checks/words.ts";
import { documentWords } from "../../identity/words.ts";
import { capacityWords, groundWords, listWords, termWords } from "../../registry/words.ts";
import { type AnswerOf, day, type Markup, moment, nothing, summaryList, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";

export type RecordedCheck = AnswerOf<typeof getCheck>;
export type Answer = Pick<
  RecordedCheck,
  | "outcome"
  | "action"
  | "lists"
  | "matches"
  | "measures"
  | "firstStop"
  | "feedbackDueOn"
  | "checkedAt"
  | "validUntil"
  | "late"
>;

const outcomeTones = { listed: "bad", review: "warn", clear: "good" } as const;

export function outcomeTag(outcome: Answer["outcome"]): Markup {
  return tag(outcomeWords[outcome], outcomeTones[outcome]);
}

/** The answer itself; `heading` names it on its page. */
export function answerContent(answer: Answer, heading: string): Markup {
  const { outcome, action, lists, firstStop, feedbackDueOn, checkedAt, validUntil, late } = answer;
  return html`<section class="card result result-${outcomeTones[outcome]}" aria-label="${heading}">
      <h2>${outcomeWords[outcome]}</h2>
      <p><strong>${actionWords[action]}</strong></p>
      ${firstStop ? html`<p>人工复核：${firstStop.humanDesk}</p>` : ""}
      ${outcome === "review" ? html`<p>身份核实清楚之前，事项照常办理，不得据此实施惩戒。</p>` : ""}
      ${outcome === "clear" ? html`<p>未查到不等于信用承诺。</p>` : ""}
      ${late ? html`<p><strong>事后补查：${outcomeThenWords[late.outcomeThen]}。</strong></p>` : ""}
    </section>
    ${summaryList([
      ...(["dishonest", "consumption_limit"] as const).flatMap((list) => {
        const found = lists[list];
        return found ? [{ label: listWords[list], value: outcomeTag(found) }] : [];
      }),
      { label: "核查时点", value: moment(checkedAt) },
      { label: "据此办理不得晚于", value: moment(validUntil) },
      ...(late
        ? [
            { label: "未经核查先行办理", value: moment(late.actedAt) },
            { label: "先行办理的原因", value: late.reason },
          ]
        : []),
      ...(action === "none" ? [] : [{ label: "反馈期限", value: day(feedbackDueOn) }]),
    ])}
    ${matchesContent(answer)} ${measuresContent(answer)}`;
}

function matchesContent({ matches }: Answer): Markup {
  if (matches.length === 0) return html``;
  return html`<h2>名单信息</h2>
    ${table(
      "查到的名单信息",
      ["名单", "一致程度", "执行法院", "案号", "情形", "公布日期", "期限"],
      matches.map((match) => [
        html`${listWords[match.list]}<br /><span class="soft">${wordOf(capacityWords, match.capacity)}</span>`,
        gradeWords[match.grade],
        match.court.name,
        match.caseNumber,
        html`${match.grounds.map((ground) => html`<div>${wordOf(groundWords, ground)}</div>`)}
        ${match.underObjection ? tag("纠正（复议）审查中，原决定不停止执行", "info") : ""}`,
        day(match.publishedOn),
        termOf(match.term),
      ]),
    )}`;
}

function termOf({ kind, endsOn }: Answer["matches"][number]["term"]): Markup {
  if (kind === "open") return html`${termWords.open}`;
  return endsOn === null ? html`${termWords.unknown}` : html`至${day(endsOn)}`;
}

function measuresContent({ measures, action }: Answer): Markup {
  if (measures.length === 0) return action === "none" ? html`` : nothing("身份核实后，方可确定可以采取的措施。");
  return html`<h2>可以采取的措施</h2>
    ${measures.map(
      ({ title, code, effect, decision, legalBasis, conditions }) =>
        html`<section class="card">
          <h3>${title}</h3>
          ${summaryList([
            { label: "措施代码", value: html`<code>${code}</code>` },
            { label: "效果", value: wordOf(effectWords, effect) },
            { label: "依据", value: legalBasis },
            { label: "由谁决定", value: wordOf(measureDecisionWords, decision) },
            ...(conditions.length > 0
              ? [{ label: "须逐项核实的条件", value: html`${conditions.map((text) => html`<div>${text}</div>`)}` }]
              : []),
          ])}
        </section>`,
    )}`;
}

/** Whom it was about, as the record has it: the number is masked. */
export function partyFacts({ subject }: Pick<RecordedCheck, "subject">) {
  if (!subject) return [{ label: "当事人", value: "个人信息已删除" }];
  const { name, formerNames, document, role } = subject;
  const type = documentWords[document.type as keyof typeof documentWords];
  return [
    { label: "姓名（名称）", value: name },
    ...(formerNames.length > 0 ? [{ label: "曾用名", value: formerNames.join("、") }] : []),
    { label: "证件", value: html`${type} <span class="masked">${document.masked}</span>` },
    { label: "身份", value: wordOf(partyRoleWords, role) },
  ];
}
