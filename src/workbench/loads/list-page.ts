// The sources of a court, and the loads of one of them with the form that sends the next file.
import { html } from "hono/html";
import type { getLoads, getSources } from "../../feeds/operations.ts";
import { activationWords, feedScopeWords, loadModeWords, loadStateWords } from "../../feeds/words.ts";
import {
  type AnswerOf,
  choices,
  errorSummary,
  field,
  type FormState,
  hiddenFields,
  type Markup,
} from "../../ui/index.ts";
import { moment, nextPage, nothing, type Reader, submit, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { loadTones } from "./words.ts";

export const LOADS = "/workbench/loads";

export type Source = AnswerOf<typeof getSources>["data"][number];
type Loads = AnswerOf<typeof getLoads>;

const figures = new Intl.NumberFormat("zh-CN");

export const loadStateTag = (state: string): Markup => tag(wordOf(loadStateWords, state), loadTones[state]);

export function sourcesContent(sources: readonly { source: Source; newest: Loads["data"][number] | null }[]): Markup {
  return html`<h1>名单数据报送</h1>
    ${
      sources.length === 0
        ? nothing("本院没有报送来源。来源由平台运维登记，并注明所属法院。")
        : table(
            "报送来源",
            ["来源", "范围", "所属", "生效方式", "最近一批"],
            sources.map(({ source, newest }) => [
              html`<a href="${LOADS}/${source.name}">${source.name}</a>`,
              wordOf(feedScopeWords, source.scope),
              source.scopeCode,
              wordOf(activationWords, source.activation),
              newest && html`${loadStateTag(newest.state)} ${moment(newest.startedAt)}`,
            ]),
          )
    }`;
}

export type SourcePage = { source: string; page: Loads; reader: Reader; state: FormState; maySend: boolean };

export function sourceContent({ source, page, reader, state, maySend }: SourcePage): Markup {
  return html`${errorSummary(state, uploadLabels)}
    <h1>报送来源 ${source}</h1>
    ${
      page.data.length === 0
        ? nothing("还没有报送过数据。")
        : table(
            "各批数据，新的在前",
            ["文件", "方式", "状态", "读取", "新增", "移出", "不合格", "报送时间"],
            page.data.map(({ id, fileName, mode, state: of, counts, startedAt }) => [
              html`<a href="${LOADS}/${source}/${id}">${fileName}</a>`,
              wordOf(loadModeWords, mode),
              loadStateTag(of),
              ...[counts.read, counts.new, counts.ended, counts.rejected].map(
                (rows) => html`<span class="number">${figures.format(rows)}</span>`,
              ),
              moment(startedAt),
            ]),
          )
    }
    ${nextPage(`${LOADS}/${source}`, {}, page.nextCursor)} ${maySend ? uploadForm(source, reader, state) : ""}`;
}

const uploadLabels = { rows: "总行数", asOf: "数据截止时间", sha256: "SHA-256", name: "文件", bytes: "文件" };

/** The file comes last: what is said of it is read before its bytes are. */
function uploadForm(source: string, reader: Reader, state: FormState): Markup {
  return html`<h2>报送新的一批</h2>
    <form class="card" method="post" action="${LOADS}/${source}" enctype="multipart/form-data">
      ${hiddenFields(reader.csrfToken)}
      ${choices({
        name: "mode",
        label: "方式",
        state,
        initial: "delta",
        choices: [
          { value: "snapshot", label: "全量", hint: "文件是全部名单：其中没有的将移出。" },
          { value: "delta", label: "增量", hint: "文件只含新增、变更和注明移出的名单。" },
        ],
      })}
      ${field({ name: "rows", label: "总行数", hint: "全量文件未注明总行数的，不能移出较多名单。", type: "number", inputmode: "numeric", state, width: "short" })}
      ${field({ name: "asOf", label: "数据截止时间", hint: "此后法院办理的移出不受本文件影响；不填写的，为二十四小时以前。", type: "datetime-local", state, width: "medium" })}
      ${field({ name: "sha256", label: "文件的 SHA-256", state, maxlength: 64 })}
      <div class="field">
        <label for="upload-file">文件</label>
        <p id="upload-file-hint" class="soft hint">JSON Lines、JSON 数组或者 CSV，可用 gzip、zip 压缩；最大 20 GB。</p>
        <input id="upload-file" name="file" type="file" required aria-describedby="upload-file-hint" />
      </div>
      ${submit("报送")}
    </form>`;
}
