// Measures of agencies that wait for the court's approval, for its president or whoever has that authority in writing.
import { approveMeasureOperation, listAwaitingMeasuresOperation } from "../../courts/measures/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { doneOf, emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import type { Reader } from "../../ui/index.ts";
import { type WorkbenchOptions, workbenchPage } from "../area.ts";
import { measuresContent } from "./measures-page.ts";

const MEASURES = "/workbench/measures";
const approvers = ["judge", "president"] as const;
const doneWords: Readonly<Record<string, string>> = { approved: "已批准。信用牵头部门也批准后，该措施启用。" };

export function measurePages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(MEASURES, door.enter(approvers), async (c) =>
    c.html(await show(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.post(`${MEASURES}/:id{agy_[0-9a-z]+}/:measureId{ams_[0-9a-z]+}/approve`, door.act(approvers), (c) => {
    const { form, reader } = c.var;
    const { id, measureId } = c.req.param();
    return submitForm(c, form, {
      act: () => api.ask(c, approveMeasureOperation, { params: { id, measureId } }),
      done: () => `${MEASURES}?done=approved`,
      again: (state) => show(c, reader, state),
    });
  });

  return router;

  async function show(c: PageContext, reader: Reader, state: FormState): Promise<Markup> {
    const query = { approval: "court", cursor: c.req.query("cursor") };
    const page = await api.ask(c, listAwaitingMeasuresOperation, { query });
    const done = doneOf(doneWords, c.req.query("done"));
    const content = measuresContent({ page, reader, state, done });
    const title = `${state.refusal ? "错误：" : ""}待批准的惩戒措施`;
    return workbenchPage(options, { title, reader, current: MEASURES, content });
  }
}
