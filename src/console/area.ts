// The console as an area: its name, and the pages that each role finds in it.
import type { InsidePage, Reader } from "../ui/index.ts";

const working = [
  { href: "/console", label: "待办" },
  { href: "/console/check", label: "核查" },
  { href: "/console/batch", label: "批量核查" },
  { href: "/console/checks", label: "核查记录" },
  { href: "/console/tasks", label: "反馈" },
  { href: "/console/lifts", label: "解除" },
  { href: "/console/reviews", label: "复查" },
  { href: "/console/sanctions", label: "惩戒" },
  { href: "/console/identity", label: "身份核实" },
  { href: "/console/watches", label: "关注" },
  { href: "/console/notices", label: "变动通知" },
];
const administering = [
  { href: "/console/measures", label: "措施" },
  { href: "/console/keys", label: "密钥" },
  { href: "/console/people", label: "人员" },
  { href: "/console/webhooks", label: "推送" },
  { href: "/console/usage", label: "用量" },
  { href: "/console/misuse", label: "异常提示" },
  { href: "/console/statistics", label: "统计" },
];

export function areaOf({ role }: Reader): InsidePage["area"] {
  const links = role === "agency_liaison" ? [...working, ...administering] : working;
  return { name: "窗口控制台", links };
}
