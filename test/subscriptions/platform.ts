// Courts and agencies side by side: parties are listed, shown in checks and removed, and agencies are told.
import { catchUpFollower } from "../../src/registry/index.ts";
import { noticeFollower, type NoticeSettings } from "../../src/subscriptions/notices/index.ts";
import { type Answer, type Case, type Seen } from "../registry/courthouse.ts";
import { openOffice } from "../remedies/registry-office.ts";

export type Agency = { agencyId: string; key: string };
export type TestEvent = { position: number; type: string; orderKey: string; data: Record<string, string> };
export type Platform = Awaited<ReturnType<typeof openPlatform>>;

const everybody: NoticeSettings = { lookbackDays: null, clearLookback: {} };

export async function openPlatform() {
  const office = await openOffice();
  const { service } = office;
  const { db, sql, request } = service;
  const first: Agency = { agencyId: service.agencyId, key: service.key };
  await beginEarlier();

  /** The agreements of a test's agencies begin on the day of the machine, and its courts act before that. */
  async function beginEarlier(): Promise<void> {
    await sql`update agency_purpose set valid_from = '2020-01-01' where valid_until is null`;
  }

  async function addAgency(name: string, purposes: string[]): Promise<Agency> {
    const agency = await service.addAgency(name, purposes);
    await beginEarlier();
    return agency;
  }

  /** A check that the agency makes of the party. */
  async function check(matter: Case, { key }: Agency, purpose = "travel.ticketing"): Promise<string> {
    const { status, body } = await service.post(
      "/v1/checks",
      { purpose, caseReference: "XM-2026-00123", operator: "officer 0417", subject: office.party(matter) },
      key,
    );
    if (status !== 200) throw new Error(`check: ${status} ${JSON.stringify(body)}`);
    return String(body.id);
  }

  return {
    ...office,
    first,
    addAgency,
    check,
    /** Lets the follower of the register come to its end. */
    tell: (settings = everybody) => catchUpFollower(db, noticeFollower({ settings, now: office.now })),
    async events({ agencyId }: Agency, after = 0): Promise<TestEvent[]> {
      return [
        ...(await sql<TestEvent[]>`
          select position, type, order_key as "orderKey", data from event
          where agency_id = ${agencyId} and position > ${after} order by position`),
      ];
    },
    remove: (listing: Seen, exit: object = { operation: "delete", ground: { code: "R1" } }) =>
      office.act(office.judge, listing, "exit", {
        exit,
        reasonAroseOn: office.today(),
        reachedCourtOn: office.today(),
        reason: "已履行",
      }),
    rectify: (listing: Seen, corrections: object) =>
      office.act(office.judge, listing, "rectify", { corrections, reachedCourtOn: office.today(), reason: "有误" }),
    get: async (path: string, { key }: Agency): Promise<Answer> => service.get(path, key),
    post: async (path: string, body: object, { key }: Agency): Promise<Answer> => service.post(path, body, key),
    court: async (path: string, headers: Record<string, string>): Promise<Answer> => request.get(path).set(headers),
  };
}
