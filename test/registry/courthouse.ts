// A court at work over HTTP: its staff signed in, a clock that tests set, and short ways to draft, act, check and look.
import type { CourtActor, Delegation, StaffRole } from "../../src/courts/index.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { signInStaff } from "../courts/staff.ts";
import { checkOf, startService, type TestServiceOptions } from "../service.ts";

/** What a test reads of a listing. */
export type Seen = {
  id: string;
  version: number;
  list: string;
  state: string;
  capacity: string;
  [member: string]: unknown;
};
export type Person = { actor: CourtActor; headers: Record<string, string> };
export type Answer<Body = Record<string, unknown>> = { status: number; body: Body; headers: Record<string, string> };

export type Courthouse = Awaited<ReturnType<typeof openCourthouse>>;

let cases = 0;

/** A case number and a person born in 1900 that no other test of this file has. */
export function newCase() {
  cases++;
  return {
    caseNumber: `(2026)闽0203执${90_000_000 + cases}号`,
    name: "测试甲",
    number: residentIdOf(`110101190001${String(1000 + cases).padStart(5, "0")}`),
  };
}

export type Case = ReturnType<typeof newCase>;

const noBars = { security_given: false, property_controlled: false, later_in_order: false, not_refusing: false };

/** A listing for G1 and the limit of the same debtor in one form; name only what matters. */
export function formOf(matter: Case, { listing = {}, limit = {}, form = {}, party = {} } = {}) {
  return {
    caseNumber: matter.caseNumber,
    initiatedBy: "creditor",
    receivedOn: "2026-09-14",
    notice: { endsOn: "2026-08-31", warned: true },
    parties: [
      {
        name: matter.name,
        document: { type: "resident_id", number: matter.number },
        obligation: "偿还借款人民币10000元",
        performance: "全部未履行",
        ...(listing && {
          listing: {
            grounds: ["G1"],
            groundAroseOn: "2026-09-01",
            checklist: noBars,
            term: { kind: "open" },
            ...listing,
          },
        }),
        ...(limit && { limit }),
        ...party,
      },
    ],
    ...form,
  };
}

export const paper = { number: "(2026)闽0203执90000001号决定书", sha256: "ab".repeat(32) };

/** A body for every act that the law refuses nobody for, on that day. */
export function lawfulBodies(day: string): Record<string, object> {
  const reason = "测试事由";
  return {
    amend: { performance: "部分未履行" },
    decide: { paper },
    reject: { reason },
    "record-service": { servedOn: day, how: "post" },
    "state-unperformed": { statedOn: day },
    "grant-grace": { until: "2026-10-31", reason },
    publish: {},
    lapse: { performedOn: day, reason },
    rectify: { corrections: { handler: "测试法官" }, reachedCourtOn: day, reason },
    exit: { exit: { operation: "revoke" }, reasonAroseOn: day, reachedCourtOn: day, reason },
    "second-look": { finding: "confirmed" },
    shield: { shieldedOn: day },
    "open-window": { window: { measures: ["LIM2015-1"], from: day, until: day }, reason },
    "close-window": { window: "win_00000000000000000000000000", reason },
    transfer: { court: "闽0206", reason },
  };
}

/** Its clock stands at `start` until it is set, unless `now` gives another one. */
export async function openCourthouse(start = "2026-09-15T09:00:00+08:00", options: TestServiceOptions = {}) {
  let time = new Date(start);
  const { now = () => time } = options;
  const service = await startService({ ...options, now });
  const staff = (role: StaffRole, given: { court?: string; delegation?: Delegation } = {}) =>
    signInStaff(service, role, given);
  const people = {
    clerk: await staff("clerk"),
    judge: await staff("judge"),
    secondJudge: await staff("judge"),
    president: await staff("president"),
    delegate: await staff("judge", { delegation: { from: "2026-01-01", until: "2026-12-31" } }),
  };

  const read = async (person: Person, id: string): Promise<Answer<Seen>> =>
    service.request.get(`/v1/listings/${id}`).set(person.headers);

  /** The act on the listing as the test last saw it; `listing` becomes what it is afterwards. */
  async function tryAct(person: Person, listing: Seen, act: string, body: object = {}): Promise<Answer> {
    const answer: Answer = await service.request
      .post(`/v1/listings/${listing.id}/${act}`)
      .set({ ...person.headers, "If-Match": `"v${listing.version}"` })
      .send(body);
    if (answer.status === 200) Object.assign(listing, answer.body);
    return answer;
  }

  async function act(person: Person, listing: Seen, name: string, body: object = {}): Promise<Seen> {
    const { status, body: answer } = await tryAct(person, listing, name, body);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(answer)}`);
    return listing;
  }

  async function tryDraft(person: Person, form: object): Promise<Answer<{ data: Seen[] }>> {
    return service.request.post("/v1/listings").set(person.headers).send(form);
  }

  async function draft(form: object, person: Person = people.clerk): Promise<Seen[]> {
    const { status, body } = await tryDraft(person, form);
    if (status !== 201) throw new Error(`draft: ${status} ${JSON.stringify(body)}`);
    return body.data;
  }

  /** From the draft to publication, as the law wants it. */
  async function publish(listing: Seen): Promise<Seen> {
    await act(people.president, listing, "decide", { paper });
    return publishDecided(listing);
  }

  async function publishDecided(listing: Seen): Promise<Seen> {
    const today = shanghaiDate(now());
    await act(people.clerk, listing, "record-service", { servedOn: today, how: "in_person" });
    await act(people.clerk, listing, "state-unperformed", { statedOn: today });
    return act(people.judge, listing, "publish");
  }

  /** Listing and limit of one debtor, both published: the limit first, as the listing needs it. */
  async function publishBoth(matter: Case, over: Parameters<typeof formOf>[1] = {}) {
    const [listing, limit] = await draft(formOf(matter, over));
    if (!listing || !limit) throw new Error("the form did not give two drafts");
    await publish(limit);
    await publish(listing);
    return { listing, limit };
  }

  return {
    ...people,
    service,
    staff,
    read,
    tryAct,
    act,
    tryDraft,
    draft,
    publish,
    publishDecided,
    publishBoth,
    today: () => shanghaiDate(now()),
    setClock: (at: string) => void (time = new Date(at)),
    now,
    /** What an agency is told about the person at this moment, on both lists. */
    async check({ name, number }: Case): Promise<Record<string, string>> {
      const subject = { name, document: { type: "resident_id", number } };
      const { body } = await service.post("/v1/checks", checkOf(subject, { purpose: "travel.ticketing" }));
      return body.lists as Record<string, string>;
    },
    async audit({ id }: Seen) {
      const rows = await service.sql`
        select action, actor, reason from audit_entry where subject = ${id} order by id`;
      return rows.map(({ action, actor, reason }) => ({
        action: String(action),
        actor: String(actor),
        reason: reason === null ? null : String(reason),
      }));
    },
    async clocks({ id }: Seen) {
      return [
        ...(await service.sql`
          select kind, started_on::text as "startedOn", due_on::text as "dueOn", stopped_at is not null as stopped
          from clock where subject = ${id} order by started_on, kind`),
      ];
    },
    close: () => service.stop(),
  };
}
