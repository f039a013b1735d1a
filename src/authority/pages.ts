// What every part of the authority's area is built from, and the frame in which it shows its pages.
import type { RequestContext } from "../platform/http.ts";
import type { PageDoor } from "../portal/index.ts";
import { INSIDE_HEADERS, insidePage, type Markup, type OwnApi, type Reader } from "../ui/index.ts";
import { areaOf } from "./area.ts";

export type AuthorityPages = { api: OwnApi; door: PageDoor; demonstration: boolean };

/** Whoever acts, and whoever only reads. */
export const authorities = ["credit_authority"] as const;
export const overseers = ["credit_authority", "assessor"] as const;
export const isAuthority = ({ role }: Reader) => authorities.some((known) => known === role);

type AuthorityPage = { title: string; current: string; content: Markup };
type Shown = Pick<RequestContext, "html"> & { var: { reader: Reader } };

export function frameOf({ demonstration }: AuthorityPages) {
  return { frame, show };

  function frame({ var: { reader } }: Shown, page: AuthorityPage): Markup {
    return insidePage({ ...page, area: areaOf(reader), reader, demonstration });
  }

  async function show(c: Shown, page: AuthorityPage): Promise<Response> {
    return c.html(await frame(c, page), 200, INSIDE_HEADERS);
  }
}
