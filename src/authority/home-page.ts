// Where the credit authority begins: what is overdue, and what waits for its approval.
import { html } from "hono/html";
import { approveForm, measureCard } from "../console/index.ts";
import type { listAwaitingMeasuresOperation } from "../courts/measures/operations.ts";
import { type AnswerOf, countOf, figureLinks, type Markup, nextPage, nothing, type Reader } from "../ui/index.ts";

type Page = { data: readonly unknown[]; hasMore: boolean };
export type Overdue = { tasks: Page; lifts: Page; notices: Page; requests: Page; proposals: Page; alerts: Page | null };

export function homeContent({ tasks, lifts, notices, requests, proposals, alerts }: Overdue): Markup {
  const figures = [
    { href: "/authority/feedback", label: "逾期未反馈", value: countOf(tasks) },
    { href: "/authority/lifts", label: "逾期未解除", value: countOf(lifts) },
    { href: "/authority/notices", label: "逾期未确认移出", value: countOf(notices) },
    { href: "/authority/identity", label: "法院逾期未答复", value: countOf(requests) },
    { href: "/authority/measures", label: "措施待批准", value: countOf(proposals) },
    ...(alerts ? [{ href: "/authority/misuse", label: "异常提示待核实", value: countOf(alerts) }] : []),
  ];
  return html`<h1>概览</h1>
    ${figureLinks(figures)}
    <p><a class="button-secondary" href="/authority/agencies">共享单位</a></p>`;
}

type Proposals = AnswerOf<typeof listAwaitingMeasuresOperation>;

export function proposalsContent(reader: Reader, { data, nextCursor }: Proposals, mayAct: boolean): Markup {
  return html`<h1>措施审批</h1>
    <p>提出人不得批准本人提出的措施。两方批准后，自启用日期起出现在核查结果中。</p>
    ${
      data.length === 0
        ? nothing("没有待批准的措施。")
        : data.map((measure) => measureCard(measure, approval(reader, measure, mayAct), measure.agency))
    }
    ${nextPage("/authority/measures", {}, nextCursor)}`;
}

function approval(reader: Reader, { id, agencyId, approvals }: Proposals["data"][number], mayAct: boolean): Markup {
  if (!mayAct || approvals.creditAuthority) return html``;
  return approveForm(reader, `/authority/agencies/${agencyId}/measures/${id}`);
}
