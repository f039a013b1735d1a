// A counter of an agency and the court it asks, over HTTP: parties whose checks are left open, and short ways to go on.
import { residentIdOf } from "../../../src/identity/index.ts";
import { publicId } from "../../../src/platform/id.ts";
import { signInStaff, type SignedInStaff } from "../../courts/staff.ts";
import { checkOf, listingOf, startService } from "../../service.ts";

export const COURT = "闽0203";

/** What a test reads of a request. */
export type SeenRequest = { id: string; state: string; finding: string | null; [member: string]: unknown };
type Answer<Body = Record<string, unknown>> = {
  status: number;
  body: Body;
  text: string;
  headers: Record<string, string>;
};
type Party = { name: string; number: string };
export type Checked = { id: string; outcome: string; matches: { listingId: string; grade: string }[] };

let persons = 0;

/** A number of somebody born in 1900 that no other test of this file has. */
export function newNumber(): string {
  persons++;
  return residentIdOf(`110101190001${String(1000 + persons).padStart(5, "0")}`);
}

export const maskedOf = (number: string) => `${number.slice(0, 10)}****${number.slice(14)}`;

export type Counter = Awaited<ReturnType<typeof openCounter>>;

export async function openCounter({
  start = "2026-11-23T09:00:00+08:00",
  liaisonCourt,
}: { start?: string; liaisonCourt?: string } = {}) {
  let now = new Date(start);
  const service = await startService({ now: () => now, ...(liaisonCourt && { liaisonCourt }) });
  const judge = await signInStaff(service, "judge", { court: COURT });
  const clerk = await signInStaff(service, "clerk", { court: COURT });
  const second = await service.addAgency("第二单位", ["travel.ticketing"]);
  let cases = 0;

  /** A listing of this court, under the whole number or under its mask. */
  async function listed({
    name = "测试甲",
    number,
    masked = false,
  }: {
    name?: string;
    number: string;
    masked?: boolean;
  }) {
    cases++;
    const document = masked ? { masked: maskedOf(number) } : { kind: "resident_id" as const, number };
    const caseNumber = `(2026)闽0203执${90_000_000 + cases}号`;
    return publicId("lst", (await service.publish(listingOf({ name, document }, { caseNumber }))).id);
  }

  async function check({ name, number }: Party, key = service.key): Promise<Checked> {
    const party = { name, document: { type: "resident_id", number } };
    const { status, body } = await service.post("/v1/checks", checkOf(party, { purpose: "travel.ticketing" }), key);
    if (status !== 200) throw new Error(`check: ${status} ${JSON.stringify(body)}`);
    return body as Checked;
  }

  const tryAsk = async (body: object, key = service.key): Promise<Answer<SeenRequest>> =>
    service.post("/v1/identity-requests", { operator: "officer 0417", proofs: ["id_document"], ...body }, key);

  async function ask(checked: Checked, over: object = {}, key = service.key): Promise<SeenRequest> {
    const [match] = checked.matches;
    const { status, body } = await tryAsk({ checkId: checked.id, listingId: match?.listingId, ...over }, key);
    if (status !== 201 && status !== 200) throw new Error(`ask: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Somebody whose check is left open: by another name under the number, or by a mask. */
  async function openMatch(grade: "conflict" | "probable") {
    const number = newNumber();
    const listingId = await listed({ number, masked: grade === "probable" });
    const party = { name: grade === "probable" ? "测试甲" : "测试乙", number };
    const checked = await check(party);
    return { listingId, party, checked };
  }

  const see = async (id: string, person = judge): Promise<Answer<SeenRequest & { version: number }>> =>
    service.request.get(`/v1/identity-requests/${id}`).set(person.headers);

  async function tryAct(id: string, act: string, body: object, person: SignedInStaff = judge): Promise<Answer> {
    const seen = (await see(id)).body;
    const version = seen.version ?? (await see(id, person)).body.version;
    return service.request
      .post(`/v1/identity-requests/${id}/${act}`)
      .set({ ...person.headers, "If-Match": `"v${version}"` })
      .send(body);
  }

  async function answer(id: string, finding: string): Promise<SeenRequest> {
    const { status, body } = await tryAct(id, "answer", { finding, reasons: "经与执行卷宗核对" });
    if (status !== 200) throw new Error(`answer: ${status} ${JSON.stringify(body)}`);
    return body as SeenRequest;
  }

  return {
    service,
    judge,
    clerk,
    second,
    listed,
    check,
    tryAsk,
    ask,
    openMatch,
    see,
    tryAct,
    answer,
    asked: async (id: string, key = service.key): Promise<Answer<SeenRequest>> =>
      service.get(`/v1/identity-requests/asked/${id}`, key),
    /** The court words the name of a listing anew. */
    async rectifyName(listingId: string, name: string): Promise<void> {
      const { headers } = await service.request.get(`/v1/listings/${listingId}`).set(judge.headers);
      const { status } = await service.request
        .post(`/v1/listings/${listingId}/rectify`)
        .set({ ...judge.headers, "If-Match": headers["etag"] ?? "" })
        .send({ corrections: { name }, reachedCourtOn: "2026-11-22", reason: "姓名记载有误" });
      if (status !== 200) throw new Error(`rectify: ${status}`);
    },
    revoke: (id: string) => tryAct(id, "revoke", { reason: "卷宗有误" }),
    setClock: (time: string) => void (now = new Date(time)),
    async audit(subject: string) {
      const rows = await service.sql`
        select action, actor, reason, detail from audit_entry where subject = ${subject} order by id`;
      return rows.map(({ action, actor, reason, detail }) => ({ action, actor, reason, detail }));
    },
    async events(agencyId: string) {
      const rows = await service.sql`
        select type, order_key, data from event where agency_id = ${agencyId} order by position`;
      return rows.map(({ type, order_key, data }) => ({ type, orderKey: order_key, data }));
    },
    close: () => service.stop(),
  };
}
