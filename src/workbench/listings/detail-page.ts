// The page of one listing: what may happen next, with the article and what the law has against it; what it says; what its
// court did.
import { html } from "hono/html";
import { heldDocumentWords } from "../../identity/words.ts";
import {
  capacityWords,
  exitReasonWords,
  exitWords,
  groundWords,
  initiatorWords,
  listWords,
  secondLookWords,
  serviceWords,
  sexWords,
  termStartWords,
  termWords,
} from "../../registry/words.ts";
import { day, errorSummary, type Fact, type FormState, type Markup, moment, notification } from "../../ui/index.ts";
import { type Reader, summaryList, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { officers } from "../area.ts";
import { actWords, memberWords } from "../words.ts";
import { besideContent } from "./beside-page.ts";
import type { Detail, Listing } from "./detail.ts";
import { stateTag } from "./list-page.ts";

export type DetailPage = { reader: Reader; done: string | null; state: FormState };

export function detailContent(detail: Detail, { reader, done, state }: DetailPage): Markup {
  const { listing } = detail;
  return html`${errorSummary(state)} ${notification(done)}
    <h1>${listing.party.name}</h1>
    <p>
      ${stateTag(listing.state)} ${wordOf(listWords, listing.list)}
      ${listing.underObjection ? tag("纠正（复议）审查中，原决定不停止执行", "warn") : ""}
    </p>
    <p class="links">
      <a href="/workbench/listings/${listing.id}/audit">办理留痕</a>
      ${listing.publishedOn ? html`<a href="/v1/listings/${listing.id}/receipt" download>下载回执</a>` : ""}
      ${listing.publishedOn ? html`<a href="/workbench/publications/${listing.id}">另行公布与通报</a>` : ""}
      ${
        listing.publishedOn && officers.some((role) => role === reader.role)
          ? html`<a href="/workbench/objections/new?listing=${listing.id}">登记收到的纠正申请</a>`
          : ""
      }
    </p>
    ${nextSteps(listing)} ${barList(listing)}
    <h2>内容</h2>
    ${summaryList(contentFacts(listing))}
    <h2>办理情况</h2>
    ${summaryList(proceedingFacts(listing))} ${windowList(listing)} ${besideContent(detail, { reader, state })}`;
}

type Refusal = Listing["bars"][number] | null;

function nextSteps({ id, next: { acts, exits } }: Listing): Markup {
  if (acts.length + exits.length === 0)
    return html`<h2>接下来</h2>
      <p class="soft nothing">以您的角色，目前没有可以办理的事项。</p>`;
  const place = `/workbench/listings/${id}/acts`;
  return html`<h2>接下来</h2>
    <ul class="steps">
      ${acts.map(({ act, article, refusal }) => step(wordOf(actWords, act), `${place}/${act}`, article, refusal))}
    </ul>
    ${
      exits.length === 0
        ? ""
        : html`<details>
            <summary>移出名单</summary>
            <ul class="steps">
              ${exits.map(({ operation, ground, article, refusal }) => {
                const query = new URLSearchParams(ground === null ? { operation } : { operation, ground }).toString();
                return step(exitTitle(operation, ground), `${place}/exit?${query}`, article, refusal);
              })}
            </ul>
          </details>`
    }`;
}

/** What the law refuses today is named with its reason, and leads nowhere. */
function step(title: string, href: string, article: string, refusal: Refusal): Markup {
  if (refusal)
    return html`<li>${title}<span class="soft step-aside">${refusal.reason.zh}（${refusal.article}）</span></li>`;
  return html`<li><a href="${href}">${title}</a><span class="soft step-aside">${article}</span></li>`;
}

export function exitTitle(operation: string, ground: string | null): string {
  return ground === null ? wordOf(exitWords, operation) : wordOf(exitReasonWords, ground);
}

/** Of a draft: everything that forbids to decide it today. */
export function barList({ bars }: Pick<Listing, "bars">): Markup {
  if (bars.length === 0) return html``;
  return html`<div class="card result result-bad">
    <h2>目前不得决定</h2>
    <ul>
      ${bars.map(({ reason, article }) => html`<li>${reason.zh}（${article}）</li>`)}
    </ul>
  </div>`;
}

function contentFacts(listing: Listing): Fact[] {
  const { party, court, term } = listing;
  const name = memberWords;
  const text = (member: "obligation" | "performance" | "performedPart" | "unperformedPart" | "titleDocument") => {
    return { label: wordOf(name, member), value: listing[member] };
  };
  return [
    { label: "姓名或者名称", value: party.name },
    ...party.documents.map(({ type, masked }) => {
      return { label: wordOf(heldDocumentWords, type), value: html`<span class="masked">${masked}</span>` };
    }),
    ...(party.sex ? [{ label: "性别", value: wordOf(sexWords, party.sex) }] : []),
    ...(party.ageAtPublication === null ? [] : [{ label: "公布时年龄", value: party.ageAtPublication }]),
    ...(party.legalRepresentative ? [{ label: "法定代表人或者负责人", value: party.legalRepresentative }] : []),
    { label: "身份", value: wordOf(capacityWords, listing.capacity) },
    { label: "案号", value: listing.caseNumber },
    { label: "执行法院", value: court.competent ? `${court.name}（${court.competent}）` : court.name },
    { label: "承办人", value: listing.handler },
    { label: "作出执行依据单位", value: listing.titleMaker },
    text("titleDocument"),
    { label: "立案日期", value: listing.filedOn && day(listing.filedOn) },
    ...(listing.list === "dishonest" ? [groundsFact(listing)] : []),
    text("obligation"),
    text("performance"),
    text("performedPart"),
    text("unperformedPart"),
    { label: "期限", value: termText(term) },
    { label: "来源", value: listing.source === "court" ? "本院录入" : listing.source },
  ];
}

function groundsFact({ grounds }: Listing): Fact {
  const list = grounds.map((code) => html`<li>${wordOf(groundWords, code)}</li>`);
  return {
    label: "失信行为情形",
    value: html`<ul class="plain">
      ${list}
    </ul>`,
  };
}

function termText({ kind, endsOn, runsFrom }: Listing["term"]): Markup {
  const start = runsFrom === null ? "" : `，${wordOf(termStartWords, runsFrom)}起`;
  return html`${wordOf(termWords, kind)}${start}${endsOn ? html`，至${day(endsOn)}` : ""}`;
}

function proceedingFacts(listing: Listing): Fact[] {
  const { proceeding, decidedOn, publishedOn } = listing;
  const drawn: Fact[] = proceeding
    ? [
        { label: "启动", value: wordOf(initiatorWords, proceeding.initiatedBy) },
        { label: "收到申请（立项）", value: day(proceeding.receivedOn) },
        {
          label: "执行通知书",
          value: html`履行期间至${day(proceeding.notice.endsOn)}，${proceeding.notice.warned ? "已" : "未"}载明风险提示`,
        },
        { label: "决定书文号", value: proceeding.decision?.number ?? null },
        {
          label: "送达",
          value:
            proceeding.service &&
            html`${day(proceeding.service.servedOn)} ${wordOf(serviceWords, proceeding.service.how)}`,
        },
        ...(proceeding.graceEndsOn ? [{ label: "宽限期至", value: day(proceeding.graceEndsOn) }] : []),
        { label: "最近一次未履行情况", value: proceeding.unperformedOn && day(proceeding.unperformedOn) },
      ]
    : [];
  return [
    ...drawn,
    { label: "决定日期", value: decidedOn && day(decidedOn) },
    { label: "公布日期", value: publishedOn && day(publishedOn) },
    ...exitFacts(listing),
  ];
}

function exitFacts({ exit }: Listing): Fact[] {
  if (!exit) return [];
  const { operation, reason, endedAt, secondLook, shield, creditorBarredUntil, limitToLift } = exit;
  const facts: Fact[] = [
    { label: "移出", value: operation ? exitTitle(operation, reason) : reason },
    { label: "移出时间", value: endedAt && moment(endedAt) },
  ];
  if (secondLook.needed)
    facts.push({
      label: "复核",
      value: secondLook.finding ? wordOf(secondLookWords, secondLook.finding) : tag("待复核", "warn"),
    });
  if (shield.needed) facts.push({ label: "全国库屏蔽", value: shield.on ? day(shield.on) : tag("待登记", "warn") });
  if (creditorBarredUntil) facts.push({ label: "申请执行人不得再次申请至", value: day(creditorBarredUntil) });
  if (limitToLift)
    facts.push({ label: "应当解除的限制消费", value: html`<a href="/workbench/listings/${limitToLift}">查看</a>` });
  return facts;
}

function windowList({ windows }: Listing): Markup {
  if (windows.length === 0) return html``;
  return html`<h2>暂时解除</h2>
    <ul>
      ${windows.map(
        ({ from, until, measures, closedAt }) =>
          html`<li>
            ${day(from)}至${day(until)}：${measures.join("、")} ${closedAt ? html`（${moment(closedAt)}收回）` : ""}
          </li>`,
      )}
    </ul>`;
}
