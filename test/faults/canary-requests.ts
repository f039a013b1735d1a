// Requests and files that carry canary identities: where they belong, and in every wrong place that a caller may think of.
import { canaryDocuments, canaryKey, canaryNames, canaryOrganisation } from "../canaries.ts";
import { PURPOSE } from "../service.ts";

export type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: string };

const documents = Object.values(canaryDocuments);
const organisationTypes = new Set<string>(["uscc", "organization_code", "registration_number"]);

function nameFor(type: string, index: number): string {
  return organisationTypes.has(type) ? canaryOrganisation : (canaryNames[index % canaryNames.length] ?? "");
}

const subjects = documents.map((document, index) => ({ name: nameFor(document.type, index), document }));
const envelope = { purpose: PURPOSE, caseReference: "XM-ZC-2026-00123", operator: "officer 0417" };

/** Checks that are answered, one for each kind of document, and one batch of them all. */
export const answeredRequests: Sent[] = [
  ...subjects.map((subject) => sentTo("/v1/checks", { ...envelope, subject })),
  ...canaryNames.map((name) =>
    sentTo("/v1/checks", {
      ...envelope,
      subject: { name: "测试甲", formerNames: [name], document: canaryDocuments.resident },
    }),
  ),
  ...[canaryDocuments.resident, canaryDocuments.residenceOld].map(({ number }) =>
    sentTo("/v1/checks", {
      ...envelope,
      subject: { name: `${canaryOrganisation}（${number}）`, document: canaryDocuments.uscc },
    }),
  ),
  sentTo("/v1/checks/batch", { ...envelope, subjects }),
];

const applying = { ground: "not_listable", caseNumber: "(2019)闽0203执90000001号" };

/** Applications of parties who are on no list, with their number wherever they may write it. */
export const applications: Sent[] = subjects.map(({ name, document }) =>
  sentTo("/v1/public/objections", {
    ...applying,
    name,
    document,
    statement: `本人${name}，证件${document.number}，债务已清偿。`,
    contact: `${name} ${document.number}`,
  }),
);

const NO_TASK = `tsk_${"0".repeat(26)}`;
const reporting = { kind: "not_sanctioned", reason: "no_basis", operator: "officer 0417" };

/** Reports with a number wherever somebody may write one. */
const reports: ((number: string) => object)[] = [
  (number) => ({ note: number }),
  (number) => ({ operator: number }),
  (number) => ({ replaces: number }),
  (number) => ({ [number]: number }),
  (number) => ({ kind: number }),
  (number) => ({ kind: "sanctioned", check: number, measure: number, decision: { number, datedOn: number } }),
  (number) => ({ kind: "sanctioned", identityProof: { kind: "id_history", number }, confirmedConditions: [number] }),
  (number) => ({ formerSanctions: { outcome: "lifted", liftedOn: "2026-11-23", document: number, reason: number } }),
];

function sentTo(path: string, body: unknown, headers: Record<string, string> = {}): Sent {
  return { path, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/**
 * Requests that are refused, with a number or a name in them. `caseReference`, `operator`, `reference` and `onBehalfOf`
 * are left out: they are the caller's own text, kept as it came.
 */
export function refusedRequests(): Sent[] {
  const good = { name: "测试甲", document: canaryDocuments.resident };
  const check = (subject: unknown, rest: object = {}) =>
    sentTo("/v1/checks", { ...envelope, ...rest, ...(subject === undefined ? {} : { subject }) });
  const numbers = documents.flatMap(({ type, number }) => [
    check({ ...good, document: { type, number: `${number}7` } }),
    check({ ...good, document: { type, number: `${number}\u200b` } }),
    check({ ...good, document: { type: number, number } }),
    check({ ...good, document: { type: "passport", number, country: number } }),
    check({ ...good, document: number }),
    check({ ...good, document: { type, [number]: number } }),
    check(number),
    check([number]),
    check(undefined, { [number]: number }),
    check({ name: number }),
    check(good, { [number]: true }),
    check({ ...good, [number]: { [number]: number } }),
    check(good, { purpose: number }),
    check(good, { previousCheckId: number }),
    check({ ...good, role: number }),
    check({ ...good, role: "spouse", document: { type, number } }),
    check({ ...good, formerNames: [`${number}\u0007`] }),
    check({ ...good, formerNames: number }),
    sentTo("/v1/checks/batch", { ...envelope, subjects: number }),
    sentTo("/v1/checks", `{"subject":{"document":{"number":"${number}"`),
    sentTo("/v1/checks", number),
    sentTo("/v1/checks", JSON.stringify(number)),
    sentTo("/v1/checks", { ...envelope, subject: good }, { "Content-Type": `text/plain; ${number}` }),
    sentTo("/v1/checks", { ...envelope, subject: good }, { Authorization: `Bearer ${number}` }),
    sentTo("/v1/checks", { ...envelope, subject: good }, { Authorization: `Basic ${btoa(number)}` }),
    sentTo(`/v1/checks/${number}`, {}),
    sentTo(`/v1/${number}`, {}),
    { method: "GET", path: `/v1/checks/${number}` },
    { method: "GET", path: `/v1/checks?cursor=${number}` },
    { method: "GET", path: `/v1/checks?${number}=${number}` },
    { method: "GET", path: `/v1/checks?limit=${number}` },
    { method: "DELETE", path: `/v1/checks/${number}`, headers: { "X-Person": number, Cookie: `id=${number}` } },
    { method: "GET", path: `/problems/${number}` },
    ...reports.map((report) => sentTo(`/v1/feedback-tasks/${NO_TASK}/feedback`, { ...reporting, ...report(number) })),
    sentTo(`/v1/feedback-tasks/${number}/feedback`, reporting),
    sentTo("/v1/identity-requests", { checkId: number, listingId: number, operator: number, proofs: [number] }),
    sentTo("/v1/identity-requests", { operator: "officer 0417", proofs: ["id_document"], note: number }),
    { method: "GET", path: `/v1/identity-requests/asked/${number}` },
    sentTo("/v1/public/who-asked", { name: "测试甲", document: { type, number }, code: number }),
    sentTo("/v1/public/who-asked", { name: number, document: canaryDocuments.resident, code: "0000-0000-0000-0000" }),
    sentTo("/v1/public/objections", { ...applying, ...good, statement: number, code: number }),
    sentTo("/v1/public/objections", { ...applying, ...good, statement: number, caseNumber: number }),
    sentTo("/v1/public/objections", { ...applying, ...good, statement: number, [number]: number }),
  ]);
  const names = canaryNames.flatMap((name) => [
    check({ name }),
    check({ name, document: { type: "resident_id" } }),
    check({ name: `${name}\u0000`, document: canaryDocuments.resident }),
    check({ name: `${name}\ufffd`, document: canaryDocuments.resident }),
    check({ name: name.repeat(100), document: canaryDocuments.resident }),
    check({ name, document: { type: "resident_id", number: name } }),
    check({ ...good, [name]: name }),
    check({ ...good, role: name }),
    check(good, { purpose: name }),
    sentTo("/v1/checks", `{"name":"${name}"`),
    { method: "GET", path: `/v1/checks/${encodeURIComponent(name)}` },
    { method: "GET", path: `/v1/checks?${encodeURIComponent(name)}=1` },
    { method: "GET", path: `/${encodeURIComponent(name)}` },
  ]);
  const stranger = sentTo("/v1/checks", { ...envelope, subject: good }, { Authorization: `Bearer ${canaryKey}` });
  const mistyped = sentTo("/v1/checks", "{}", { Authorization: `Bearer ${canaryKey.slice(0, -1)}0` });
  return [...numbers, ...names, stranger, mistyped];
}

/** A batch in which every item is refused, each for another reason; it is answered, and its answer must not repeat them. */
export const batchOfRefused = sentTo("/v1/checks/batch", {
  ...envelope,
  subjects: documents.flatMap(({ type, number }, index) => [
    { name: canaryNames[index % canaryNames.length], document: { type, number: `${number}7` } },
    { name: canaryNames[index % canaryNames.length] },
    { name: "测试甲", document: canaryDocuments.resident, [number]: number },
    { name: "测试甲", document: canaryDocuments.resident, role: number },
    number,
  ]),
});

/** The same for reports. */
export const reportsOfRefused = sentTo("/v1/feedback", {
  items: documents.flatMap(({ number }) => [
    ...reports.map((report) => ({ task: number, feedback: { ...reporting, ...report(number) } })),
    { task: number, feedback: reporting },
    { [number]: number },
    number,
  ]),
});

/**
 * Rows of a published list that hold the numbers, where they belong and in every field that is free text. Permits,
 * passports and organisation codes are only where they belong: in a text nothing tells them from any other mark.
 */
export function feedRows(): Record<string, unknown>[] {
  const plain = {
    iname: "测试甲",
    cardNum: "3502131900****578X",
    courtName: "厦门市思明区人民法院",
    areaName: "福建",
    partyTypeName: "580",
    gistId: "(2018)闽0203民初90000001号",
    duty: "偿还借款",
    performance: "全部未履行",
    disruptTypeName: "有履行能力而拒不履行生效法律文书确定义务",
    publishDate: "2019年03月04日",
  };
  const { resident, residentOfFifteen, uscc, registration, residenceOld, residenceNew } = canaryDocuments;
  const told = [resident, residentOfFifteen, uscc, registration, residenceOld, residenceNew];
  const inTexts = told.flatMap(({ number }) => [
    ...["iname", "duty", "performedPart", "unperformPart", "gistId", "gistUnit", "areaName", "performance"].map(
      (field) => ({
        [field]: `见${number}号`,
      }),
    ),
    ...["disruptTypeName", "courtName", "caseCode", "publishDate", "regDate", "sexy"].map((field) => ({
      [field]: number,
    })),
    { duty: `身份证${number}，偿还` },
    { qysler: [{ iname: "测试乙", cardNum: number, corporationtypename: "法定代表人" }], partyTypeName: "581" },
    { qysler: [{ iname: `测试乙${number}`, corporationtypename: number }], cardNum: uscc.number, partyTypeName: "581" },
    { businessEntity: `测试乙 ${number}`, cardNum: uscc.number, partyTypeName: "581" },
    { [number]: "x" },
    { other: number },
    { [`备注${number}`]: number },
  ]);
  const asNumbers = documents.flatMap(({ type, number }) => {
    const partyTypeName = organisationTypes.has(type) ? "581" : "580";
    return [
      { cardNum: number, partyTypeName },
      { cardNum: number, partyTypeName: partyTypeName === "580" ? "581" : "580" },
      { cardNum: `${number}7` },
      { cardNum: number, publishDate: "没有" },
    ];
  });
  return [...inTexts, ...asNumbers].map((fields, index) => ({
    ...plain,
    caseCode: `(2019)闽0203执${90_100_000 + index}号`,
    ...fields,
  }));
}
