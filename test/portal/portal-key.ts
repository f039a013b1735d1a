// The key of a credit portal, and its search.
import { issueKey } from "../../src/agencies/index.ts";
import type { TestService } from "../service.ts";

export type Found = { id: string; caseNumber: string; party: { name: string }; [member: string]: unknown };

/** Searches as a portal does that shows the list to its own visitors. */
export async function openPortal(service: Pick<TestService, "db" | "ring" | "agencyId" | "post">) {
  const { key } = await service.db.transaction((tx) =>
    issueKey(tx, service.ring, "operator:test", { agencyId: service.agencyId, scopes: ["portal:search"] }),
  );
  const search = (asked: object) => service.post("/v1/public/search", asked, key);
  return {
    key,
    search,
    /** Every page of it. */
    async find(asked: object): Promise<Found[]> {
      const found: Found[] = [];
      for (let cursor: string | undefined; ;) {
        const { status, body } = await search({ ...asked, ...(cursor !== undefined && { cursor }) });
        if (status !== 200) throw new Error(`search: ${status} ${JSON.stringify(body)}`);
        found.push(...(body.data as Found[]));
        if (!body.hasMore) return found;
        cursor = body.nextCursor as string;
      }
    },
  };
}
