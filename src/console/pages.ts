// What every part of the console is built from, and the frame in which it shows its pages.
import { getOwnAgency } from "../agencies/operations.ts";
import type { RequestContext } from "../platform/http.ts";
import { INSIDE_HEADERS, insidePage, type Markup, type OwnApi, type PageContext, type Reader } from "../ui/index.ts";
import { areaOf } from "./area.ts";
import type { ConsoleDoor } from "./console-door.ts";

export type ConsolePages = { api: OwnApi; door: ConsoleDoor; demonstration: boolean };

/** Titles of purposes by their codes. */
export type Titles = ReadonlyMap<string, string>;
export type ConsolePage = { title: string; current: string; content: Markup };
type Shown = Pick<RequestContext, "html"> & { var: { reader: Reader } };

export function frameOf({ demonstration }: ConsolePages) {
  return { frame, show };

  function frame({ var: { reader } }: Shown, page: ConsolePage): Markup {
    return insidePage({ ...page, area: areaOf(reader), reader, demonstration });
  }

  async function show(c: Shown, page: ConsolePage): Promise<Response> {
    return c.html(await frame(c, page), 200, INSIDE_HEADERS);
  }
}

/** What the agency's purposes are called. */
export async function titlesFor(c: PageContext, { api }: Pick<ConsolePages, "api">): Promise<Titles> {
  const { purposes } = await api.ask(c, getOwnAgency);
  return new Map(purposes.map(({ code, title }) => [code, title]));
}
