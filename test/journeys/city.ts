// A city at work over HTTP: a court, agencies with measures that both authorities approved, everything that goes on beside
// requests, and receivers that agencies run. Time is the machine's, moved on where a test waits for days.
import { expect } from "vitest";
import { agencyPurpose } from "../../src/agencies/schema.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { createLog } from "../../src/platform/log.ts";
import { addDays } from "../../src/platform/time.ts";
import { startLifting } from "../../src/sanctions/index.ts";
import { startNotices } from "../../src/subscriptions/notices/index.ts";
import { startWatches } from "../../src/subscriptions/watches/index.ts";
import { createSender } from "../../src/subscriptions/webhooks/index.ts";
import { startDeliveries } from "../../src/subscriptions/webhooks/worker.ts";
import { signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { type Case, formOf, newCase, openCourthouse, type Seen as Listing } from "../registry/courthouse.ts";
import {
  loopbackTargets,
  type Received,
  type Receiver,
  startReceiver,
  verify,
} from "../subscriptions/webhooks/receiver.ts";

export type Seen = Record<string, unknown>;
export type City = Awaited<ReturnType<typeof openCity>>;
export type Agency = Awaited<ReturnType<City["openAgency"]>>;
type Answer = { status: number; body: Seen; text: string };
export type TaskView = Seen & { id: string; feedback: { id: string } | null; sanctions: (Seen & { id: string })[] };
export type CheckView = Seen & {
  id: string;
  outcome: string;
  action: string;
  matches: { listingId: string; grade: string; court: Seen; caseNumber: string }[];
  measures: { code: string; conditions: string[] }[];
};
export type Event = { type: string; data: Record<string, string> };

/** As an agency names a natural person in a request. */
export const partyOf = ({ name, number }: Pick<Case, "name" | "number">) => ({
  name,
  document: { type: "resident_id", number },
});

export async function openCity() {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const house = await openCourthouse(undefined, { now, webhookTargets: loopbackTargets() });
  const { service } = house;
  const { db, ring, request } = service;
  const log = createLog();
  const sender = createSender({ targets: loopbackTargets(), now });
  const loops = [
    startLifting({ db, log, now }),
    startNotices({ db, log, now, settings: { lookbackDays: null, clearLookback: {} } }),
    startWatches({ db, log, now }),
    startDeliveries({ db, ring, sender, log, now, random: () => 0, pace: { lookMs: 20 } }),
  ];
  const receivers: Receiver[] = [];
  const credit = await service.addAgency("信用牵头部门（测试）", ["office.lease"]);
  const approvers = [
    await signInAgencyStaff(service, "credit_authority", credit.agencyId),
    (await signInStaff(service, "president")).headers,
  ];
  const higher = await signInStaff(service, "auditor", { court: "闽02" });
  const elsewhere = await signInStaff(service, "clerk", { court: "闽0206" });

  const send = async (headers: Record<string, string>, path: string, body: object = {}): Promise<Answer> =>
    request.post(path).set(headers).send(body);

  async function rowsOf(path: string, headers: Record<string, string>): Promise<Seen[]> {
    const { status, body } = await request.get(encodeURI(path)).set(headers);
    expect([path, status]).toEqual([path, 200]);
    return (body as { data: Seen[] }).data;
  }

  /** What comes before a draft of today happened in the weeks before. */
  const before = () => {
    const today = house.today();
    return { receivedOn: addDays(today, -3), notice: { endsOn: addDays(today, -20), warned: true } };
  };

  /** Published today, listing and limit. */
  async function list(matter: Case = newCase()) {
    const listing = { groundAroseOn: addDays(house.today(), -10) };
    return { matter, ...(await house.publishBoth(matter, { form: before(), listing })) };
  }

  /** The limit alone. */
  async function limit(matter: Case): Promise<Listing> {
    const [drafted] = await house.draft(formOf(matter, { form: before(), listing: false }));
    if (!drafted) throw new Error("the form gave no draft");
    return house.publish(drafted);
  }

  async function openAgency(name: string, purpose: string) {
    const { agencyId, key } = await service.addAgency(`${name}${newUuid().slice(-6)}`, [purpose]);
    await db.update(agencyPurpose).set({ validFrom: "2020-01-01" });
    const headers = { Authorization: `Bearer ${key}` };
    const liaison = await signInAgencyStaff(service, "agency_liaison", agencyId);

    const measures = `/v1/agencies/${publicId("agy", agencyId)}/measures`;
    const propose = (proposal: object) =>
      send(liaison, measures, { validFrom: "2026-01-01", ...proposal, purposes: [purpose] });

    /** The liaison proposes it, and both authorities approve. */
    async function switchOn(proposal: object): Promise<void> {
      const proposed = await propose(proposal);
      expect([proposed.status, proposed.body["errors"]]).toEqual([201, undefined]);
      for (const approver of approvers) {
        const approved = await send(approver, `${measures}/${String(proposed.body["id"])}/approve`);
        expect(approved.status).toBe(200);
      }
    }

    async function check(subject: object, caseReference: string, rest: object = {}): Promise<CheckView> {
      const asked = { purpose, caseReference, operator: "officer 0417", subject, ...rest };
      const { status, body } = await send(headers, "/v1/checks", asked);
      expect([status, body["errors"]]).toEqual([200, undefined]);
      return body as CheckView;
    }

    const tasks = async (caseReference: string) =>
      (await rowsOf("/v1/feedback-tasks?limit=200", headers)).filter(
        (task) => task["caseReference"] === caseReference,
      ) as TaskView[];

    const report = (task: string, body: object) =>
      send(headers, `/v1/feedback-tasks/${task}/feedback`, { operator: "officer 0417", ...body });

    /** A report of a sanction as it should be; name only what matters. */
    const sanctioned = ({ id, measures }: CheckView, over: object = {}) => ({
      kind: "sanctioned",
      check: id,
      measure: measures[0]?.code,
      decision: { number: "厦决〔2026〕12号", datedOn: house.today() },
      duration: "while_listed",
      notice: { number: "厦告〔2026〕12号", servedOn: house.today(), servedHow: "in_person" },
      ...over,
    });

    /** The one task of the matter, answered with a sanction. */
    async function impose(answer: CheckView, caseReference: string, over: object = {}) {
      const [task] = await tasks(caseReference);
      const { status, body } = await report(String(task?.id), sanctioned(answer, over));
      expect([status, body["code"]]).toEqual([201, undefined]);
      const { sanctions, feedback } = body as TaskView;
      return { task: String(task?.id), sanction: String(sanctions[0]?.id), feedback: String(feedback?.id) };
    }

    /** A server of the agency that is told everything from now on. */
    async function receive() {
      const receiver = await startReceiver();
      receivers.push(receiver);
      const made = await send(headers, "/v1/webhooks", { url: receiver.url, operator: "officer 0417" });
      expect(made.status).toBe(201);
      const secret = String(made.body["secret"]);
      const read = (one: Received) => verify(secret, one) as Event;

      /** Resolves with the event once it has come and its signature was found good. */
      async function told(type: string, id: string): Promise<Event> {
        for (let seen = 0; ; seen++) {
          await receiver.until(seen + 1);
          const event = read(receiver.received[seen] as Received);
          if (event.type === type && Object.values(event.data).includes(id)) return event;
        }
      }
      return { ...receiver, endpoint: String(made.body["id"]), told, read };
    }

    return {
      agencyId,
      headers,
      propose,
      switchOn,
      check,
      tasks,
      report,
      sanctioned,
      impose,
      receive,
      send: (path: string, body: object = {}) => send(headers, path, { operator: "officer 0417", ...body }),
      rows: (path: string) => rowsOf(path, headers),
      get: async (path: string): Promise<Answer> => request.get(path).set(headers),
      liftOf: () => ({ liftedOn: house.today(), documentNumber: "厦解〔2026〕12号", note: "名单信息已移出" }),
    };
  }

  const authority = approvers[0] as Record<string, string>;
  return {
    ...house,
    now,
    list,
    limit,
    openAgency,
    send,
    rowsOf,
    partyOf,
    /** The listing as it is now: a finding of the court has moved its version. */
    reread: async (listing: Listing): Promise<Listing> =>
      Object.assign(listing, (await house.read(house.judge, listing.id)).body),
    /** The judge deletes it on the day on which the debtor has performed. */
    perform: (listing: Listing) =>
      house.act(house.judge, listing, "exit", {
        exit: { operation: "delete", ground: { code: "R1" } },
        reasonAroseOn: house.today(),
        reachedCourtOn: house.today(),
        reason: "全部履行",
      }),
    /** Whose lists have a row that names this: the court's, the one's above it, another court's, and the overall one. */
    async seenBy(id: string, state: "open" | "overdue") {
      const isIn = async (path: string, headers: Record<string, string>) =>
        (await rowsOf(`${path}?state=${state}&limit=200`, headers)).some((row) => Object.values(row).includes(id));
      const courts = { court: house.clerk.headers, above: higher.headers, elsewhere: elsewhere.headers };
      const of = async (path: string, overall: string) => ({
        ...Object.fromEntries(
          await Promise.all(Object.entries(courts).map(async ([who, asks]) => [who, await isIn(path, asks)] as const)),
        ),
        overall: await isIn(overall, authority),
      });
      return {
        obligation: await of("/v1/court/lift-obligations", "/v1/oversight/lift-obligations"),
        removal: await of("/v1/unacknowledged-removals", "/v1/agencies/unacknowledged-removals"),
      };
    },
    /** So many days later for everybody but PostgreSQL, and back again. */
    async later(days: number, work: () => Promise<unknown>): Promise<void> {
      aheadMs += days * 86_400_000;
      try {
        await work();
      } finally {
        aheadMs -= days * 86_400_000;
      }
    },
    async close(): Promise<void> {
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await service.stop();
    },
  };
}
