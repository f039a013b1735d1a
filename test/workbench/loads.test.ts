// A load in the workbench: sent as a file, held by a gate, refused to whoever sent it, released by somebody else; with and
// without script. And who may do what with loads over the API.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeSource } from "../../src/feeds/index.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { type SignedInStaff, signInStaff } from "../courts/staff.ts";
import { publishedRow } from "../feeds/published-row.ts";
import { fileOf, manifestOf, rowsOf } from "../feeds/sender.ts";
import { startService, type TestService } from "../service.ts";
import { releaseLoad, sendLoad, stateOfLoad } from "./sending.ts";
import { expectReadable, openAs } from "./session.ts";

let service: TestService;
let clerk: SignedInStaff;
let judge: SignedInStaff;
let secondJudge: SignedInStaff;

beforeAll(async () => {
  service = await startService();
  [clerk, judge, secondJudge] = await Promise.all([
    signInStaff(service, "clerk"),
    signInStaff(service, "judge"),
    signInStaff(service, "judge"),
  ]);
});
afterAll(() => service.stop());

async function openSource(name: string): Promise<string> {
  const change = { scope: "court" as const, scopeCode: "闽0203" };
  await service.db.transaction((tx) => changeSource(tx, "operator:test", name, change));
  return `/workbench/loads/${name}`;
}

const bad = { ...publishedRow(500), cardNum: "110101190001010015" };

describe.runIf(hasBrowser)("a file", () => {
  const { visit } = useBrowser();

  test.each([true, false])(
    "that surprises is released by a second person and no other (script: %s)",
    async (script) => {
      const path = await openSource(`siming-${script}`);
      const from = script ? 0 : 200;
      const sender = await openAs(visit, service.url, judge, path, { script });
      await sendLoad(sender.page, { mode: "全量", rows: 31, file: fileOf([...rowsOf(30, from), bad]) });
      expect(await stateOfLoad(sender.page)).toBe("已生效");
      const csv = await service.request
        .get(`${new URL(sender.page.url()).pathname}/rejections`)
        .set({ Cookie: judge.headers["Cookie"] ?? "", Accept: "text/html" });
      expect(csv.headers["content-type"]).toContain("text/csv");
      expect(csv.text).toContain("证件号码校验位不符");

      await sender.page.goto(service.url + path);
      await sendLoad(sender.page, { mode: "全量", rows: 20, file: fileOf(rowsOf(20, from)) });
      const held = new URL(sender.page.url()).pathname;
      expect(await stateOfLoad(sender.page)).toBe("待放行");
      expect(await sender.page.getByRole("table", { name: "各法院的变动，变动多的在前" }).innerText()).toMatch(/10/);
      await releaseLoad(sender.page);
      await expect.poll(() => sender.page.title()).toMatch(/^错误：/);
      expect(await sender.page.getByRole("alert").innerText()).toContain("不得审批本人经办的事项");

      const second = await openAs(visit, service.url, secondJudge, held, { script, width: 360 });
      await expectReadable(second, script);
      await releaseLoad(second.page);
      await second.page.waitForURL(/done=release/);
      const { text: tab } = await service.request
        .get(`${held}/audit`)
        .set({ Cookie: judge.headers["Cookie"] ?? "", Accept: "text/html" });
      expect(tab).toMatch(/放行[\s\S]*数据异常，已暂缓生效[\s\S]*报送数据/);
      expect(await stateOfLoad(second.page)).toBe("已生效");
      expect(second.complaints).toEqual([]);
      const trail =
        await service.sql`select actor, action from audit_entry where subject = ${held.split("/").at(-1) ?? ""} order by id`;
      expect(trail.map(({ actor, action }) => [actor, action])).toEqual([
        [`staff:${judge.actor.id}`, "feed.upload"],
        [expect.any(String), "feed.hold"],
        [`staff:${secondJudge.actor.id}`, "feed.release"],
      ]);

      await second.page.locator("details.act summary", { hasText: "回退" }).click();
      await second.page.getByLabel("事由").fill("文件有误");
      await second.page.getByRole("button", { name: "回退" }).click();
      await expect.poll(() => second.page.title()).toMatch(/^错误：/);
    },
  );

  test("that is refused says why at its form, and every page of loads reads well", async () => {
    const path = await openSource("siming-form");
    const opened = await openAs(visit, service.url, clerk, "/workbench/loads", { width: 360 });
    await expectReadable(opened);
    await opened.page.goto(service.url + path);
    await expectReadable(opened);
    await opened.page.getByLabel("文件的 SHA-256").fill("不是哈希");
    await opened.page
      .getByLabel("文件", { exact: true })
      .setInputFiles({ name: "a.jsonl", mimeType: "text/plain", buffer: fileOf(rowsOf(3)) });
    await opened.page.getByRole("button", { name: "报送" }).click();
    await expect.poll(() => opened.page.title()).toMatch(/^错误：/);
    expect(await opened.page.getByLabel("文件的 SHA-256").inputValue()).toBe("不是哈希");
    await expectReadable(opened);
  });
});

describe("over the API", () => {
  const file = fileOf(rowsOf(3, 400));
  const { operator: _, ...manifest } = manifestOf(file) as { operator: string };
  const begin = (source: string, headers: Record<string, string>, body: object = manifest) =>
    service.request.post(`/v1/feeds/${source}/loads`).set(headers).send(body);

  test("a court's staff see and send what is their court's; the court above looks, another court finds nothing", async () => {
    await openSource("siming-api");
    const names = async (headers: Record<string, string>) =>
      (await service.request.get("/v1/feeds").set(headers)).body.data.map(({ name }: { name: string }) => name);
    const higher = await signInStaff(service, "judge", { court: "闽02" });
    const elsewhere = await signInStaff(service, "judge", { court: "闽0205" });
    expect(await names(clerk.headers)).toContain("siming-api");
    expect(await names(higher.headers)).toContain("siming-api");
    expect(await names(elsewhere.headers)).toEqual([]);
    expect((await begin("siming-api", higher.headers)).body.code).toBe("jurisdiction");
    expect((await begin("siming-api", elsewhere.headers)).body.code).toBe("not-found");
    expect((await service.request.get("/v1/feeds/siming-api/loads").set(higher.headers)).status).toBe(200);
  });

  test("whoever is signed in is the person: they name no other, and a key has to", async () => {
    await openSource("siming-person");
    const named = await begin("siming-person", clerk.headers, { ...manifest, operator: "officer 0417" });
    expect(named.body).toMatchObject({ code: "validation", errors: [{ pointer: "#/operator", code: "not_allowed" }] });
    const { body } = await begin("siming-person", clerk.headers);
    expect(body).toMatchObject({ state: "receiving", actor: `staff:${clerk.actor.id}` });
    const decide = (act: string, headers: Record<string, string>, given: object) =>
      service.request.post(`/v1/feeds/siming-person/loads/${body.id}/${act}`).set(headers).send(given);
    expect((await decide("release", clerk.headers, {})).body.code, "a clerk releases nothing").toBe("authority");
    const discarded = await decide("discard", clerk.headers, { reason: "选错文件" });
    expect(discarded.body).toMatchObject({ state: "discarded", decidedBy: `staff:${clerk.actor.id}` });
  });

  test("a form is taken with its token only, and a file that is followed by anything is no file", async () => {
    await openSource("siming-forged");
    const post = (csrf: string, tail = "") => {
      const boundary = "----b0undary";
      const field = (name: string, value: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\nContent-Type: text/plain\r\n\r\n`;
      const body = Buffer.concat([
        Buffer.from(field("csrf", csrf) + field("mode", "delta") + head),
        file,
        Buffer.from(`\r\n${tail}--${boundary}--\r\n`),
      ]);
      return service.request
        .post("/workbench/loads/siming-forged")
        .set({
          Cookie: clerk.headers["Cookie"] ?? "",
          Accept: "text/html",
          "Content-Type": `multipart/form-data; boundary=${boundary}`,
        })
        .send(body);
    };
    expect((await post("")).status).toBe(403);
    const token = clerk.headers["X-CSRF-Token"] ?? "";
    const followed = await post(token, `------b0undary\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n`);
    expect(followed.status).toBe(400);
    const [stuck] = (await service.request.get("/v1/feeds/siming-forged/loads").set(clerk.headers)).body.data;
    expect(stuck, "its last byte has not come").toMatchObject({ state: "receiving" });
    await service.request
      .post(`/v1/feeds/siming-forged/loads/${stuck.id}/discard`)
      .set(clerk.headers)
      .send({ reason: "文件不完整" });
    expect((await post(token)).status).toBe(303);
  });
});
