// Measures of agencies in tests: proposed by one, approved by two others, as the law wants it.
import { approveMeasure, parseProposal, proposeMeasure, withdrawMeasure } from "../../src/agencies/index.ts";
import type { Database } from "../../src/platform/database.ts";
import { newUuid } from "../../src/platform/id.ts";
import { agencyMeasure } from "../../src/agencies/schema.ts";

type Place = { db: Database; agencyId: string };
type Row = typeof agencyMeasure.$inferInsert;

/** A proposal for the purpose of `checkOf`; name only what matters. */
export function proposalOf(over: object = {}) {
  return {
    code: "OP2016-01-07",
    purposes: ["procurement.supplier_qualification"],
    legalBasis: "中办国办2016年意见",
    article: "第1类第7项",
    basicList: { edition: "2024", item: "（测试）" },
    validFrom: "2026-01-01",
    ...over,
  };
}

export function localProposalOf(over: object = {}) {
  return {
    code: "LOCAL-XM-1",
    title: "住房公积金贷款从严审核（测试）",
    effect: "strict_review",
    decision: "officer",
    purposes: ["procurement.supplier_qualification"],
    lists: ["dishonest"],
    roles: ["self"],
    subjectKinds: ["natural_person"],
    conditions: [],
    regulation: {
      title: "测试市社会信用条例",
      number: "测试1号",
      article: "第三十条",
      link: "https://example.invalid/1",
    },
    validFrom: "2026-01-01",
    ...over,
  };
}

export async function propose({ db, agencyId }: Place, json: unknown = proposalOf()): Promise<string> {
  const proposer = { auditName: "operator:test", person: "person:提出人" };
  const given = { agencyId, proposal: parseProposal(json), now: new Date() };
  return (await db.transaction((tx) => proposeMeasure(tx, proposer, given))).id;
}

export async function approve({ db }: Pick<Place, "db">, id: string, authority: "credit" | "court"): Promise<void> {
  const given = { id, authority, person: `person:${authority}`, name: authority, document: null, now: new Date() };
  await db.transaction((tx) => approveMeasure(tx, { auditName: "operator:test" }, given));
}

export async function withdraw({ db }: Pick<Place, "db">, id: string): Promise<void> {
  const given = { id, reason: "测试", now: new Date() };
  await db.transaction((tx) => withdrawMeasure(tx, { auditName: "operator:test", person: "person:other" }, given));
}

/** Proposed and approved by both. */
export async function switchOn(place: Place, json: unknown = proposalOf()): Promise<string> {
  const id = await propose(place, json);
  await approve(place, id, "credit");
  await approve(place, id, "court");
  return id;
}

/** A row of any words, for what an answer makes of them. */
export async function insertSwitchedOn({ db, agencyId }: Place, over: Partial<Row> = {}): Promise<string> {
  const id = newUuid();
  const approval = {
    person: "person:test",
    name: "测试",
    at: "2026-01-01T00:00:00Z",
    document: null,
    recordedBy: "test",
  };
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
    edition: "2026-11",
    basicListEdition: "2024",
    basicListItem: "（测试）",
    validFrom: "2026-01-01",
    proposedBy: "person:proposer",
    proposedAt: new Date(),
    creditApproval: approval,
    courtApproval: approval,
    ...over,
  });
  return id;
}
