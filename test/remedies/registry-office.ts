// A court and the one above it at work on objections over HTTP, on the ground of the courthouse.
import { connectCourtSystem } from "../courts/staff.ts";
import { type Answer, type Case, newCase, openCourthouse, type Person, type Seen } from "../registry/courthouse.ts";

/** What a test reads of an objection. */
export type SeenObjection = {
  id: string;
  version: number;
  state: string;
  [member: string]: unknown;
};

export const rejectionPaper = { number: "(2026)闽0203执异90000001号", datedOn: "2026-09-18", sha256: "cd".repeat(32) };

/** Xiamen's intermediate court stands above Siming's. */
export const HIGHER_COURT = "闽02";

export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(start?: string) {
  const house = await openCourthouse(start);
  const above = {
    higherClerk: await house.staff("clerk", { court: HIGHER_COURT }),
    higherJudge: await house.staff("judge", { court: HIGHER_COURT }),
    elsewhere: await house.staff("judge", { court: "闽0205" }),
  };
  const { request } = house.service;

  const tryTakeIn = async (person: Person, listing: Seen, over: object = {}): Promise<Answer<SeenObjection>> =>
    request
      .post("/v1/objections")
      .set(person.headers)
      .send({
        listing: listing.id,
        ground: "not_listable",
        channel: "window",
        receivedOn: house.today(),
        statement: "债务早已清偿，不应列入名单。",
        ...over,
      });

  async function takeIn(listing: Seen, over: object = {}): Promise<SeenObjection> {
    const { status, body } = await tryTakeIn(house.clerk, listing, over);
    if (status !== 201) throw new Error(`take in: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** The act on the objection as the test last saw it; `objection` becomes what it is afterwards. */
  async function tryStep(person: Person, objection: SeenObjection, act: string, body: object = {}): Promise<Answer> {
    const answer: Answer = await request
      .post(`/v1/objections/${objection.id}/${act}`)
      .set({ ...person.headers, "If-Match": `"v${objection.version}"` })
      .send(body);
    if (answer.status === 200) Object.assign(objection, answer.body);
    return answer;
  }

  async function step(person: Person, objection: SeenObjection, act: string, body: object = {}) {
    const { status, body: answer } = await tryStep(person, objection, act, body);
    if (status !== 200) throw new Error(`${act}: ${status} ${JSON.stringify(answer)}`);
    return objection;
  }

  const party = ({ name, number }: Case) => ({ name, document: { type: "resident_id", number } });

  return {
    ...house,
    ...above,
    tryTakeIn,
    takeIn,
    tryStep,
    step,
    party,
    /** The listing as it is now: its version moved with the mark. */
    reread: async (listing: Seen): Promise<Seen> =>
      Object.assign(listing, (await house.read(house.judge, listing.id)).body),
    /** Rejected and served today. */
    async rejected(objection: SeenObjection, reasons = "经查，义务尚未履行。"): Promise<SeenObjection> {
      const paper = { ...rejectionPaper, datedOn: house.today() };
      await step(house.secondJudge, objection, "reject", { reasons, paper });
      return step(house.clerk, objection, "record-service", { servedOn: house.today(), how: "in_person" });
    },
    /** Whether an agency's answer says that an objection runs. */
    async isUnderObjection({ name, number }: Case): Promise<boolean[]> {
      const subject = party({ name, number } as Case);
      const { body } = await house.service.post("/v1/checks", {
        purpose: "procurement.supplier_qualification",
        caseReference: "XM-ZC-2026-00123",
        operator: "officer 0417",
        subject,
      });
      return (body.matches as { underObjection: boolean }[]).map(({ underObjection }) => underObjection);
    },
    postPublic: async (path: string, body: object): Promise<Answer> => request.post(`/v1/public/${path}`).send(body),
    systemOf: (person: Parameters<typeof connectCourtSystem>[1]) =>
      connectCourtSystem(house.service, person, ["objections:write", "objections:read", "clocks:read"]),
    newCase,
  };
}
