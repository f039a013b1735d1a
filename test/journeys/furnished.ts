// A city in which every page has something to show, and everybody who reads pages.
import { expect, vi } from "vitest";
import { changeSource } from "../../src/feeds/index.ts";
import { publicId } from "../../src/platform/id.ts";
import { addDays } from "../../src/platform/time.ts";
import { localProposalOf } from "../agencies/switched-on.ts";
import { signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { fileOf, openSender, rowsOf } from "../feeds/sender.ts";
import { formOf, newCase } from "../registry/courthouse.ts";
import { listingOf } from "../service.ts";
import { type Agency, type City, openCity, partyOf } from "./city.ts";

/** `paths` are where the reader begins; the rest is found by following links. */
export type PageReader = { paths: string[]; headers?: Record<string, string> };
export type Furnished = Awaited<ReturnType<typeof openFurnishedCity>>;

const PURPOSE = "procurement.supplier_qualification";
const measure = {
  code: "OP2016-01-07",
  legalBasis: "中办国办2016年意见",
  article: "第1类第7项",
  basicList: { edition: "2024", item: "（测试）" },
};

export async function openFurnishedCity() {
  const city = await openCity();
  const { service } = city;
  const agency = await city.openAgency("采购中心", PURPOSE);
  await agency.switchOn(measure);
  await agency.propose(localProposalOf());
  const court = await furnishCourt(city);
  const asked = await furnishAgency(city, agency);
  const agencyStaff = (role: "agency_officer" | "agency_liaison" | "credit_authority") =>
    signInAgencyStaff(service, role, agency.agencyId);
  const courtStaff = async (role: "auditor" | "security_admin" | "system_admin") =>
    (await signInStaff(service, role)).headers;
  const readers = {
    public: { paths: ["/", "/search", ...court.portal] },
    clerk: { paths: ["/workbench", ...court.workbench], headers: city.clerk.headers },
    judge: { paths: ["/workbench"], headers: city.judge.headers },
    president: { paths: ["/workbench"], headers: city.president.headers },
    auditor: { paths: ["/workbench"], headers: await courtStaff("auditor") },
    security: { paths: ["/workbench/staff", "/operator"], headers: await courtStaff("security_admin") },
    officer: { paths: ["/console", ...asked], headers: await agencyStaff("agency_officer") },
    liaison: { paths: ["/console"], headers: await agencyStaff("agency_liaison") },
    authority: {
      paths: ["/authority", `/authority/agencies/${publicId("agy", agency.agencyId)}/measures`],
      headers: await agencyStaff("credit_authority"),
    },
  } satisfies Record<string, PageReader>;
  return { city, readers };
}

/** Resolves with pages that no link of the list's first row leads to. */
async function furnishCourt(city: City): Promise<{ portal: string[]; workbench: string[] }> {
  const { clerk } = city;
  const { listing } = await city.list();
  const notice = { endsOn: addDays(city.today(), -20), warned: true };
  const form = { receivedOn: addDays(city.today(), -3), notice };
  await city.draft(formOf(newCase(), { form, listing: { groundAroseOn: addDays(city.today(), -10) } }));
  const objection = await sent(city, clerk.headers, "/v1/objections", {
    listing: listing.id,
    ground: "not_listable",
    channel: "window",
    receivedOn: city.today(),
    statement: "债务早已清偿，不应列入名单。",
  });
  const draft = await sent(city, clerk.headers, "/v1/draft-forms", { fields: fieldsOf(city.today()) });
  const [activated] = await sendLoads(city);

  const shown = await city.list();
  await sent(city, clerk.headers, `/v1/listings/${shown.listing.id}/publications`, {
    channel: "television",
    recipient: "测试电视台（演示）",
    publishedOn: city.today(),
  });
  await city.perform(shown.listing);
  await untilAny(() => city.rowsOf("/v1/take-down-tasks?state=open", clerk.headers));

  const drafting = `/workbench/drafting/${String(draft["id"])}`;
  return {
    portal: [`/search/listings/${listing.id}`, `/objections/received/${String(objection["id"])}`],
    workbench: [
      drafting,
      `${drafting}/check`,
      `/workbench/listings/${listing.id}/acts/exit?operation=revoke`,
      `/workbench/publications/${shown.listing.id}`,
      `${activated}/receipt`,
      `${activated}/rejections`,
    ],
  };
}

/** What a clerk typed before handing it up. */
function fieldsOf(today: string): Record<string, string> {
  const { caseNumber, name, number } = newCase();
  const checklist = ["security_given", "property_controlled", "later_in_order", "not_refusing"];
  return {
    count: "1",
    caseNumber,
    initiatedBy: "creditor",
    receivedOn: addDays(today, -3),
    "notice/endsOn": addDays(today, -20),
    "notice/warned": "true",
    "parties/0/name": name,
    "parties/0/document/type": "resident_id",
    "parties/0/document/number": number,
    "parties/0/lists": "dishonest",
    "parties/0/obligation": "偿还借款人民币10000元",
    "parties/0/listing/grounds": "G1",
    "parties/0/listing/groundAroseOn": addDays(today, -10),
    ...Object.fromEntries(checklist.map((bar) => [`parties/0/listing/checklist/${bar}`, "absent"])),
    "parties/0/listing/term/kind": "open",
  };
}

/** The court's list of an agency that sends it: one that was activated and one that is held; resolves with their pages. */
async function sendLoads({ service }: City): Promise<string[]> {
  const sender = await openSender(service, "siming-court");
  const change = { scope: "court" as const, scopeCode: "闽0203" };
  await service.db.transaction((tx) => changeSource(tx, "operator:test", sender.source, change));
  const faulty = Buffer.concat([fileOf(rowsOf(30, 700)), Buffer.from("{}\n")]);
  const activated = await sender.send(faulty, { rows: 31 });
  const held = await sender.send(fileOf(rowsOf(20, 700)), { rows: 20 });
  expect([activated.state, held.state]).toEqual(["activated", "held"]);
  return [activated, held].map(({ id }) => `/workbench/loads/${sender.source}/${id}`);
}

/** Resolves with pages that no link of a list's first row leads to. */
async function furnishAgency(city: City, agency: Agency): Promise<string[]> {
  const receiver = await agency.receive();
  const hit = async (matter: string) => {
    const listed = await city.list();
    return { ...listed, check: await agency.check(partyOf(listed.matter), matter) };
  };
  await hit("XM-2026-OPEN");
  const ended = await hit("XM-2026-LIFT");
  const { sanction } = await agency.impose(ended.check, "XM-2026-LIFT");
  const revoked = await hit("XM-2026-REVIEW");
  await agency.impose(revoked.check, "XM-2026-REVIEW", { duration: "once" });
  await city.perform(ended.listing);
  await city.act(city.judge, revoked.listing, "exit", {
    exit: { operation: "revoke" },
    reasonAroseOn: city.today(),
    reachedCourtOn: city.today(),
    reason: "不应列入",
  });
  await receiver.told("lift.due", sanction);
  await untilAny(() => agency.rows("/v1/past-refusal-reviews?state=open"));

  await askCourt(city, agency);
  const answered = await askCourt(city, agency);
  await answerAgency(city, answered.request);
  const { body: batch } = await agency.send("/v1/checks/batch", {
    purpose: PURPOSE,
    caseReference: "XM-2026-BATCH",
    subjects: [partyOf(revoked.matter)],
  });
  const bulk = await city.service.request
    .post("/v1/bulk-checks")
    .query({ purpose: PURPOSE, caseReference: "XM-2026-BULK", operator: "officer 0417" })
    .set({ ...agency.headers, "Content-Type": "application/x-ndjson" })
    .send(`${JSON.stringify(partyOf(revoked.matter))}\n`);
  expect(bulk.status).toBe(202);
  await agency.send("/v1/watches", {
    subject: partyOf(revoked.matter),
    purpose: PURPOSE,
    caseReference: "XM-2026-WATCH",
  });
  return [
    `/console/batches/${String(batch["id"])}/certificate`,
    `/console/checks/${answered.check}/identity?listing=${answered.listing}`,
    `/console/identity/${answered.request}/redress`,
  ];
}

/** Somebody under the mask of a number: the agency asks the court whether it is the same person. */
async function askCourt(city: City, agency: Agency) {
  const { name, number, caseNumber } = newCase();
  const document = { masked: `${number.slice(0, 10)}****${number.slice(14)}` };
  await city.service.publish(listingOf({ name, document }, { caseNumber }));
  const { id, matches } = await agency.check(partyOf({ name, number }), caseNumber);
  const listing = matches[0]?.listingId;
  const question = { checkId: id, listingId: listing, proofs: ["id_document"] };
  const { status, body } = await agency.send("/v1/identity-requests", question);
  expect(status).toBe(201);
  return { check: id, listing, request: String(body["id"]) };
}

async function answerAgency({ service, judge }: City, id: string): Promise<void> {
  const path = `/v1/identity-requests/${id}`;
  const { headers } = await service.request.get(path).set(judge.headers);
  const { status } = await service.request
    .post(`${path}/answer`)
    .set({ ...judge.headers, "If-Match": headers["etag"] ?? "" })
    .send({ finding: "different", reasons: "经与执行卷宗核对" });
  expect(status).toBe(200);
}

/** What follows from an act comes a moment later. */
const untilAny = (rows: () => Promise<unknown[]>) =>
  vi.waitFor(async () => expect(await rows()).not.toEqual([]), { timeout: 20_000, interval: 50 });

async function sent(city: City, headers: Record<string, string>, path: string, body: object) {
  const answer = await city.send(headers, path, body);
  expect([path, answer.status, answer.body["errors"]]).toEqual([path, 201, undefined]);
  return answer.body;
}
