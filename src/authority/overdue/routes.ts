// The four lists of what is overdue, for whoever oversees agencies and courts.
import { newRouter, type Router } from "../../platform/http.ts";
import { getOverseenRequests } from "../../sanctions/identity/operations.ts";
import { getAllObligations } from "../../sanctions/lifting/operations.ts";
import { getOverseenTasks } from "../../sanctions/operations.ts";
import { getAllUnacknowledged } from "../../subscriptions/notices/operations.ts";
import type { PageContext } from "../../ui/index.ts";
import { type AuthorityPages, frameOf, overseers } from "../pages.ts";
import { feedbackContent, identityContent, liftsContent, noticesContent, type State } from "./overdue-page.ts";

export function overduePages(pages: AuthorityPages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/authority/feedback", door.enter(overseers), async (c) => {
    const { state, cursor } = askedFor(c);
    const content = feedbackContent(state, await api.ask(c, getOverseenTasks, { query: { state, cursor } }));
    return show(c, { title: "未反馈的任务", current: "/authority/feedback", content });
  });

  router.get("/authority/lifts", door.enter(overseers), async (c) => {
    const { state, cursor } = askedFor(c);
    const content = liftsContent(state, await api.ask(c, getAllObligations, { query: { state, cursor } }));
    return show(c, { title: "未解除的惩戒", current: "/authority/lifts", content });
  });

  router.get("/authority/notices", door.enter(overseers), async (c) => {
    const { state, cursor } = askedFor(c);
    const content = noticesContent(state, await api.ask(c, getAllUnacknowledged, { query: { state, cursor } }));
    return show(c, { title: "未确认的移出通知", current: "/authority/notices", content });
  });

  router.get("/authority/identity", door.enter(overseers), async (c) => {
    const { state, cursor } = askedFor(c);
    const query = { cursor, ...(state === "overdue" ? { overdue: "true" } : { state: "open" }) };
    const content = identityContent(state, await api.ask(c, getOverseenRequests, { query }));
    return show(c, { title: "未答复的身份核实请求", current: "/authority/identity", content });
  });

  return router;
}

function askedFor(c: PageContext): { state: State; cursor: string | undefined } {
  const { state, cursor } = c.req.query();
  return { state: state === "open" ? "open" : "overdue", cursor };
}
