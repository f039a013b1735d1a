// An agency that somebody administers: its own liaison in the console, the credit authority on the authority's pages. What
// they do about keys, people and measures are the same pages at two addresses.
import type { PageDoor } from "../portal/index.ts";
import type { Markup, OwnApi, PageContext, Reader } from "../ui/index.ts";

type Roles = Parameters<PageDoor["enter"]>[0];
type Page = { title: string; current: string; content: Markup };
type Shown = PageContext & { var: { reader: Reader } };

export type Administered = {
  api: OwnApi;
  door: Pick<PageDoor, "enter" | "act">;
  /** Who may see the pages, and who may act on them. */
  readers: Roles;
  actors: Roles;
  /** Under which address they stand, as a route has it. */
  base: string;
  /** Which agency, and the address of a page about it, as a request has them. */
  agencyOf: (c: Shown) => string;
  pathOf: (c: Shown, part: string) => string;
  /** The link of the area that is marked on a page of this part. */
  currentOf: (part: string) => string;
  frame: (c: Shown, page: Page) => Markup;
  show: (c: Shown, page: Page) => Promise<Response>;
};

/** Whether the reader of a page may act on it. */
export function mayAct({ actors }: Pick<Administered, "actors">, { role }: Reader): boolean {
  return actors.some((known) => known === role);
}
