// The people of an agency: accounts seen, created, disabled and reset.
import * as people from "../../courts/admission/accounts/operations.ts";
import type { Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { trailContent } from "../../workbench/index.ts";
import { type Administered, mayAct } from "../administered.ts";
import { withNotification } from "../notified-page.ts";
import { accountsContent, enrollingContent } from "./account-page.ts";

type Shown = PageContext & { var: { reader: Reader } };

/** Whom the reader may create: the credit authority also the liaison. */
function creatable(place: Administered, reader: Reader): readonly string[] {
  if (!mayAct(place, reader)) return [];
  return reader.role === "credit_authority" ? ["agency_liaison", "agency_officer"] : ["agency_officer"];
}

export function addPeoplePages(router: Router, place: Administered): void {
  const { api, door, readers, actors, frame, show } = place;
  const base = `${place.base}/people`;
  const page = { title: "人员", current: place.currentOf("people") };
  const list = async (c: Shown, state: FormState) => {
    const { reader } = c.var;
    const { data } = await api.ask(c, people.getAccounts, { params: { id: place.agencyOf(c) } });
    const given = { path: place.pathOf(c, "people"), roles: creatable(place, reader) };
    const content = withNotification(c.req.query("done"), accountsContent(reader, data, given, state));
    return { ...page, title: state.refusal ? "错误：人员" : "人员", content };
  };

  router.get(base, door.enter(readers), async (c) => show(c, await list(c, emptyForm)));

  router.post(base, door.act(actors), (c) => {
    const { form } = c.var;
    const params = { id: place.agencyOf(c) };
    return submitForm(c, form, {
      act: () => api.ask(c, people.postAccount, { params, body: readValues(form) }),
      done: (created) => show(c, { ...page, content: enrollingContent(created, place.pathOf(c, "people")) }),
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  router.get(`${base}/:accountId/audit`, door.enter(readers), async (c) => {
    const trail = await api.ask(c, people.getAccountTrail, {
      params: paramsOf(c),
      query: { cursor: c.req.query("cursor") },
    });
    const href = place.pathOf(c, "people");
    const path = `${href}/${paramsOf(c).accountId}/audit`;
    return show(c, {
      ...page,
      title: "办理留痕",
      content: trailContent(trail, { back: { href, label: "人员" }, path }),
    });
  });

  router.post(`${base}/:accountId/disable`, door.act(actors), (c) => {
    const { form } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, people.postDisabling, { params: paramsOf(c), body: readValues(form) }),
      done: () => `${place.pathOf(c, "people")}?done=disabled`,
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  router.post(`${base}/:accountId/reset`, door.act(actors), (c) => {
    const { form } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, people.postReset, { params: paramsOf(c), body: readValues(form) }),
      done: (reset) => show(c, { ...page, content: enrollingContent(reset, place.pathOf(c, "people")) }),
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  const paramsOf = (c: Shown) => ({ id: place.agencyOf(c), accountId: c.req.param("accountId") ?? "" });
}
