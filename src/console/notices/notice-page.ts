// What the agency was told of listings that it was shown, and acknowledges.
import { html } from "hono/html";
import { exitWords } from "../../registry/words.ts";
import type { getNotices } from "../../subscriptions/notices/operations.ts";
import { noticeKindWords, noticeStateWords } from "../../subscriptions/words.ts";
import { type AnswerOf, day, hiddenFields, type Markup, moment, nextPage, nothing } from "../../ui/index.ts";
import { type Reader, submit, table, tag } from "../../ui/index.ts";
import { wordOf, wordsFor } from "../../ui/index.ts";
import { filterLinks } from "../filter-page.ts";

type Notices = AnswerOf<typeof getNotices>;
type Notice = Notices["data"][number];

export const noticeFilters = wordsFor(noticeStateWords, ["open", "overdue", "acknowledged", "told"]);
export type NoticeFilter = keyof typeof noticeFilters;

const tones = { open: "warn", overdue: "bad", acknowledged: "good", superseded: "plain", told: "plain" } as const;
const isOpen = ({ state }: Notice) => state === "open" || state === "overdue";

export function noticesContent(reader: Reader, state: NoticeFilter, { data, nextCursor }: Notices): Markup {
  return html`<h1>名单变动通知</h1>
    <p>本单位查得过的名单信息移出、更正的，在此告知。登记解除即视为确认该信息的移出。</p>
    ${filterLinks("/console/notices", noticeFilters, state)}
    ${
      data.length === 0
        ? nothing("没有这样的通知。")
        : html`<form method="post" action="/console/notices">
            ${hiddenFields(reader.csrfToken)} ${noticesTable(data)} ${data.some(isOpen) ? submit("确认所选通知") : ""}
          </form>`
    }
    ${nextPage("/console/notices", { state }, nextCursor)}`;
}

function noticesTable(rows: readonly Notice[]): Markup {
  return table(
    "名单变动通知",
    ["选择", "通知时间", "变动", "名单信息", "确认期限", "状态"],
    rows.map((notice) => [
      isOpen(notice)
        ? html`<label class="choice"
            ><input type="checkbox" name="notices" value="${notice.id}" checked /><span class="unseen"
              >${moment(notice.toldAt)}的通知</span
            ></label
          >`
        : "",
      moment(notice.toldAt),
      html`${wordOf(noticeKindWords, notice.kind)}${notice.operation ? `：${wordOf(exitWords, notice.operation)}` : ""}`,
      html`<code>${notice.listing}</code>`,
      day(notice.dueOn),
      tag(wordOf(noticeStateWords, notice.state), tones[notice.state]),
    ]),
  );
}
