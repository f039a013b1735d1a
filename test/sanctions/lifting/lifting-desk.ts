// An agency's desk where sanctions are imposed and come to be lifted: short ways to do it, and to see what is owed.
import { expect } from "vitest";
import { uuidOf } from "../../../src/platform/id.ts";
import { catchUpFollower } from "../../../src/registry/index.ts";
import { compareToday, liftingFollower, readStandings } from "../../../src/sanctions/index.ts";
import { type Desk, listOf, openDesk } from "../desk.ts";

export type Imposed = { listing: string; sanction: string; party: Awaited<ReturnType<Desk["hit"]>>["party"] };
export type Seen = Record<string, unknown>;

export type LiftingDesk = Awaited<ReturnType<typeof openLiftingDesk>>;

export const liftPath = (obligation: Seen | undefined) => `/v1/lift-obligations/${String(obligation?.["id"])}/lift`;

export async function openLiftingDesk() {
  const desk = await openDesk();

  /** A party that is listed, checked and sanctioned. */
  async function impose(over: object = {}): Promise<Imposed> {
    return sanctionOf(await desk.hit(), over);
  }

  async function sanctionOf(hit: Awaited<ReturnType<Desk["hit"]>>, over: object = {}): Promise<Imposed> {
    const { status, body } = await desk.report(hit.task, desk.sanctioned(hit.answer.id, over));
    expect([status, body["code"]]).toEqual([201, undefined]);
    const [sanction] = listOf(body, "sanctions");
    return { listing: hit.listing, party: hit.party, sanction: String(sanction?.["id"]) };
  }

  /** What the service does all the time: it follows the register, and compares the day. */
  async function settle(): Promise<void> {
    const { db } = desk.service;
    await catchUpFollower(db, liftingFollower({ now: desk.now }));
    while (await compareToday(db, desk.now()));
  }

  async function page(path: string, headers?: Record<string, string>): Promise<Seen[]> {
    const asked = headers ? desk.service.request.get(path).set(headers) : desk.service.get(path);
    const { status, body } = await asked;
    expect(status).toBe(200);
    return listOf(body as Seen, "data");
  }

  async function obligationsOf({ sanction }: Pick<Imposed, "sanction">, state?: string): Promise<Seen[]> {
    const rows = await page(`/v1/lift-obligations?limit=200${state === undefined ? "" : `&state=${state}`}`);
    return rows.filter((row) => row["sanction"] === sanction);
  }

  const reviewsOf = async ({ sanction }: Imposed, state = "open") =>
    (await page(`/v1/past-refusal-reviews?state=${state}`)).filter((row) => row["sanction"] === sanction);

  async function eventsOf({ sanction }: Imposed): Promise<string[]> {
    const rows = await desk.service.sql<{ type: string }[]>`
      select type from event where order_key = ${sanction} order by position`;
    return rows.map(({ type }) => type);
  }

  async function standingOf({ sanction }: Imposed): Promise<string | undefined> {
    const id = uuidOf("san", sanction) ?? "";
    return (await readStandings(desk.service.db, [id], desk.now())).get(id);
  }

  /** So many hours later, and back again: what is checked then could not be acted on now. */
  async function later(hours: number, work: () => Promise<unknown>): Promise<void> {
    desk.wait(hours);
    try {
      await work();
    } finally {
      desk.wait(-hours);
    }
  }

  return {
    ...desk,
    impose,
    sanctionOf,
    settle,
    page,
    obligationsOf,
    reviewsOf,
    eventsOf,
    standingOf,
    later,
    /** A report of the lift that is as it should be; name only what matters. */
    lift: (over: object = {}) => ({
      operator: "officer 0417",
      liftedOn: desk.today(),
      documentNumber: "厦财解〔2026〕12号",
      note: "名单信息已移出",
      ...over,
    }),
  };
}
