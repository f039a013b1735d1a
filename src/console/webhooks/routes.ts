// Webhooks in the console, for the liaison: endpoints set up, tried, switched off and on; deliveries read and sent again.
import { AppError } from "../../platform/error.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as webhooks from "../../subscriptions/webhooks/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { liaisons, operatorOf } from "../console-door.ts";
import { withFaults, withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { deliveryContent, secretContent, webhookContent, webhooksContent } from "./webhook-page.ts";

const current = "/console/webhooks";

export function webhookPages(pages: ConsolePages): Router {
  const router = newRouter();
  addEndpoints(router, pages);
  addActs(router, pages);
  addDeliveries(router, pages);
  return router;
}

function addEndpoints(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const list = async (c: PageContext, reader: Reader, state: FormState) => {
    const { data } = await api.ask(c, webhooks.getWebhooks);
    const content = withNotification(c.req.query("done"), webhooksContent(reader, data, state));
    return { title: state.refusal ? "错误：推送" : "推送", current, content };
  };

  router.get("/console/webhooks", door.enter(liaisons), async (c) => show(c, await list(c, c.var.reader, emptyForm)));

  router.post("/console/webhooks", door.act(liaisons), (c) => {
    const { form, reader } = c.var;
    const body = { ...readValues(form, { lists: ["types"] }), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, webhooks.postWebhook, { body }),
      done: (created) => show(c, { title: "签名密钥", current, content: secretContent(created) }),
      again: async (state) => frame(c, await list(c, reader, state)),
    });
  });

  router.get("/console/webhooks/:id", door.enter(liaisons), async (c) => show(c, await one(c, c.var.reader, pages)));
}

async function one(c: PageContext, reader: Reader, { api }: ConsolePages, state: FormState = emptyForm) {
  const { id = "" } = c.req.param() as Record<string, string>;
  const { done, cursor } = c.req.query();
  const [webhook, deliveries] = await Promise.all([
    api.ask(c, webhooks.getWebhook, { params: { id } }),
    api.ask(c, webhooks.getDeliveries, { params: { id }, query: { cursor, limit: 20 } }),
  ]);
  const content = withFaults(state, withNotification(done, webhookContent(reader, webhook, deliveries)));
  return { title: "推送地址", current, content };
}

const acts = {
  enable: { operation: webhooks.enableWebhook, done: "enabled" },
  disable: { operation: webhooks.disableWebhook, done: "disabled" },
} as const;

function addActs(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);

  router.post("/console/webhooks/:id/:act{enable|disable}", door.act(liaisons), (c) => {
    const { form, reader } = c.var;
    const { id, act } = c.req.param();
    if (act !== "enable" && act !== "disable") throw new AppError("not-found");
    const { operation, done } = acts[act];
    return submitForm(c, form, {
      act: () => api.ask(c, operation, { params: { id }, body: { operator: operatorOf(reader) } }),
      done: () => `/console/webhooks/${id}?done=${done}`,
      again: async (state) => frame(c, await one(c, reader, pages, state)),
    });
  });

  router.post("/console/webhooks/:id/test", door.act(liaisons), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    return submitForm(c, form, {
      act: () => api.ask(c, webhooks.testWebhook, { params, body: { operator: operatorOf(reader) } }),
      done: ({ id }) => `/console/deliveries/${id}`,
      again: async (state) => frame(c, await one(c, reader, pages, state)),
    });
  });

  router.post("/console/webhooks/:id/rotate", door.act(liaisons), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    const body = { ...readValues(form, { numbers: ["overlapHours"] }), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, webhooks.rotateSecret, { params, body }),
      done: (rotated) => show(c, { title: "签名密钥", current, content: secretContent(rotated) }),
      again: async (state) => frame(c, await one(c, reader, pages, state)),
    });
  });

  router.post("/console/webhooks/:id/remove", door.act(liaisons), async (c) => {
    const params = { id: c.req.param("id") };
    await api.send(c, webhooks.deleteWebhook, { params, body: { operator: operatorOf(c.var.reader) } });
    return c.redirect("/console/webhooks?done=removed", 303);
  });
}

function addDeliveries(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const page = async (c: PageContext, reader: Reader, id: string, state: FormState) => {
    const delivery = await api.ask(c, webhooks.getDelivery, { params: { id } });
    const content = withNotification(c.req.query("done"), deliveryContent(reader, delivery, state));
    return { title: "一次推送", current, content };
  };

  router.get("/console/deliveries/:id", door.enter(liaisons), async (c) =>
    show(c, await page(c, c.var.reader, c.req.param("id"), emptyForm)),
  );

  router.post("/console/deliveries/:id/resend", door.act(liaisons), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.ask(c, webhooks.resendDelivery, { params: { id }, body: { operator: operatorOf(reader) } }),
      done: () => `/console/deliveries/${id}?done=resent`,
      again: async (state) => frame(c, await page(c, reader, id, state)),
    });
  });
}
