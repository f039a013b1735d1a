// The measures of an agency: read, proposed, approved and withdrawn.
import * as measures from "../../courts/measures/operations.ts";
import type { Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { trailContent } from "../../workbench/index.ts";
import { type Administered, mayAct } from "../administered.ts";
import { withFaults, withNotification } from "../notified-page.ts";
import { measuresContent, proposalContent } from "./measure-page.ts";

type Shown = PageContext & { var: { reader: Reader } };
/** Which purposes an agency has, by their codes. */
export type PurposesOf = (c: Shown) => Promise<ReadonlyMap<string, string>>;

export function addMeasurePages(router: Router, place: Administered, purposesOf: PurposesOf): void {
  const { api, door, readers, actors, frame, show } = place;
  const base = `${place.base}/measures`;
  const current = place.currentOf("measures");
  const list = async (c: Shown, state: FormState) => {
    const { reader } = c.var;
    const { done, cursor } = c.req.query();
    const given = { params: { id: place.agencyOf(c) }, query: { cursor } };
    const rows = await api.ask(c, measures.listMeasuresOperation, given);
    const mayApprove = reader.role === "credit_authority";
    const about = { path: place.pathOf(c, "measures"), mayAct: mayAct(place, reader), mayApprove };
    const content = withFaults(state, withNotification(done, measuresContent(reader, rows, about)));
    return { title: state.refusal ? "错误：惩戒措施" : "惩戒措施", current, content };
  };
  const proposal = async (c: Shown, state: FormState) => {
    const [titles, { data: catalogue }] = await Promise.all([
      purposesOf(c),
      api.ask(c, measures.readCatalogueOperation),
    ]);
    const given = { path: place.pathOf(c, "measures"), catalogue, titles, code: c.req.query("code") ?? null };
    const title = state.refusal ? "错误：提出启用措施" : "提出启用措施";
    return { title, current, content: proposalContent(c.var.reader, given, state) };
  };

  router.get(base, door.enter(readers), async (c) => show(c, await list(c, emptyForm)));

  router.get(`${base}/new`, door.enter(actors), async (c) => show(c, await proposal(c, emptyForm)));

  router.post(`${base}/new`, door.act(actors), (c) => {
    const { form } = c.var;
    const given = { params: { id: place.agencyOf(c) }, body: readValues(form, { lists: ["purposes"] }) };
    return submitForm(c, form, {
      act: () => api.ask(c, measures.proposeMeasureOperation, given),
      done: () => `${place.pathOf(c, "measures")}?done=proposed`,
      again: async (state) => frame(c, await proposal(c, state)),
    });
  });

  router.get(`${base}/:measureId/audit`, door.enter(readers), async (c) => {
    const query = { cursor: c.req.query("cursor") };
    const trail = await api.ask(c, measures.getMeasureTrail, { params: paramsOf(c), query });
    const href = place.pathOf(c, "measures");
    const tab = { back: { href, label: "惩戒措施" }, path: `${href}/${paramsOf(c).measureId}/audit` };
    return show(c, { title: "办理留痕", current, content: trailContent(trail, tab) });
  });

  router.post(`${base}/:measureId/approve`, door.act(["credit_authority"]), (c) =>
    submitForm(c, c.var.form, {
      act: () => api.ask(c, measures.approveMeasureOperation, { params: paramsOf(c) }),
      done: () => `${place.pathOf(c, "measures")}?done=approved`,
      again: async (state) => frame(c, await list(c, state)),
    }),
  );

  router.post(`${base}/:measureId/withdraw`, door.act(actors), (c) => {
    const { form } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, measures.withdrawMeasureOperation, { params: paramsOf(c), body: readValues(form) }),
      done: () => `${place.pathOf(c, "measures")}?done=disabled`,
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  const paramsOf = (c: Shown) => ({ id: place.agencyOf(c), measureId: c.req.param("measureId") ?? "" });
}
