// What was done, in words, above the page that follows the act.
import { html } from "hono/html";
import { doneOf, errorSummary, type FormState, type Markup, notification } from "../ui/index.ts";

const doneWords: Readonly<Record<string, string>> = {
  reported: "反馈已登记。",
  lifted: "解除已登记。",
  reviewed: "复查结果已登记。",
  acknowledged: "已确认收悉。",
  asked: "核实请求已送法院。",
  watched: "关注已登记。",
  withdrawn: "已取消。",
  revoked: "密钥已吊销，即刻失效。",
  renewed: "控制台已重新启用。",
  changed: "已保存。",
  enabled: "已启用。",
  disabled: "已停用。",
  removed: "已移除。",
  resent: "已安排再次推送。",
  admitted: "共享单位已接入。请新增联络员账号。",
  investigating: "已登记，正在核实。",
  closed: "已办结，限制已解除。",
  approved: "已批准。",
  proposed: "已提出，待信用牵头部门和法院批准。",
};

export function withNotification(done: string | undefined, content: Markup): Markup {
  return html`${notification(doneOf(doneWords, done))}${content}`;
}

/** What was refused about a form whose fields need no other words than their own. */
export function withFaults(state: FormState, content: Markup): Markup {
  return html`${errorSummary(state)}${content}`;
}
