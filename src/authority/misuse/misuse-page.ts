// Alerts of all agencies, canaries among them, each with the forms by which the authority decides on it.
import { html } from "hono/html";
import type { getAllAlerts } from "../../checks/misuse/operations.ts";
import { alertsTable, type chosenMisuse, filterLinks, misuseFilters } from "../../console/index.ts";
import { type AnswerOf, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { nextPage, nothing, type Reader, submit } from "../../ui/index.ts";

export const MISUSE = "/authority/misuse";

type Alerts = AnswerOf<typeof getAllAlerts>;
type Alert = Alerts["data"][number];
export type MisusePage = { filter: ReturnType<typeof chosenMisuse>["filter"]; state: FormState };

export function misuseContent(reader: Reader, { data, nextCursor }: Alerts, { filter, state }: MisusePage): Markup {
  return html`${errorSummary(state, { reason: "理由" })}
    <h1>核查使用异常提示</h1>
    <p>提示不是对违规的认定。警示号码的提示不告知共享单位。办结后限制解除；再次出现的，另行提示。</p>
    ${filterLinks(MISUSE, misuseFilters, filter)}
    ${
      data.length === 0
        ? nothing("没有这样的提示。")
        : alertsTable(data, [
            {
              heading: "单位",
              cell: ({ agencyId, agencyName }) => html`<a href="/authority/agencies/${agencyId}">${agencyName}</a>`,
            },
            { heading: "办理", cell: (alert) => acts(reader, alert, state) },
          ])
    }
    ${nextPage(MISUSE, { state: filter }, nextCursor)}`;
}

function acts(reader: Reader, alert: Alert, state: FormState): Markup {
  return html`${alert.state === "open" ? actForm(reader, alert, "acknowledge", state) : ""}
  ${alert.state === "closed" ? "" : actForm(reader, alert, "close", state)}`;
}

const labels = { acknowledge: "开始核实", close: "办结" };
export type MisuseAct = keyof typeof labels;

function actForm({ csrfToken }: Reader, { id, agencyName }: Alert, act: MisuseAct, given: FormState): Markup {
  const form = `${act}-${id}`;
  const isAgain = given.form === form;
  const state = isAgain ? given : { values: {}, refusal: null, form };
  return html`<details class="act" ${isAgain ? html`open` : ""}>
    <summary>${labels[act]}<span class="unseen">${agencyName}的提示</span></summary>
    <form method="post" action="${MISUSE}/${id}/${act}">
      ${hiddenFields(csrfToken)} ${field({ name: "reason", label: "理由", state, required: true, maxlength: 500 })}
      ${submit(labels[act], "secondary")}
    </form>
  </details>`;
}
