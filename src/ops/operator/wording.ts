// The words of the operator's page for what readiness and metrics name in English.
import { clockWords } from "../../courts/words.ts";
import type { Words } from "../../ui/index.ts";

export const findingWords: Words = {
  accepting: "受理请求",
  database: "数据库",
  schema: "数据库结构",
  log: "公开日志",
};

/** What the page shows, in its parts; `names` are metrics, in their order. */
export const figureWords: readonly { title: string; names: readonly string[]; of: Words }[] = [
  part("公开日志与见证", {
    shixin_log_lag_seconds: "最早未被检查点覆盖的记录已等待（秒）",
    shixin_log_unpublished_entries: "尚未编号的记录",
    shixin_tlog_tree_size: "日志记录总数",
    shixin_log_unwitnessed_entries: "见证人尚未联署的记录",
  }),
  part("核查记录", {
    shixin_check_months_ahead: "已提前建立的月份分区",
    shixin_check_rest_rows: "未归入任何月份的记录",
  }),
  part("期限", {
    shixin_clocks_overdue: "逾期",
    shixin_clocks_due_unknown: "工作日历未覆盖的期限",
    shixin_calendar_known_through: "工作日历覆盖至",
  }),
  part("待办", {
    shixin_feedback_tasks: "待反馈",
    shixin_lift_obligations: "待解除惩戒",
    shixin_removals_unacknowledged: "未确认收悉的移出",
    shixin_bulk_checks: "批量核查文件",
    shixin_webhook_pending_deliveries: "待推送",
    shixin_webhook_oldest_pending_seconds: "最早的待推送已等待（秒）",
    shixin_webhook_endpoints: "推送地址",
    shixin_watches: "关注",
  }),
];

function part(title: string, of: Words) {
  return { title, names: Object.keys(of), of };
}

export const labelWords: Words = {
  open: "未办结",
  overdue: "逾期",
  due_unknown: "期限未定",
  queued: "排队",
  running: "进行中",
  enabled: "启用",
  disabled: "停用",
  active: "有效",
  ...clockWords,
};
