// Findings of the gates in plain words, Chinese first.
import type { GateFinding, GateThresholds } from "./schema.ts";

const wordings: Record<keyof GateThresholds, { zh: string; en: string; isShare: boolean }> = {
  shrink: { zh: "移出的比例过高", en: "it ends many of the live rows", isShare: true },
  growth: { zh: "新增的比例过高", en: "it adds many rows to the live ones", isShare: true },
  churn: { zh: "变更的比例过高", en: "it changes many of the live rows", isShare: true },
  rejects: { zh: "不合格行的比例过高", en: "many of its rows are rejected", isShare: true },
  unknownCourts: { zh: "新增行所涉法院多为未知", en: "many new rows are of courts not seen before", isShare: true },
  masked: { zh: "号码隐去的比例过高", en: "many of its numbers are masked", isShare: true },
  minors: { zh: "含有未成年人的行过多", en: "many of its rows name minors", isShare: false },
  fixedTermMissing: { zh: "缺少纳入期限未满的名单", en: "it lacks listings whose term still runs", isShare: false },
  endedWithoutCount: {
    zh: "未注明总行数而缺少较多名单",
    en: "it lacks many live rows and nobody said how many it must hold",
    isShare: true,
  },
};

/** One line: what was found, how many rows, and the bound. */
export function describeFinding({ gate, value, threshold, rows }: GateFinding): string {
  const { zh, en, isShare } = wordings[gate];
  const figures = isShare ? `${percent(value)} > ${percent(threshold)}` : `${value} > ${threshold}`;
  return `${zh} · ${en} (${gate}: ${rows} rows, ${figures})`;
}

function percent(share: number): string {
  return `${(100 * share).toLocaleString("en", { maximumFractionDigits: 2 })} %`;
}
