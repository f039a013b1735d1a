// Courts as the register knows them: those that a name or code finds, and one with its place and names.
import { html } from "hono/html";
import type { getCourt, listCourts } from "../../courts/operations.ts";
import { courtLevelWords } from "../../courts/words.ts";
import { type AnswerOf, day, emptyForm, field, type Markup, nothing, summaryList, table } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";

export const COURTS = "/workbench/courts";
/** Three and a half thousand courts are no page: a name narrows them down. */
const SHOWN_MAX = 200;

type Courts = AnswerOf<typeof listCourts>["data"];
const link = (code: string): Markup => html`<a href="${COURTS}/${encodeURIComponent(code)}">${code}</a>`;

/** Without a name, the reader's own court and those below it. */
export function courtsContent(courts: Courts, name: string, own: string | null): Markup {
  const isMeant = (court: Courts[number]) =>
    name === "" ? court.code === own || court.higherCourt === own : court.name.includes(name) || court.code === name;
  const found = courts.filter(isMeant);
  return html`<h1>法院目录</h1>
    <form class="card row" method="get" action="${COURTS}" role="search" aria-label="查找法院">
      ${field({ name: "name", label: "名称或者代字", state: emptyForm, initial: name, required: true, maxlength: 100 })}
      <button class="button-secondary">查找</button>
    </form>
    ${
      found.length === 0
        ? nothing("没有这样的法院。")
        : table(
            name === "" ? "本院及其下级法院" : "找到的法院",
            ["代字", "名称", "层级", "上一级法院"],
            found
              .slice(0, SHOWN_MAX)
              .map((court) => [
                link(court.code),
                court.name,
                wordOf(courtLevelWords, court.level),
                court.higherCourt && link(court.higherCourt),
              ]),
          )
    }
    ${found.length > SHOWN_MAX ? html`<p class="soft">另有 ${found.length - SHOWN_MAX} 个，请填写更完整的名称。</p>` : ""}`;
}

export function courtContent({ code, name, names, ...court }: AnswerOf<typeof getCourt>, mayWatch: boolean): Markup {
  return html`<h1>${name}</h1>
    ${mayWatch ? html`<p><a href="${COURTS}/${encodeURIComponent(code)}/audit">办理留痕</a></p>` : ""}
    ${summaryList([
      { label: "代字", value: code },
      { label: "层级", value: wordOf(courtLevelWords, court.level) },
      { label: "行政区划", value: court.region },
      { label: "上一级法院（复议）", value: court.higherCourt && link(court.higherCourt) },
      ...(court.successor ? [{ label: "职能由其承接", value: link(court.successor) }] : []),
    ])}
    <h2>名称沿革</h2>
    ${table(
      "各时期的名称",
      ["名称", "正式名称", "自", "至"],
      names.map((known) => [known.name, known.official ? "是" : "否", day(known.validFrom), day(known.validUntil)]),
    )}`;
}
