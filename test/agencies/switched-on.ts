// Measures of an agency in tests: switched on as the law wants it, by people that differ.
import { newUuid } from "../../src/platform/id.ts";
import { agencyMeasure } from "../../src/agencies/schema.ts";
import type { TestService } from "../service.ts";

export type Row = typeof agencyMeasure.$inferInsert;

/** Of the agency of the service, for the purpose of `checkOf`; name only what matters. */
export async function switchOn({ db, agencyId }: TestService, over: Partial<Row> = {}): Promise<string> {
  const id = newUuid();
  const approval = { person: "x", name: "x", at: "x", document: null, recordedBy: "x" };
  await db.insert(agencyMeasure).values({
    id,
    agencyId,
    code: "OP2016-01-07",
    title: "参与政府投资项目或主要使用财政性资金项目限制",
    effect: "restrict",
    decision: "officer",
    purposes: ["procurement.supplier_qualification"],
    lists: ["dishonest"],
    roles: ["self", "bidder", "consortium_member"],
    subjectKinds: ["natural_person", "legal_person", "unincorporated_org"],
    conditions: [],
    legalBasis: "中办国办2016年意见",
    article: "第1类第7项",
    edition: "2026",
    basicListEdition: "2024",
    basicListItem: "1",
    validFrom: "2026-01-01",
    proposedBy: "operator:test",
    proposedAt: new Date(),
    creditApproval: approval,
    courtApproval: approval,
    ...over,
  });
  return id;
}
