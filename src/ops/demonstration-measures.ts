// What the demonstration's agency has switched on, so that a newcomer sees answers with measures: approved beforehand by
// invented people, and every basis says that it is a demonstration.
import { approveMeasure, type MeasureProposal, proposeMeasure } from "../agencies/index.ts";
import type { Transaction } from "../platform/database.ts";

const ACTOR = { auditName: "system:demonstration", person: "person:演示单位联络员" };
const APPROVALS = [
  { authority: "credit", person: "person:演示信用牵头部门", name: "信用牵头部门审批人（演示）" },
  { authority: "court", person: "person:演示法院", name: "法院审批人（演示）" },
] as const;
const DESK = "服务大厅人工复核席（演示），当场受理";

export async function switchOnDemonstration(
  tx: Transaction,
  { agencyId, today, now }: { agencyId: string; today: string; now: Date },
): Promise<void> {
  const document = { number: "演示审批表1号", datedOn: today };
  for (const proposal of proposals(today)) {
    const { id } = await proposeMeasure(tx, ACTOR, { agencyId, proposal, now });
    for (const approval of APPROVALS) await approveMeasure(tx, ACTOR, { ...approval, document, id, now });
  }
}

function proposals(validFrom: string): MeasureProposal[] {
  const basicList = { edition: "2024", item: "（演示）" };
  const national = (code: string, purpose: string, legalBasis: string, article: string) => ({
    code,
    purposes: [purpose],
    legalBasis: `${legalBasis}（演示）`,
    article,
    basicList,
    validFrom,
  });
  const limit = "最高人民法院关于限制被执行人高消费及有关消费的若干规定";
  return [
    national("OP2016-01-07", "procurement.supplier_qualification", "中办国办2016年意见", "第1类第7项"),
    national("TENDER285-1", "tender.bid_evaluation", "法〔2016〕285号通知", "投标人"),
    national("STAT-COMPANY-178-5", "company.director_filing", "公司法(2023)", "第178条第1款第5项"),
    { ...national("OP2016-07-01", "travel.ticketing", "中办国办2016年意见", "第7类第1项"), humanDesk: DESK },
    { ...national("LIM2015-1", "travel.ticketing", limit, "第3条第1项"), humanDesk: DESK },
    national("LIM2015-4", "office.lease", limit, "第3条第4项"),
    {
      code: "LOCAL-YS-01",
      title: "住房公积金贷款从严审核（演示）",
      effect: "strict_review",
      decision: "officer",
      purposes: ["housing_fund.loan"],
      lists: ["dishonest"],
      roles: ["self", "co_applicant", "guarantor"],
      subjectKinds: ["natural_person"],
      conditions: ["还款能力由经办人另行核实"],
      regulation: {
        title: "演示市社会信用条例（演示，并无此条例）",
        number: "演示1号",
        article: "第三十条",
        link: "https://example.invalid/regulation",
      },
      validFrom,
    },
  ];
}
