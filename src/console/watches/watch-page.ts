// Parties that the agency watches, and the form that adds one.
import { html } from "hono/html";
import { partyRoleWords } from "../../agencies/words.ts";
import { documentWords } from "../../identity/words.ts";
import type { getWatches } from "../../subscriptions/watches/operations.ts";
import { watchEndWords } from "../../subscriptions/words.ts";
import { type AnswerOf, day, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { nextPage, nothing, type Reader, select, submit, table, tag } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { type Agency, matterFields } from "../checks/form-page.ts";
import { filterLinks } from "../filter-page.ts";

type Watches = AnswerOf<typeof getWatches>;
type Watch = Watches["data"][number];

export const watchFilters = { live: "关注中", ended: "已结束" };
export type WatchState = keyof typeof watchFilters;

const labels = {
  purpose: "事由",
  caseReference: "办理事项编号",
  "subjects/0/name": "姓名（名称）",
  "subjects/0/document/type": "证件类型",
  "subjects/0/document/number": "证件号码",
  "subjects/0/role": "身份",
  expiresOn: "关注至",
};

export type WatchLists = { agency: Agency; watches: Watches; state: WatchState };

export function watchesContent(reader: Reader, { agency, watches, state }: WatchLists, form: FormState): Markup {
  const titles = new Map(agency.purposes.map(({ code, title }) => [code, title]));
  return html`${errorSummary(form, labels)}
    <h1>关注</h1>
    <p>当事人列入或者移出名单时通知本单位。是否已在名单上，以核查为准。</p>
    ${filterLinks("/console/watches", watchFilters, state)}
    ${
      watches.data.length === 0
        ? nothing("没有这样的关注。")
        : table(
            "本单位关注的当事人",
            ["当事人", "事由", "事项编号", "关注至", "状态", ""],
            watches.data.map((watch) => [
              partyOf(watch),
              titles.get(watch.purpose) ?? watch.purpose,
              watch.caseReference,
              day(watch.expiresOn),
              watch.state === "live" ? tag("关注中", "info") : tag(wordOf(watchEndWords, watch.endedAs)),
              watch.state === "live" ? withdrawForm(reader, watch) : "",
            ]),
          )
    }
    ${nextPage("/console/watches", { state }, watches.nextCursor)} ${newWatchForm(reader, agency, form)}`;
}

function partyOf({ subject }: Watch): Markup {
  if (!subject) return html`<span class="soft">已删除</span>`;
  return html`${subject.name}<br /><span class="soft masked">${subject.document.masked}</span>`;
}

function withdrawForm({ csrfToken }: Reader, { id, caseReference }: Watch): Markup {
  return html`<form method="post" action="/console/watches/${id}/withdraw">
    ${hiddenFields(csrfToken)}<button class="button-plain">取消<span class="unseen">${caseReference}</span></button>
  </form>`;
}

function newWatchForm({ csrfToken }: Reader, agency: Agency, state: FormState): Markup {
  const roles = new Set(["self", ...agency.purposes.flatMap(({ roles }) => roles)]);
  return html`<h2>新增关注</h2>
    <form class="card" method="post" action="/console/watches">
      ${hiddenFields(csrfToken)} ${matterFields(agency, state)}
      ${field({ name: "subjects/0/name", label: labels["subjects/0/name"], state, required: true, maxlength: 200, width: "medium" })}
      <div class="row">
        ${select({
          name: "subjects/0/document/type",
          label: labels["subjects/0/document/type"],
          choices: choicesOf(documentWords),
          initial: "resident_id",
          state,
          required: true,
        })}
        ${field({ name: "subjects/0/document/number", label: labels["subjects/0/document/number"], state, required: true, maxlength: 40 })}
      </div>
      <div class="row">
        ${select({
          name: "subjects/0/role",
          label: labels["subjects/0/role"],
          choices: choicesOf(partyRoleWords, [...roles]),
          initial: "self",
          state,
          required: true,
        })}
        ${field({ name: "expiresOn", label: labels.expiresOn, hint: "最长一年。", type: "date", state, required: true })}
      </div>
      ${submit("关注")}
    </form>`;
}
