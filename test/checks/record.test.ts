// The agency's own record: the answer of then, numbers masked, pages that lose nothing, and nobody else's rows.
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidOf } from "../../src/platform/id.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
let listingId: string;
beforeAll(async () => {
  service = await startService();
  listingId = (await service.publish(listingOf())).id;
});
afterAll(() => service.stop());

test("a check is shown as it was answered, also after the listing has ended", async () => {
  const { body: first } = await service.post("/v1/checks", checkOf());
  const subject = { formerNames: ["测试旧名"], role: "bidder", reference: "A" };
  const { body: answered } = await service.post("/v1/checks", checkOf(subject, { previousCheckId: first.id }));
  await service.db.transaction((tx) => endByCourt(tx, listingId));
  const { status, body, headers } = await service.get(`/v1/checks/${answered.id}`);
  expect(status).toBe(200);
  expect(headers["cache-control"]).toBe("no-store");
  expect(body).toEqual({
    ...answered,
    purpose: PURPOSE,
    caseReference: "XM-ZC-2026-00123",
    operator: "officer 0417",
    subject: {
      name: "测试甲",
      formerNames: ["测试旧名"],
      document: { type: "resident_id", masked: "1101************14", country: null },
      role: "bidder",
      reference: "A",
      onBehalfOf: null,
    },
    batchId: null,
    previousCheckId: first.id,
  });
});

test("another agency's check is not found", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const other = await service.addAgency("另一单位", [PURPOSE]);
  const { status, body: problem } = await service.get(`/v1/checks/${body.id}`, other.key);
  expect([status, problem.code]).toEqual([404, "not-found"]);
  expect((await service.get("/v1/checks", other.key)).body.data).toEqual([]);
});

test("an id that is none is not found, and a cursor that was not issued is refused", async () => {
  for (const id of ["chk_1", "lst_01jd8m2v0q7f4t9s6k3n5r8w2x", "chk_01jd8m2v0q7f4t9s6k3n5r8w2x"])
    expect((await service.get(`/v1/checks/${id}`)).status).toBe(404);
  for (const cursor of ["x", Buffer.alloc(60).toString("base64url")]) {
    const { status, body } = await service.get(`/v1/checks?cursor=${cursor}`);
    expect([status, body.code]).toEqual([400, "invalid-cursor"]);
  }
  expect((await service.get("/v1/checks?limit=0")).body.errors).toMatchObject([{ pointer: "#/limit" }]);
  expect((await service.get("/v1/checks?page=2")).body.errors).toMatchObject([{ code: "unknown_field" }]);
});

test("pages run from the newest check to the oldest and lose none, while new ones arrive", async () => {
  const agency = await service.addAgency("翻页单位", [PURPOSE]);
  const ask = async (reference: string) =>
    (await service.post("/v1/checks", checkOf({ reference }), agency.key)).body.id as string;
  const ids: string[] = [];
  for (const reference of ["1", "2", "3", "4", "5", "6", "7"]) ids.push(await ask(reference));
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const { body } = await service.get(`/v1/checks?limit=3${query}`, agency.key);
    seen.push(...body.data.map(({ id }: { id: string }) => id));
    expect(body.hasMore).toBe(body.nextCursor !== null);
    cursor = body.nextCursor;
    await ask("later");
  }
  expect(seen).toEqual(ids.toReversed());
});

test("the row holds no name and no number that can be read", async () => {
  const { body } = await service.post(
    "/v1/checks",
    checkOf({ name: "测试密", document: { type: "resident_id", number: "35021119000102008X" } }),
  );
  const [row] = await service.sql`select * from check_record where id = ${uuidOf("chk", body.id)}`;
  const text = JSON.stringify(row, (_, value) =>
    value?.type === "Buffer" ? Buffer.from(value.data).toString() : value,
  );
  expect(row).toMatchObject({ outcome: "clear", matches: null, organisation_name: null, document_kind: "resident_id" });
  expect(text).not.toContain("测试密");
  expect(text).not.toContain("35021119000102008X");
});

test("the name of an organisation is public and stays readable", async () => {
  const subject = { name: "测试建设有限公司（演示）", document: { type: "uscc", number: "91350200MA0000007F" } };
  const { body } = await service.post("/v1/checks", checkOf(subject));
  const [row] = await service.sql`select organisation_name from check_record where id = ${uuidOf("chk", body.id)}`;
  expect(row).toEqual({ organisation_name: "测试建设有限公司（演示）" });
});
