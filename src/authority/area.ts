// The credit authority's area: the assessor finds the same pages, and reads.
import type { InsidePage, Reader } from "../ui/index.ts";

const links = [
  { href: "/authority", label: "概览" },
  { href: "/authority/agencies", label: "共享单位" },
  { href: "/authority/measures", label: "措施审批" },
  { href: "/authority/feedback", label: "逾期反馈" },
  { href: "/authority/lifts", label: "逾期解除" },
  { href: "/authority/notices", label: "逾期确认" },
  { href: "/authority/identity", label: "逾期核实" },
  { href: "/authority/statistics", label: "统计与考核" },
  { href: "/authority/figures", label: "公开统计" },
];
/** Of canaries only the authority itself knows. */
const confidential = [{ href: "/authority/misuse", label: "异常提示" }];

export function areaOf({ role }: Reader): InsidePage["area"] {
  return { name: "信用牵头部门", links: role === "credit_authority" ? [...links, ...confidential] : links };
}
