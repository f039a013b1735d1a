// Where drafting begins: one's own forms that are not handed up yet, and a new one by its case number; and the answers of a
// form to be checked before it is handed up.
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import type { getForms, postTrial } from "../../registry/forms/operations.ts";
import { capacityWords, groundWords, initiatorWords, listWords, termWords } from "../../registry/words.ts";
import { type AnswerOf, day, errorSummary, type Fact, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nothing, notification, type Reader, submit, summaryList, table } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { type Fields, partyCount } from "./form-fields.ts";

type Forms = AnswerOf<typeof getForms>["data"];
type Tried = AnswerOf<typeof postTrial>["data"];

export type DraftingPage = { reader: Reader; forms: Forms; done: string | null; state: FormState };

export function draftingContent({ reader, forms, done, state }: DraftingPage): Markup {
  return html`${errorSummary(state)} ${notification(done)}
    <h1>草拟</h1>
    <form class="card" method="post" action="/workbench/drafting">
      ${hiddenFields(reader.csrfToken)}
      ${field({
        name: "caseNumber",
        label: "案号",
        hint: "本平台已有本案名单信息的，承办人、执行依据等自动填入。",
        state,
        required: true,
        maxlength: 200,
        width: "medium",
      })}
      ${submit("开始草拟")}
    </form>
    <h2>未提交的草拟</h2>
    ${
      forms.length === 0
        ? nothing("没有未提交的草拟。")
        : table(
            "本人未提交的草拟，三十日未保存的自动清除",
            ["案号", "保存时间"],
            forms.map(({ id, caseNumber, savedAt }) => [
              html`<a href="/workbench/drafting/${id}">${caseNumber ?? "（未填案号）"}</a>`,
              moment(savedAt),
            ]),
          )
    }`;
}

export type CheckPage = { reader: Reader; id: string; fields: Fields; tried: Tried; state: FormState };

/** Check answers (GOV.UK): every answer with the way back to its field, and what would come of it. */
export function checkContent({ reader, id, fields, tried, state }: CheckPage): Markup {
  const place = `/workbench/drafting/${id}`;
  const parties = Array.from({ length: partyCount(fields) }, (_, at) => at);
  return html`${errorSummary(state)}
    <p><a href="${place}">返回修改</a></p>
    <h1>提交前核对</h1>
    <h2>案件</h2>
    ${summaryList(caseFacts(fields, place))}
    ${parties.map(
      (at) =>
        html`<h2>当事人${at + 1}</h2>
          ${summaryList(partyFacts({ fields, at, place, tried }))} ${barsOf(tried, at)}`,
    )}
    <form method="post" action="${place}/handing-up">
      ${hiddenFields(reader.csrfToken)}
      <p>提交后由院长（或受托签发人）决定；经办本草拟的人不得决定。</p>
      ${submit("提交草拟")}
    </form>`;
}

function caseFacts(fields: Fields, place: string): Fact[] {
  const fact = (name: string, label: string, shown?: Markup | string): Fact => {
    return { label, value: fields[name] ? (shown ?? fields[name]) : null, change: changeOf(place, name) };
  };
  return [
    fact("caseNumber", "案号"),
    fact("initiatedBy", "启动", wordOf(initiatorWords, fields["initiatedBy"] ?? "")),
    fact("receivedOn", "收到申请（立项）日期", dayOf(fields["receivedOn"])),
    fact("notice/endsOn", "执行通知书指定的履行期间至", dayOf(fields["notice/endsOn"])),
    {
      label: "风险提示",
      value: fields["notice/warned"] ? "已载明" : "未载明",
      change: changeOf(place, "notice/warned"),
    },
    fact("handler", "承办人"),
    fact("areaName", "省份"),
    fact("titleMaker", "作出执行依据单位"),
    fact("titleDocument", "执行依据文号"),
    fact("filedOn", "立案日期", dayOf(fields["filedOn"])),
  ];
}

type PartyPlace = { fields: Fields; at: number; place: string; tried: Tried };

function partyFacts({ fields, at, place, tried }: PartyPlace): Fact[] {
  const prefix = `parties/${at}/`;
  const value = (member: string) => fields[prefix + member] ?? null;
  const lists = (value("lists") ?? "").split("\n");
  const masks = tried.find((draft) => draft.place === at)?.party.documents.map(({ masked }) => masked) ?? [];
  const fact = (member: string, label: string, shown: Markup | string | null = value(member)): Fact => {
    return { label, value: shown, change: changeOf(place, prefix + member) };
  };
  const common = [
    fact("name", "姓名或者名称"),
    fact("document/number", "证件", `${wordOf(documentWords, value("document/type"))} ${masks.join("、")}`),
    fact("obligation", "生效法律文书确定的义务"),
    fact("performance", "履行情况"),
    fact("lists", "拟采取的措施", lists.map((list) => wordOf(listWords, list)).join("、")),
  ];
  const listed = lists.includes("dishonest") ? listedFacts(fact, value) : [];
  const capacity = wordOf(capacityWords, value("limit/capacity") ?? "debtor");
  return [
    ...common,
    ...listed,
    ...(lists.includes("consumption_limit") ? [fact("limit/capacity", "限制消费的对象", capacity)] : []),
  ];
}

type FactOf = (member: string, label: string, shown?: Markup | string | null) => Fact;

function listedFacts(fact: FactOf, value: (member: string) => string | null): Fact[] {
  const grounds = (value("listing/grounds") ?? "").split("\n").filter((code) => code !== "");
  const isFixed = value("listing/term/kind") === "fixed";
  return [
    fact("listing/grounds", "失信行为情形", grounds.map((code) => wordOf(groundWords, code)).join("；")),
    fact("listing/groundAroseOn", "情形发生日期", dayOf(value("listing/groundAroseOn") ?? undefined)),
    fact("listing/term/kind", "纳入期限", isFixed ? `${value("listing/term/months") ?? ""}个月` : termWords.open),
  ];
}

/** What would forbid to decide it today, as far as the form itself does not end it. */
function barsOf(tried: Tried, at: number): Markup {
  const drafts = tried.filter(({ place }) => place === at);
  const limitsToo = drafts.some(({ list, capacity }) => list === "consumption_limit" && capacity === "debtor");
  const bars = drafts
    .flatMap(({ list, bars: found }) => found.map((bar) => ({ list, ...bar })))
    .filter(({ code }) => !(limitsToo && code === "limit-missing"));
  if (bars.length === 0) return html``;
  return html`<div class="card result result-warn">
    <p>今日尚不能决定：</p>
    <ul>
      ${bars.map(({ list, reason, article }) => html`<li>${wordOf(listWords, list)}：${reason.zh}（${article}）</li>`)}
    </ul>
  </div>`;
}

const dayOf = (date: string | undefined) => (date ? day(date) : "");
const changeOf = (place: string, name: string) => `${place}#field-${name.replaceAll(/[^\w-]/g, "-")}`;
