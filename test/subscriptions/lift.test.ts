// Lifting what rests on a listing says that its end was heard of: the notice needs no answer of its own.
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { catchUpFollower } from "../../src/registry/index.ts";
import { noticeFollower } from "../../src/subscriptions/notices/index.ts";
import { signInStaff } from "../courts/staff.ts";
import { type Desk, listOf, openDesk } from "../sanctions/desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("an agency that lifts the sanction has acknowledged the removal, and one that does not stays on the list", async () => {
  const { service, now } = desk;
  const sanctioned = async () => {
    const hit = await desk.hit();
    const { body } = await desk.report(hit.task, desk.sanctioned(hit.answer.id));
    await desk.endListing(hit.listing);
    return { ...hit, feedback: (body["feedback"] as { id: string }).id, id: publicId("lst", hit.listing) };
  };
  const [lifting, waiting] = [await sanctioned(), await sanctioned()];
  await catchUpFollower(service.db, noticeFollower({ settings: { lookbackDays: null, clearLookback: {} }, now }));
  const notice = async (id: string) => (await service.get(`/v1/notices?listing=${id}`)).body as Record<string, unknown>;
  expect(await notice(lifting.id)).toMatchObject({ data: [{ state: "open", acknowledgedAt: null }] });
  const { status } = await desk.report(lifting.task, {
    kind: "not_sanctioned",
    reason: "listing_ended",
    operator: "officer 0418",
    replaces: lifting.feedback,
    formerSanctions: { outcome: "lifted", liftedOn: desk.today(), document: "厦财解〔2026〕1号", reason: "名单已移出" },
  });
  expect(status).toBe(201);
  const answered = { state: "acknowledged", acknowledgedAt: expect.any(String), acknowledgedBy: "officer 0418" };
  expect(await notice(lifting.id)).toMatchObject({ data: [answered] });
  expect(await notice(waiting.id)).toMatchObject({ data: [{ state: "open" }] });
  const { headers } = await signInStaff(service, "clerk");
  const { body } = await service.request.get("/v1/unacknowledged-removals").set(headers);
  expect(listOf(body, "data").map(({ listing }) => listing)).toEqual([waiting.id]);
  const open = await service.get("/v1/notices?state=acknowledged");
  expect(listOf(open.body, "data")).toHaveLength(1);
});
