// The keys of an agency: seen, issued, rolled and revoked, each secret shown once. These pages ask with the session alone,
// so that they are there when the key of the console was revoked.
import { ordinaryScopes, scopes } from "../../agencies/index.ts";
import * as keys from "../../courts/admission/keys/operations.ts";
import { AppError } from "../../platform/error.ts";
import type { Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { trailContent } from "../../workbench/index.ts";
import { type Administered, mayAct } from "../administered.ts";
import { withNotification } from "../notified-page.ts";
import { isKeyAct, issuedContent, keyActContent, keysContent } from "./key-page.ts";

type Shown = PageContext & { var: { reader: Reader } };

export function addKeyPages(router: Router, place: Administered): void {
  const { api, door, readers, actors, frame, show } = place;
  const base = `${place.base}/keys`;
  const current = place.currentOf("keys");
  const list = async (c: Shown, state: FormState) => {
    const { reader } = c.var;
    const { data } = await api.ask(c, keys.getKeys, { params: { id: place.agencyOf(c) } });
    const grantable = reader.role === "credit_authority" ? scopes : ordinaryScopes;
    const given = { path: place.pathOf(c, "keys"), grantable: mayAct(place, reader) ? grantable : null };
    const content = withNotification(c.req.query("done"), keysContent(reader, data, given, state));
    return { title: state.refusal ? "错误：密钥" : "密钥", current, content };
  };

  router.get(base, door.enter(readers), async (c) => show(c, await list(c, emptyForm)));

  router.post(base, door.act(actors), (c) => {
    const { form } = c.var;
    const params = { id: place.agencyOf(c) };
    const back = place.pathOf(c, "keys");
    return submitForm(c, form, {
      act: () => api.ask(c, keys.postKey, { params, body: readValues(form, { lists: ["scopes"] }) }),
      done: (issued) => show(c, { title: "密钥已签发", current, content: issuedContent(issued, back) }),
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  router.post(`${base}/console/:role`, door.act(actors), (c) => {
    const params = { id: place.agencyOf(c), role: c.req.param("role") };
    return submitForm(c, c.var.form, {
      act: () => api.ask(c, keys.postConsoleKey, { params }),
      done: () => `${place.pathOf(c, "keys")}?done=renewed`,
      again: async (state) => frame(c, await list(c, state)),
    });
  });

  addTrail(router, place);
  addActs(router, place);
}

function addTrail(router: Router, { api, door, readers, show, ...place }: Administered): void {
  router.get(`${place.base}/keys/:keyId/audit`, door.enter(readers), async (c) => {
    const params = { id: place.agencyOf(c), keyId: c.req.param("keyId") };
    const trail = await api.ask(c, keys.getKeyTrail, { params, query: { cursor: c.req.query("cursor") } });
    const href = place.pathOf(c, "keys");
    const tab = { back: { href, label: "密钥" }, path: `${href}/${params.keyId}/audit` };
    return show(c, { title: "办理留痕", current: place.currentOf("keys"), content: trailContent(trail, tab) });
  });
}

function addActs(router: Router, place: Administered): void {
  const { api, door, actors, frame, show } = place;
  const base = `${place.base}/keys/:keyId`;
  const current = place.currentOf("keys");
  const actPage = async (c: Shown, act: string, state: FormState) => {
    const { data } = await api.ask(c, keys.getKeys, { params: { id: place.agencyOf(c) } });
    const key = data.find(({ id }) => id === c.req.param("keyId"));
    if (!key || !isKeyAct(act)) throw new AppError("not-found");
    const title = act === "roll" ? "更换密钥" : "吊销密钥";
    const content = keyActContent(c.var.reader, { key, act, path: place.pathOf(c, "keys") }, state);
    return { title: state.refusal ? `错误：${title}` : title, current, content };
  };
  const paramsOf = (c: Shown) => ({ id: place.agencyOf(c), keyId: c.req.param("keyId") ?? "" });

  router.get(`${base}/:act`, door.enter(actors), async (c) => show(c, await actPage(c, c.req.param("act"), emptyForm)));

  router.post(`${base}/roll`, door.act(actors), (c) => {
    const { form } = c.var;
    const back = place.pathOf(c, "keys");
    return submitForm(c, form, {
      act: () =>
        api.ask(c, keys.postRoll, { params: paramsOf(c), body: readValues(form, { numbers: ["overlapMinutes"] }) }),
      done: (issued) => show(c, { title: "密钥已签发", current, content: issuedContent(issued, back) }),
      again: async (state) => frame(c, await actPage(c, "roll", state)),
    });
  });

  router.post(`${base}/revoke`, door.act(actors), (c) => {
    const { form } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, keys.postRevocation, { params: paramsOf(c), body: readValues(form) }),
      done: () => `${place.pathOf(c, "keys")}?done=revoked`,
      again: async (state) => frame(c, await actPage(c, "revoke", state)),
    });
  });
}
