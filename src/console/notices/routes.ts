// Notices in the console: read, and acknowledged together.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getNotices, postAcknowledgements } from "../../subscriptions/notices/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withFaults, withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { noticeFilters, noticesContent } from "./notice-page.ts";

const current = "/console/notices";

export function noticePages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const list = async (c: PageContext, reader: Reader, refused: FormState) => {
    const { state: given, cursor, done } = c.req.query();
    const state = chosenFilter(noticeFilters, given, "open");
    const notices = await api.ask(c, getNotices, { query: { state, cursor } });
    const content = withFaults(refused, withNotification(done, noticesContent(reader, state, notices)));
    return { title: refused.refusal ? "错误：名单变动通知" : "名单变动通知", current, content };
  };

  router.get("/console/notices", door.enter(officers), async (c) => show(c, await list(c, c.var.reader, emptyForm)));

  router.post("/console/notices", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const body = { ...readValues(form, { lists: ["notices"] }), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, postAcknowledgements, { body }),
      done: () => "/console/notices?done=acknowledged",
      again: async (state) => frame(c, await list(c, reader, state)),
    });
  });

  return router;
}
