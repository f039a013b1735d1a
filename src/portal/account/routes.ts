// Signing in and out in a browser, the first sign-in, and one's own account.
import * as accounts from "../../courts/accounts/operations.ts";
import * as securityKeys from "../../courts/accounts/security-keys/operations.ts";
import { accountRoles } from "../../courts/schema.ts";
import { readForm, textOf } from "../../platform/form-request.ts";
import { newRouter } from "../../platform/http.ts";
import {
  browserModuleRoutes,
  emptyForm,
  type FormState,
  INSIDE_HEADERS,
  insidePage,
  type Markup,
  type OwnApi,
  type PageContext,
} from "../../ui/index.ts";
import { PAGE_HEADERS, type Reader, readValues, type Site, sitePage } from "../../ui/index.ts";
import { accountContent, type AccountForm } from "./account-page.ts";
import { homeOf } from "./home-of.ts";
import { type PageDoor, submitForm } from "./page-door.ts";
import { bodyWithKey, securityKeyModules } from "./security-key.ts";
import { enrolContent, factorsContent, recoveryCodesContent, signInContent } from "./sign-in-page.ts";

const FORM_BYTES_MAX = 8 * 1024;

export type AccountPagesOptions = { api: OwnApi; door: PageDoor; site: Site };

export function accountPages(options: AccountPagesOptions) {
  const router = newRouter();
  router.route("/", browserModuleRoutes(securityKeyModules()));
  addSignIn(router, options);
  addEnrolment(router, options);
  addOwnAccount(router, options);
  addSecurityKeys(router, options);
  return router;
}

type Pages = ReturnType<typeof newRouter>;

function addSignIn(router: Pages, { api, door, site }: AccountPagesOptions): void {
  const show = (state: FormState, to: string) =>
    sitePage(site, {
      title: state.refusal ? "错误：登录" : "登录",
      content: signInContent(state, to),
      module: securityKeyModules().entry,
    });

  router.get("/sign-in", (c) => c.html(show(emptyForm, localPath(c.req.query("to"))), 200, OUTSIDE_HEADERS));

  router.post("/sign-in", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const to = localPath(textOf(form, "to"));
    const { to: _, ...body } = bodyWithKey(form, "assertion");
    return submitForm(c, form, {
      act: () => api.send(c, accounts.signInOperation, { body }),
      done: (response) => signedIn(response, to),
      again: (state) => show(state, to),
    });
  });

  router.post("/sign-out", door.act(accountRoles), async (c) => {
    const ended = await api.send(c, accounts.endSessionOperation, { params: { id: "current" } });
    const headers = { ...OUTSIDE_HEADERS, Location: "/", ...cookieOf(ended) };
    return new Response(null, { status: 303, headers });
  });
}

/** The cookie that the API gave goes to the browser; the page is where they wanted to go, or where their work is. */
async function signedIn(response: Response, to: string): Promise<Response> {
  const { account } = (await response.json()) as { account: { role: string } };
  const headers = { ...OUTSIDE_HEADERS, Location: to || homeOf(account.role), ...cookieOf(response) };
  return new Response(null, { status: 303, headers });
}

function addEnrolment(router: Pages, { api, site }: AccountPagesOptions): void {
  const show = (content: Markup) => sitePage(site, { title: "启用账号", content });

  router.get("/enrol", (c) => c.html(show(enrolContent(emptyForm)), 200, OUTSIDE_HEADERS));

  router.post("/enrol", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const enrolmentCode = textOf(form, "enrolmentCode");
    return submitForm(c, form, {
      act: () => api.ask(c, accounts.readEnrolmentOperation, { body: { enrolmentCode } }),
      done: (enrolling) => c.html(show(factorsContent(emptyForm, enrolling, enrolmentCode)), 200, OUTSIDE_HEADERS),
      again: (state) => show(enrolContent(state)),
    });
  });

  router.post("/enrol/completion", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const enrolmentCode = textOf(form, "enrolmentCode");
    const opened = async () => {
      const response = await api.send(c, accounts.completeEnrolmentOperation, { body: readValues(form) });
      const { recoveryCodes, account } = (await response.json()) as {
        recoveryCodes: string[];
        account: { role: string };
      };
      return { recoveryCodes, home: homeOf(account.role), cookie: cookieOf(response) };
    };
    return submitForm(c, form, {
      act: opened,
      done: ({ recoveryCodes, home, cookie }) =>
        c.html(show(recoveryCodesContent(recoveryCodes, home)), 200, { ...OUTSIDE_HEADERS, ...cookie }) as Response,
      again: async (state) => {
        const enrolling = await api.ask(c, accounts.readEnrolmentOperation, { body: { enrolmentCode } });
        return show(factorsContent(state, enrolling, enrolmentCode));
      },
    });
  });
}

function addOwnAccount(router: Pages, { api, door, site }: AccountPagesOptions): void {
  const { demonstration } = site;
  const show = showAccount({ api, site });

  router.get("/account", door.enter(accountRoles), async (c) =>
    c.html(await show(c, c.var.reader, null, emptyForm), 200, INSIDE_HEADERS),
  );

  router.post("/account/password", door.act(accountRoles), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.send(c, accounts.changePasswordOperation, { body: readValues(form) }),
      done: (response) => new Response(null, { status: 303, headers: { Location: "/account", ...cookieOf(response) } }),
      again: (state) => show(c, reader, "password", state),
    });
  });

  router.post("/account/recovery-codes", door.act(accountRoles), (c) => {
    const { form, reader } = c.var;
    const renewed = async () => {
      const response = await api.send(c, accounts.replaceRecoveryCodesOperation, { body: readValues(form) });
      const { recoveryCodes } = (await response.json()) as { recoveryCodes: string[] };
      const content = recoveryCodesContent(recoveryCodes, "/account");
      const text = insidePage({ title: "恢复码", area: area(reader), reader, demonstration, content });
      return c.html(await text, 200, { ...INSIDE_HEADERS, ...cookieOf(response) });
    };
    return submitForm(c, form, {
      act: renewed,
      done: (response) => response,
      again: (state) => show(c, reader, "recovery-codes", state),
    });
  });

  router.post("/account/sessions/:id/end", door.act(accountRoles), async (c) => {
    await api.send(c, accounts.endSessionOperation, { params: { id: c.req.param("id") } });
    return c.redirect("/account", 303);
  });
}

const area = (reader: Reader) => ({
  name: "本人账号",
  links: [
    { href: homeOf(reader.role), label: "返回工作页面" },
    { href: "/account", label: "本人账号" },
  ],
});

function showAccount({ api, site: { demonstration } }: Pick<AccountPagesOptions, "api" | "site">) {
  return async (c: PageContext, reader: Reader, form: AccountForm | null, state: FormState) => {
    const [sessions, keys] = await Promise.all([
      api.ask(c, accounts.listSessionsOperation),
      api.ask(c, securityKeys.listSecurityKeysOperation),
    ]);
    const content = accountContent(reader, { sessions: sessions.data, keys: keys.data }, { form, state });
    const { entry: module } = securityKeyModules();
    const title = state.refusal ? "错误：本人账号" : "本人账号";
    return insidePage({ title, area: area(reader), reader, demonstration, current: "/account", module, content });
  };
}

function addSecurityKeys(router: Pages, { api, door, site }: AccountPagesOptions): void {
  const show = showAccount({ api, site });
  const changed = (response: Response) =>
    new Response(null, { status: 303, headers: { Location: "/account", ...cookieOf(response) } });

  router.post("/account/security-keys", door.act(accountRoles), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.send(c, securityKeys.addSecurityKeyOperation, { body: bodyWithKey(form, "credential") }),
      done: changed,
      again: (state) => show(c, reader, "security-key", state),
    });
  });

  router.post("/account/security-keys/:id{hwk_[0-9a-z]+}/removal", door.act(accountRoles), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.send(c, securityKeys.removeSecurityKeyOperation, { params: { id }, body: readValues(form) }),
      done: changed,
      again: (state) => show(c, reader, id as AccountForm, state),
    });
  });
}

const OUTSIDE_HEADERS = { ...PAGE_HEADERS, "Cache-Control": "no-store" };

function cookieOf(response: Response): Record<string, string> {
  const cookie = response.headers.get("set-cookie");
  return cookie === null ? {} : { "Set-Cookie": cookie };
}

/** A path of ours, or nothing: no address of another host, in none of the ways that browsers read one. */
function localPath(given: string | undefined): string {
  return given !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.includes("\\") ? given : "";
}
