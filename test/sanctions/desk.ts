// An agency at work over HTTP: measures switched on, parties listed, checks made and reported on, with a clock that tests set.
import { newUuid, publicId } from "../../src/platform/id.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { insertSwitchedOn } from "../agencies/switched-on.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, startService } from "../service.ts";

export type Desk = Awaited<ReturnType<typeof openDesk>>;
export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, string>; text: string };

/** What each of these measures asks of a report. */
export const MEASURE = "OP2016-01-07";
export const CONDITIONAL = "STAT-COMPANY-178-5";
export const ADVISORY = "OP2016-05-03";
export const CONDITIONS = ["数额较大债务未清偿", "本人拟任董事、监事或者高级管理人员"];

let parties = 0;

/** A person born in 1900 whom no other test of this file knows, and a case and a matter of their own. */
export function newParty() {
  parties++;
  const number = residentIdOf(`110101190001${String(1000 + parties).padStart(5, "0")}`);
  const caseNumber = `(2026)闽0203执${90_000_000 + parties}号`;
  return { name: "测试甲", number, caseNumber, caseReference: `XM-2026-${newUuid().slice(-8)}` };
}
export type Party = ReturnType<typeof newParty>;

export async function openDesk() {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const service = await startService({ now });
  const listed = { lists: ["dishonest", "consumption_limit"], purposes: ["procurement.supplier_qualification"] };
  await insertSwitchedOn(service, { code: MEASURE });
  await insertSwitchedOn(service, { ...listed, code: CONDITIONAL, title: "不得担任董监高", conditions: CONDITIONS });
  await insertSwitchedOn(service, {
    ...listed,
    code: ADVISORY,
    title: "授信审慎性参考",
    effect: "prudential_reference",
  });
  const today = () => shanghaiDate(now());

  const publish = (party: Party, rest: object = {}) =>
    service.publish(
      listingOf(
        { name: party.name, document: { kind: "resident_id", number: party.number } },
        { caseNumber: party.caseNumber, ...rest },
      ),
    );

  /** The answer, and the task that it opened. */
  async function check(party: Party, { name = party.name, ...rest }: { name?: string; caseReference?: string } = {}) {
    const { caseReference } = { ...party, ...rest };
    const subject = { name, document: { type: "resident_id", number: party.number } };
    const { body } = await service.post("/v1/checks", checkOf(subject, { caseReference }));
    const [row] = await service.sql<{ id: string }[]>`
      select id from feedback_task where case_reference = ${caseReference}`;
    const answer = body as { id: string; matches: { listingId: string }[] };
    return { answer, task: row ? publicId("tsk", row.id) : "" };
  }

  return {
    service,
    now,
    today,
    publish,
    check,
    /** From now on it is so many hours later for everybody but PostgreSQL. */
    wait: (hours: number) => void (aheadMs += hours * 3_600_000),
    /** Somebody listed, and checked. */
    async hit(over: Parameters<typeof check>[1] = {}) {
      const party = newParty();
      const { id: listing } = await publish(party);
      return { party, listing, ...(await check(party, over)) };
    },
    report: async (task: string, report: object, bearer?: string): Promise<Answer> =>
      service.post(`/v1/feedback-tasks/${task}/feedback`, report, bearer),
    read: async (task: string): Promise<Answer> => service.get(`/v1/feedback-tasks/${task}`),
    /** A report of `MEASURE` that is as it should be; name only what matters. */
    sanctioned: (check: string, over: object = {}) => ({
      kind: "sanctioned",
      check,
      measure: MEASURE,
      decision: { number: "厦财决〔2026〕12号", datedOn: today() },
      duration: "while_listed",
      notice: { number: "厦财告〔2026〕12号", servedOn: today(), servedHow: "in_person" },
      operator: "officer 0417",
      ...over,
    }),
    endListing: (id: string) => service.db.transaction((tx) => endByCourt(tx, id)),
    audit: async (subject: string) => {
      const rows = await service.sql`
        select action, actor, reason, detail from audit_entry where subject = ${subject} order by id`;
      return [...rows];
    },
    close: () => service.stop(),
  };
}

/** The first of a response's members that is a list, as records. */
export function listOf(body: Record<string, unknown>, member: string): Record<string, unknown>[] {
  return body[member] as Record<string, unknown>[];
}
