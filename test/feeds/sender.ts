// An agency's system that sends files: its key and source, requests on loads, and bodies that break off.
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { issueKey } from "../../src/agencies/index.ts";
import { changeSource } from "../../src/feeds/index.ts";
import { PURPOSE, type TestService } from "../service.ts";
import { jsonLines, publishedRow, type PublishedRow } from "./published-row.ts";

const LOOK_MS = 20;

export const rowsOf = (count: number, from = 0) => Array.from({ length: count }, (_, i) => publishedRow(from + i));
export const fileOf = (rows: PublishedRow[]) => Buffer.from(jsonLines(rows));

/** A valid manifest for `file`; name only what matters. */
export function manifestOf(file: Buffer, over: object = {}): object {
  return { mode: "snapshot", name: "list.jsonl", bytes: file.length, operator: "officer 0417", ...over };
}

export async function openSender(service: TestService, source: string) {
  const { key, agencyId } = await service.addAgency(`报送单位 ${source}`, [PURPOSE]);
  const issued = await service.db.transaction((tx) =>
    issueKey(tx, service.ring, "operator:test", { agencyId, scopes: ["feeds:write"] }),
  );
  await service.db.transaction((tx) => changeSource(tx, "operator:test", source, { agencyId }));
  const collection = `/v1/feeds/${source}/loads`;
  const authorization = `Bearer ${issued.key}`;
  const at = (id: string, act = "") => `${collection}/${id}${act && `/${act}`}`;

  const sender = {
    source,
    agencyId,
    key: issued.key,
    keyId: issued.row.id,
    /** A key of the same agency that may only check. */
    checkingKey: key,
    at,
    begin: (manifest: object) => service.post(collection, manifest, issued.key),
    list: (query = "") => service.get(`${collection}${query}`, issued.key),
    get: (id: string, act = "") => service.get(at(id, act), issued.key),
    head: (id: string) => service.request.head(at(id)).set("Authorization", authorization),
    decide: (id: string, act: string, body: object) => service.post(at(id, act), body, issued.key),
    append: (id: string, offset: number | string, bytes: Buffer, headers: Record<string, string> = {}) =>
      service.request
        .patch(at(id))
        .set({
          Authorization: authorization,
          "Content-Type": "application/partial-upload",
          "Upload-Offset": String(offset),
          ...headers,
        })
        .send(bytes),
    /** Sends `bytes` of a body that promises more, and leaves it open. */
    async appendSlowly(id: string, offset: number, bytes: Buffer, length: number) {
      const headers = {
        Authorization: authorization,
        "Content-Type": "application/partial-upload",
        "Content-Length": String(length),
        "Upload-Offset": String(offset),
      };
      const request = httpRequest(service.url + at(id), { method: "PATCH", headers });
      const closed = once(request, "close").catch(() => []);
      request.on("error", () => {});
      request.write(bytes);
      return { request, closed };
    },
    /** The load once it is in none of the states in which it is worked on. */
    async settled(id: string) {
      for (;;) {
        const { body } = await sender.get(id);
        if (body.state !== "receiving" && body.state !== "validating") return body;
        await delay(LOOK_MS);
      }
    },
    /** Begins, uploads in one request, and waits for the outcome. */
    async send(file: Buffer, over: object = {}) {
      const { body } = await sender.begin(manifestOf(file, over));
      await sender.append(body.id, 0, file).expect(204);
      return sender.settled(body.id);
    },
  };
  return sender;
}

export type Sender = Awaited<ReturnType<typeof openSender>>;
