// One published listing: what art. 6 publishes, what each of it means, and which court to turn to.
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import { capacityWords, groundWords, listWords, sexWords, termWords } from "../../registry/words.ts";
import { day, type Markup, summaryList, tag, wordOf } from "../../ui/index.ts";
import type { PublicListing } from "../search/resource.ts";

export type CourtToTurnTo = { name: string; higher: string | null };

export function listingContent(listing: PublicListing, court: CourtToTurnTo): Markup {
  const { party, list, underObjection } = listing;
  return html`<h1>${party.name}</h1>
    <p>
      ${tag(wordOf(listWords, list), "warn")}
      ${underObjection ? tag("纠正（复议）审查中，原决定不停止执行", "info") : ""}
    </p>
    <h2>${party.kind === "person" ? "当事人" : "组织"}</h2>
    ${summaryList(partyFacts(listing))}
    <h2>案件与义务</h2>
    ${summaryList(caseFacts(listing))}
    <h2>纳入名单</h2>
    ${summaryList(listFacts(listing))} ${courtSection(listing, court)}`;
}

function partyFacts({ party, capacity }: PublicListing) {
  const isPerson = party.kind === "person";
  return [
    { label: isPerson ? "姓名" : "名称", value: party.name },
    ...(isPerson
      ? [
          { label: "性别", value: party.sex && sexWords[party.sex] },
          {
            label: "年龄",
            value: party.ageAtPublication === null ? null : meant(`${party.ageAtPublication}岁`, "公布之日的年龄"),
          },
        ]
      : [
          {
            label: "法定代表人或者负责人",
            value:
              party.legalRepresentative && meant(party.legalRepresentative, "单位被列入名单，不等于其本人被列入名单"),
          },
        ]),
    ...party.documents.map(({ type, masked }) => ({
      label: wordOf(documentWords, type),
      value: meant(masked, "只显示首尾，用以区分同名者"),
    })),
    ...(capacity === "debtor" ? [] : [{ label: "身份", value: wordOf(capacityWords, capacity) }]),
  ];
}

function caseFacts(listing: PublicListing) {
  return [
    { label: "执行法院", value: listing.court.name },
    { label: "执行案号", value: listing.caseNumber },
    { label: "立案日期", value: listing.filedOn && day(listing.filedOn) },
    {
      label: "执行依据文号",
      value: listing.titleDocument && meant(listing.titleDocument, "据以执行的判决、裁定、调解书、裁决或者公证文书"),
    },
    { label: "作出执行依据单位", value: listing.titleMaker },
    { label: "生效法律文书确定的义务", value: listing.obligation },
    { label: "履行情况", value: listing.performance },
    { label: "已履行部分", value: listing.performedPart },
    { label: "未履行部分", value: listing.unperformedPart },
  ];
}

function listFacts({ list, grounds, groundsRaw, publishedOn, term }: PublicListing) {
  const isDishonest = list === "dishonest";
  const conduct = grounds.map((ground) => wordOf(groundWords, ground)).join("；");
  return [
    ...(isDishonest
      ? [
          {
            label: "具体情形",
            value: meant(
              grounds.includes("GX") && groundsRaw ? groundsRaw : conduct,
              "《关于公布失信被执行人名单信息的若干规定》第一条",
            ),
          },
        ]
      : []),
    { label: "公布日期", value: day(publishedOn) },
    { label: "期限", value: termOf(term, isDishonest) },
  ];
}

function termOf({ kind, endsOn }: PublicListing["term"], isDishonest: boolean): Markup {
  if (kind === "fixed") return html`${day(endsOn)}届满<span class="soft choice-hint">届满后自动不再显示</span>`;
  if (kind === "unknown") return html`${termWords.unknown}`;
  return meant(
    termWords.open,
    isDishonest
      ? "具备第十条第一款情形之一的，法院应当在三个工作日内删除"
      : "全部履行、提供有效担保或者申请执行人同意的，可以解除",
  );
}

function courtSection({ id, court }: PublicListing, { name, higher }: CourtToTurnTo): Markup {
  return html`<div class="card">
    <h2>对信息有异议的</h2>
    <p>
      向<strong>${name}</strong>${court.competent && court.competent !== court.code ? "（本案现由该院办理）" : ""}书面申请纠正：法院应当自收到之日起十五日内审查，理由成立的，三个工作日内纠正。
    </p>
    <p>对驳回决定不服的，自送达之日起十日内向${higher ?? "上一级人民法院"}申请复议；复议期间，不停止原决定的执行。</p>
    <p>
      <a class="button-primary" href="/objections/new?listing=${id}">申请纠正</a>
      <a class="button-secondary" href="/remedies">办理步骤</a>
    </p>
  </div>`;
}

function meant(value: string, meaning: string): Markup {
  return html`${value}<span class="soft choice-hint">${meaning}</span>`;
}
