// Alerts on the authority's pages: read, looked into, closed. The assessor does not learn of canaries, and so of none.
import { getAllAlerts, postAcknowledgement, postClosing } from "../../checks/misuse/operations.ts";
import { chosenMisuse, withNotification } from "../../console/index.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { authorities, type AuthorityPages, frameOf } from "../pages.ts";
import { MISUSE, misuseContent } from "./misuse-page.ts";

const acts = {
  acknowledge: { operation: postAcknowledgement, done: "investigating" },
  close: { operation: postClosing, done: "closed" },
} as const;

export function misusePages(pages: AuthorityPages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const list = async (c: PageContext, reader: Reader, refused: FormState) => {
    const { filter, state } = chosenMisuse(c.req.query("state"));
    const alerts = await api.ask(c, getAllAlerts, { query: { state, cursor: c.req.query("cursor") } });
    const content = withNotification(c.req.query("done"), misuseContent(reader, alerts, { filter, state: refused }));
    return { title: refused.refusal ? "错误：异常提示" : "异常提示", current: MISUSE, content };
  };

  router.get(MISUSE, door.enter(authorities), async (c) => show(c, await list(c, c.var.reader, emptyForm)));

  for (const [act, { operation, done }] of Object.entries(acts))
    router.post(`${MISUSE}/:id/${act}`, door.act(authorities), (c) => {
      const { form, reader } = c.var;
      const params = { id: c.req.param("id") };
      return submitForm(c, form, {
        act: () => api.ask(c, operation, { params, body: readValues(form) }),
        done: ({ state }) => `${MISUSE}?state=${state}&done=${done}`,
        again: async (state) => frame(c, await list(c, reader, { ...state, form: `${act}-${params.id}` })),
      });
    });

  return router;
}
