// The door of the pages behind the sign-in: who may see them, whose forms are taken, and where a form leads.
import { timingSafeEqual } from "node:crypto";
import { getSessionOperation } from "../../courts/accounts/operations.ts";
import { isFromOwnPage } from "../../courts/index.ts";
import type { accountRoles } from "../../courts/schema.ts";
import { roleWords } from "../../courts/words.ts";
import { AppError } from "../../platform/error.ts";
import { readForm, textOf } from "../../platform/form-request.ts";
import { type FormUpload, readUpload } from "../../platform/form-upload.ts";
import type { Guard } from "../../platform/http.ts";
import {
  type FormState,
  INSIDE_HEADERS,
  type Markup,
  type OwnApi,
  type PageContext,
  type Reader,
  Refused,
  refusedForm,
} from "../../ui/index.ts";

type AccountRole = (typeof accountRoles)[number];

export type PageDoor = {
  /** Whoever is signed in with one of these roles, as `c.var.reader`; others are led to the sign-in, or refused. */
  enter: (roles: readonly AccountRole[]) => Guard<{ reader: Reader }>;
  /** The same for a form that writes, which only a page of ours can have sent: its fields are `c.var.form`. */
  act: (roles: readonly AccountRole[], bytesMax?: number) => Guard<{ reader: Reader; form: FormData }>;
  /** The same for a form that ends with a file, whose bytes have yet to come. */
  upload: (roles: readonly AccountRole[]) => Guard<{ reader: Reader; upload: FormUpload }>;
};

const FORM_BYTES_MAX = 128 * 1024;

export function createPageDoor({ api }: { api: OwnApi }): PageDoor {
  return {
    enter: (roles) => async (c, next) => {
      c.set("reader", await readerOf(c, roles));
      await next();
    },
    act:
      (roles, bytesMax = FORM_BYTES_MAX) =>
      async (c, next) => {
        const reader = await readerOf(c, roles);
        const form = await readForm(c, bytesMax);
        requireOwnPage(c, reader, textOf(form, "csrf"));
        c.set("reader", reader);
        c.set("form", form);
        await next();
      },
    upload: (roles) => async (c, next) => {
      const reader = await readerOf(c, roles);
      const upload = await readUpload(c.env.incoming);
      requireOwnPage(c, reader, textOf(upload.form, "csrf"));
      c.set("reader", reader);
      c.set("upload", upload);
      await next();
    },
  };

  async function readerOf(c: PageContext, roles: readonly AccountRole[]): Promise<Reader> {
    const { account, csrfToken } = await api.ask(c, getSessionOperation);
    if (!roles.includes(account.role)) throw new AppError("authority");
    const { id, name, role, court, agency } = account;
    return { id, name, role, roleName: roleWords[role], court, agency, csrfToken };
  }
}

/** A cookie goes along with requests of other sites too: the browser's word and our token say that it was ours. */
function requireOwnPage(c: PageContext, { csrfToken }: Reader, given: string): void {
  const header = (name: string) => c.req.header(name);
  const origin = { fetchSite: header("sec-fetch-site"), origin: header("origin"), host: header("host") };
  const [expected, actual] = [Buffer.from(csrfToken), Buffer.from(given)];
  const isToken = expected.length === actual.length && timingSafeEqual(expected, actual);
  if (!isToken || !isFromOwnPage(origin)) throw new AppError("cross-site");
}

type Submission<Done> = {
  /** Asks the API; what it refuses is shown at the fields. */
  act: () => Promise<Done>;
  /** Where the browser is sent afterwards, so that loading the page again repeats nothing. */
  done: (result: Done) => string | Response | Promise<Response>;
  /** The same form again, with what was wrong. */
  again: (state: FormState) => Markup | Promise<Markup>;
};

/**
 * Takes a form: does the act and sends the browser on, or shows the form again with what the API had against it.
 *
 * @example
 * router.post("/workbench/listings/:id/serve", door.act(courtOfficers), (c) =>
 *   submitForm(c, c.var.form, {
 *     act: () => api.ask(c, serveListing, { params: { id: c.req.param("id") }, body: readValues(c.var.form) }),
 *     done: ({ id }) => `/workbench/listings/${id}?done=served`,
 *     again: (state) => servePage(c, state),
 *   }),
 * );
 */
export async function submitForm<Done>(
  c: PageContext,
  form: FormData,
  { act, done, again }: Submission<Done>,
): Promise<Response> {
  try {
    const next = await done(await act());
    return typeof next === "string" ? c.redirect(next, 303) : next;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.status >= 500 || error.refusal.code === "unauthenticated")
      throw error;
    const { status, retryAfter } = error.refusal;
    const headers = { ...INSIDE_HEADERS, ...(retryAfter !== null && { "Retry-After": retryAfter }) };
    return c.html(await again(refusedForm(form, error.refusal)), status as 422, headers);
  }
}
