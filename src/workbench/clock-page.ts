// How a clock is read: the working days that are left of it, as the API counts them.
import { type Markup, tag } from "../ui/index.ts";

type Left = { dueOn: string | null; workingDaysLeft: number | null };

export function daysLeft({ dueOn, workingDaysLeft: left }: Left): Markup {
  if (dueOn === null) return tag("工作日历未载入", "warn");
  if (left === null) return tag("未到期", "plain");
  if (left < 0) return tag(`逾期${-left}个工作日`, "bad");
  if (left === 0) return tag("今日到期", "warn");
  return tag(`剩${left}个工作日`, left <= 3 ? "warn" : "plain");
}
