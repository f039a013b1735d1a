// The public's pages of the list: the search, what it finds, and a listing with what it means.
import { findCourt } from "../../courts/index.ts";
import { clientAddress, type ProxyList } from "../../platform/client-address.ts";
import type { Connection } from "../../platform/database.ts";
import { readForm, textOf } from "../../platform/form-request.ts";
import { newRouter, type RequestContext } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Now } from "../../platform/time.ts";
import {
  type BrowserModules,
  browserModuleRoutes,
  collectBrowserModules,
  emptyForm,
  type Markup,
  type Site,
  sitePage,
} from "../../ui/index.ts";
import { createGate } from "../gate/gate.ts";
import { PRIVATE_HEADERS, PUBLIC_HEADERS } from "../portal-page.ts";
import type { PublicListing } from "../search/resource.ts";
import { readPublished, type Search } from "../search/search.ts";
import { challengeContent } from "./challenge-page.ts";
import { homeContent } from "./home-page.ts";
import { type CourtToTurnTo, listingContent } from "./listing-page.ts";
import { resultsContent } from "./results-page.ts";
import { readSearch, searchValuesIn } from "./search-form.ts";

const FORM_BYTES_MAX = 8 * 1024;
/** Publication is for whoever looks somebody up, not for collecting. */
const ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /objections\nDisallow: /who-asked\nDisallow: /v1\n";

export type ListPagesOptions = Pick<Connection, "db" | "sql"> & {
  ring: KeyRing;
  proxies: ProxyList;
  search: Search;
  site: Site;
  now: Now;
};

export function listPages({ db, sql, ring, proxies, search, site, now }: ListPagesOptions) {
  const router = newRouter();
  const modules = browserModules();
  const gate = createGate({ key: ring.credentialKey, nowMs: () => now().getTime() });
  const addressOf = (c: Pick<RequestContext, "env">) => clientAddress(c.env.incoming, proxies);
  const show = (title: string, content: Markup) => sitePage(site, { title, content, current: "/" });
  router.route("/", browserModuleRoutes(modules));

  router.get("/", (c) => c.html(show("名单查询", homeContent(emptyForm)), 200, PUBLIC_HEADERS));
  router.get("/robots.txt", (c) => c.text(ROBOTS, 200, { "Cache-Control": "public, max-age=86400" }));
  // Whoever loads the page of results again without its form begins anew.
  router.get("/search", (c) => c.redirect("/", 303));

  router.post("/search", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const [values, cursor] = [searchValuesIn(form), textOf(form, "cursor")];
    const read = readSearch(values, cursor);
    if ("refused" in read) return c.html(show("错误：名单查询", homeContent(read.refused)), 422, PRIVATE_HEADERS);
    const given = { ticket: textOf(form, "ticket"), solution: textOf(form, "solution") };
    const passage = gate.pass(addressOf(c), given);
    if (passage.open) {
      const content = resultsContent(values, await search(read.asked));
      const page = sitePage(site, { title: "查询结果", content, current: "/", isWide: true });
      return c.html(page, 200, PRIVATE_HEADERS);
    }
    const { challenge } = passage;
    const content = challengeContent(values, cursor, challenge);
    const page = sitePage(site, { title: "请稍候", content, current: "/", module: modules.entry });
    return c.html(page, 429, { ...PRIVATE_HEADERS, "Retry-After": String(challenge.waitSeconds) });
  });

  router.get("/search/listings/:id", async (c) => {
    gate.look(addressOf(c));
    const listing = await readPublished(sql, c.req.param("id"));
    return c.html(show("名单信息", listingContent(listing, await courtOf(listing))), 200, PRIVATE_HEADERS);
  });

  return router;

  /** The court whose matter it is now, and the one above it; a legacy number names none, and the published name stands. */
  async function courtOf({ court }: PublicListing): Promise<CourtToTurnTo> {
    const found = court.competent === null ? undefined : await findCourt(db, court.competent);
    const higher = found?.higherCode ? await findCourt(db, found.higherCode) : undefined;
    return { name: found?.name ?? court.name, higher: higher?.name ?? null };
  }
}

let collected: BrowserModules | null = null;

/** Collected once a process: stripping types takes a while. */
function browserModules(): BrowserModules {
  collected ??= collectBrowserModules(new URL("../gate/browser/solve.ts", import.meta.url));
  return collected;
}
