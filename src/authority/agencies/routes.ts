// Agencies on the authority's pages: admitted, changed, suspended; their measures, keys and people.
import {
  addKeyPages,
  addMeasurePages,
  addPeoplePages,
  type Administered,
  withNotification,
} from "../../console/index.ts";
import * as admission from "../../courts/admission/operations.ts";
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { trailContent } from "../../workbench/index.ts";
import { authorities, type AuthorityPages, frameOf, isAuthority, overseers } from "../pages.ts";
import { admissionContent, agenciesContent, agencyContent, type AgencyForm } from "./agency-page.ts";

const current = "/authority/agencies";
type Shown = PageContext & { var: { reader: Reader } };
export function agencyPages(pages: AuthorityPages): Router {
  const router = newRouter();
  addAdmission(router, pages);
  addAgency(router, pages);
  const place = placeOf(pages);
  addKeyPages(router, place);
  addPeoplePages(router, place);
  addMeasurePages(router, place, async (c) => {
    const { purposes } = await pages.api.ask(c, admission.getAgency, { params: { id: place.agencyOf(c) } });
    return new Map(purposes.map(({ code, title }) => [code, title]));
  });
  return router;
}

function placeOf(pages: AuthorityPages): Administered {
  const agencyOf = (c: Shown) => c.req.param("id") ?? "";
  return {
    ...frameOf(pages),
    api: pages.api,
    door: pages.door,
    readers: overseers,
    actors: authorities,
    base: `${current}/:id`,
    agencyOf,
    pathOf: (c, part) => `${current}/${agencyOf(c)}/${part}`,
    currentOf: () => current,
  };
}

function addAdmission(router: Router, pages: AuthorityPages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);

  router.get(current, door.enter(overseers), async (c) => {
    const agencies = await api.ask(c, admission.getAgencies, { query: { cursor: c.req.query("cursor") } });
    return show(c, { title: "共享单位", current, content: agenciesContent(agencies, isAuthority(c.var.reader)) });
  });

  const form = (reader: Reader, state: FormState) => {
    const title = state.refusal ? "错误：接入共享单位" : "接入共享单位";
    return { title, current, content: admissionContent(reader, state) };
  };

  router.get(`${current}/new`, door.enter(authorities), (c) => show(c, form(c.var.reader, emptyForm)));

  router.post(`${current}/new`, door.act(authorities), (c) => {
    const { form: given, reader } = c.var;
    return submitForm(c, given, {
      act: () => api.ask(c, admission.postAgency, { body: readValues(given, { lists: ["purposes"] }) }),
      done: ({ id }) => `${current}/${id}?done=admitted`,
      again: (state) => frame(c, form(reader, state)),
    });
  });
}

/** What each form of the page asks for. */
const operations = {
  agreement: admission.postAgreement,
  purpose: admission.postPurpose,
  suspend: admission.postSuspension,
  resume: admission.postResumption,
} as const;

function addAgency(router: Router, pages: AuthorityPages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const one = async (c: Shown, state: FormState) => {
    const { reader } = c.var;
    const agency = await api.ask(c, admission.getAgency, { params: { id: c.req.param("id") ?? "" } });
    const content = withNotification(c.req.query("done"), agencyContent(reader, agency, isAuthority(reader), state));
    return { title: state.refusal ? `错误：${agency.name}` : agency.name, current, content };
  };
  const changed = (id: string) => `${current}/${id}?done=changed`;

  router.get(`${current}/:id`, door.enter(overseers), async (c) => show(c, await one(c, emptyForm)));

  router.get(`${current}/:id/audit`, door.enter(overseers), async (c) => {
    const params = { id: c.req.param("id") };
    const [{ name }, trail] = await Promise.all([
      api.ask(c, admission.getAgency, { params }),
      api.ask(c, admission.getAgencyTrail, { params, query: c.req.query() }),
    ]);
    const href = `${current}/${params.id}`;
    const content = trailContent(trail, { back: { href, label: name }, path: `${href}/audit` });
    return show(c, { title: "办理留痕", current, content });
  });

  for (const [form, operation] of Object.entries(operations) as [Exclude<AgencyForm, "withdraw">, Acting][])
    router.post(`${current}/:id/${form}`, door.act(authorities), (c) => {
      const id = c.req.param("id");
      return submitForm(c, c.var.form, {
        act: () => api.send(c, operation, { params: { id }, body: readValues(c.var.form) }),
        done: () => changed(id),
        again: async (state) => frame(c, await one(c, { ...state, form })),
      });
    });

  router.post(`${current}/:id/withdraw`, door.act(authorities), (c) => {
    const { form } = c.var;
    const params = { id: c.req.param("id"), purpose: textOf(form, "purpose") };
    return submitForm(c, form, {
      act: () => api.send(c, admission.postPurposeWithdrawal, { params, body: { reason: textOf(form, "reason") } }),
      done: () => changed(params.id),
      again: async (state) => frame(c, await one(c, { ...state, form: "withdraw" })),
    });
  });
}

type Acting = (typeof operations)[keyof typeof operations];
