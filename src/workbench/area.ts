// The frame of the workbench: its links, by what each role has to do, and the page around what a part shows.
import { staffRoles } from "../courts/index.ts";
import type { PageDoor } from "../portal/index.ts";
import { insidePage, type Markup, type OwnApi, type Reader } from "../ui/index.ts";

export type WorkbenchOptions = { api: OwnApi; door: PageDoor; demonstration: boolean };

type Role = (typeof staffRoles)[number];
type Link = { href: string; label: string; roles: readonly Role[] };

/** Whoever works on the matters of a court, and who looks over their shoulder. */
export const officers = ["clerk", "judge", "president"] as const satisfies readonly Role[];
export const readers = [...officers, "auditor"] as const satisfies readonly Role[];
export const everybody: readonly Role[] = staffRoles;

const links: readonly Link[] = [
  { href: "/workbench", label: "首页", roles: everybody },
  { href: "/workbench/listings", label: "名单信息", roles: readers },
  { href: "/workbench/drafting", label: "草拟", roles: officers },
  { href: "/workbench/decisions", label: "待决定", roles: readers },
  { href: "/workbench/search", label: "查找", roles: readers },
  { href: "/workbench/objections", label: "纠正申请", roles: readers },
  { href: "/workbench/identity-requests", label: "身份核实", roles: readers },
  { href: "/workbench/take-downs", label: "移出后续", roles: readers },
  { href: "/workbench/loads", label: "数据报送", roles: readers },
  { href: "/workbench/measures", label: "惩戒措施", roles: ["judge", "president"] },
  { href: "/workbench/staff", label: "人员账号", roles: ["president", "auditor", "security_admin"] },
  { href: "/workbench/courts", label: "法院目录", roles: everybody },
  { href: "/operator", label: "运行情况", roles: ["system_admin", "security_admin"] },
];

export type WorkbenchPage = {
  title: string;
  reader: Reader;
  /** The link that the reader is at. */
  current: string;
  content: Markup;
};

export function workbenchPage(
  { demonstration }: Pick<WorkbenchOptions, "demonstration">,
  given: WorkbenchPage,
): Markup {
  const { reader } = given;
  const shown = links.filter(({ roles }) => roles.some((role) => role === reader.role));
  return insidePage({ ...given, area: { name: "法院工作台", links: shown }, demonstration });
}
