// What the page of one listing is made of: everything that the API says about it.
import { getListingHits } from "../../checks/hits/operations.ts";
import { getClocks } from "../../courts/clocks/operations.ts";
import { getVersions } from "../../registry/inspection/operations.ts";
import { getListing } from "../../registry/operations.ts";
import { getObjections } from "../../remedies/operations.ts";
import { getPapers } from "../../remedies/papers/operations.ts";
import { getListingSanctions } from "../../sanctions/operations.ts";
import type { AnswerOf, OwnApi, PageContext } from "../../ui/index.ts";

/** A listing as it is now, with what may be done next. */
export type Listing = Extract<AnswerOf<typeof getListing>, { next: unknown }>;
export type Papers = AnswerOf<typeof getPapers>["data"];

export type Detail = {
  listing: Listing;
  clocks: AnswerOf<typeof getClocks>;
  papers: Papers;
  hits: AnswerOf<typeof getListingHits>;
  sanctions: AnswerOf<typeof getListingSanctions>;
  objections: AnswerOf<typeof getObjections>;
  versions: AnswerOf<typeof getVersions>["data"];
};

const ROWS = 20;

export async function readListing(api: OwnApi, c: PageContext, id: string): Promise<Listing> {
  const listing = await api.ask(c, getListing, { params: { id } });
  if (!("next" in listing)) throw new TypeError("a listing of today was asked for");
  return listing;
}

export async function readPapers(api: OwnApi, c: PageContext, id: string): Promise<Papers> {
  return (await api.ask(c, getPapers, { query: { subject: id } })).data;
}

export async function readDetail(api: OwnApi, c: PageContext, id: string): Promise<Detail> {
  // First the listing: what is nobody's business here is not found, whatever else would say.
  const listing = await readListing(api, c, id);
  const [clocks, papers, hits, sanctions, objections, versions] = await Promise.all([
    api.ask(c, getClocks, { query: { subject: id } }),
    readPapers(api, c, id),
    api.ask(c, getListingHits, { params: { id }, query: { limit: ROWS } }),
    api.ask(c, getListingSanctions, { params: { id }, query: { limit: ROWS } }),
    api.ask(c, getObjections, { query: { listing: id } }),
    api.ask(c, getVersions, { params: { id } }),
  ]);
  return { listing, clocks, papers, hits, sanctions, objections, versions: versions.data };
}
