// The 53 agencies of the platform: 24 ask from inside their own systems, 29 upload batches. Their order and numbers are
// Xiamen's of 2018; which agency asks for what is invented, and so are they.
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import type { Database } from "../../src/platform/database.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";

/** Each entry: name, purpose, and the role in which it asks about a party. */
type Entry = readonly [name: string, purpose: string, role?: string];

/** The first one, the provident fund, asks by itself for every application. */
const embedded: readonly Entry[] = [
  ["住房公积金中心", "housing_fund.loan"],
  ["公共资源交易中心", "tender.bid_evaluation", "bidder"],
  ["财政局", "procurement.supplier_qualification", "bidder"],
  ["市场监督管理局", "company.director_filing", "director"],
  ["不动产登记中心", "realestate.transfer_registration"],
  ["税务局", "tax.preferential_policy"],
  ["人力资源和社会保障局", "hr.promotion_or_award"],
  ["工业和信息化局", "subsidy.application"],
  ["住房和建设局", "construction.qualification"],
  ["自然资源和规划局", "land.bidding", "bidder"],
  ["科学技术局", "policy_support.application"],
  ["商务局", "subsidy.application"],
  ["地方金融监督管理局", "finance.guarantee_company"],
  ["民政局", "civil_affairs.social_org_registration", "founder"],
  ["发展和改革委员会", "investment.project_participation", "bidder"],
  ["公务员局", "hr.civil_service_recruitment"],
  ["车辆管理所", "vehicle.registration"],
  ["海关", "customs.aeo_certification"],
  ["农业农村局", "subsidy.application"],
  ["文化和旅游局", "travel.tour_booking"],
  ["交通运输局", "licence.hazardous_chemicals"],
  ["产权交易中心", "state_assets.transaction", "bidder"],
  ["国有资产监督管理委员会", "soe.appointment"],
  ["行政审批管理局", "licence.food_drug"],
];

const uploading: readonly Entry[] = [
  ["银行业监督管理局", "finance.institution_licence"],
  ["证券监督管理局", "finance.private_fund_officer"],
  ["中心支行", "finance.executive_qualification"],
  ["应急管理局", "licence.hazardous_chemicals"],
  ["生态环境局", "supervision.random_inspection"],
  ["水利局", "tender.agency_engagement"],
  ["市政园林局", "forestry.project_application"],
  ["海洋发展局", "natural_resource.project_application"],
  ["教育局", "education.private_school_enrolment"],
  ["卫生健康委员会", "honours.award_review"],
  ["司法局", "honours.lawyer_award"],
  ["审计局", "supervision.random_inspection"],
  ["统计局", "supervision.random_inspection"],
  ["体育局", "honours.award_review"],
  ["征兵办公室", "military.recruitment"],
  ["组织部", "party.membership_review"],
  ["选举委员会", "election.candidate_review"],
  ["总工会", "honours.award_review"],
  ["工商业联合会", "honours.award_review"],
  ["事业单位登记管理局", "public_institution.legal_rep_registration"],
  ["人民陪审员选任办公室", "court.juror_selection"],
  ["机关事务管理局", "procurement.supplier_qualification", "bidder"],
  ["港口管理局", "customs.clearance"],
  ["思明区人民政府", "subsidy.application"],
  ["湖里区人民政府", "subsidy.application"],
  ["集美区人民政府", "subsidy.application"],
  ["海沧区人民政府", "subsidy.application"],
  ["同安区人民政府", "subsidy.application"],
  ["翔安区人民政府", "subsidy.application"],
];

export type Agency = {
  key: string;
  manner: "automatic" | "embedded" | "uploading";
  purpose: string;
  role: string;
};

/** Creates every agency with its purpose and a key, the provident fund first. */
export async function enrolAgencies(db: Database, ring: KeyRing): Promise<Agency[]> {
  const actor = "operator:replay";
  const entries = [...embedded, ...uploading];
  return db.transaction(async (tx) => {
    const agencies: Agency[] = [];
    for (const [index, [name, purpose, role = "self"]] of entries.entries()) {
      const isEmbedded = index < embedded.length;
      const { id } = await createAgency(tx, actor, {
        name: `厦门市${name}（演示）`,
        purposes: [purpose],
        parentSystem: isEmbedded ? "业务审批系统（演示）" : undefined,
      });
      const { key } = await issueKey(tx, ring, actor, { agencyId: id });
      agencies.push({ key, manner: index === 0 ? "automatic" : isEmbedded ? "embedded" : "uploading", purpose, role });
    }
    return agencies;
  });
}
