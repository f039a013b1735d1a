// The pages of parties: how to object, the application and where it stands, and who asked. They ask the API as anybody may.
import {
  applyForCorrectionOperation,
  readApplication,
  readStandingOperation,
  whoAskedOperation,
} from "../../remedies/index.ts";
import { AppError } from "../../platform/error.ts";
import { readForm, textOf } from "../../platform/form-request.ts";
import { newRouter } from "../../platform/http.ts";
import { uuidOf } from "../../platform/id.ts";
import type { Sql } from "../../platform/database.ts";
import {
  emptyForm,
  type FormState,
  type Markup,
  type OwnApi,
  readValues,
  type Refusal,
  refusedForm,
  type Site,
  sitePage,
} from "../../ui/index.ts";
import { submitForm } from "../account/index.ts";
import { plainState, PRIVATE_HEADERS, PUBLIC_HEADERS, refusalOfFaults } from "../portal-page.ts";
import { readPublished } from "../search/search.ts";
import { answersContent } from "./answers-page.ts";
import { askedContent } from "./asked-page.ts";
import { guideContent } from "./guide-page.ts";
import { type AboutListing, objectionContent, receivedContent } from "./objection-page.ts";
import { standingContent } from "./standing-page.ts";

/** These pages are Chinese, whatever the browser asks for; so is what is refused on them. */
const headers = { "accept-language": "zh-CN" };
/** A statement of 5,000 characters as browsers encode it, and the rest of the form. */
const FORM_BYTES_MAX = 64 * 1024;

export type PartyPagesOptions = { sql: Sql; api: OwnApi; site: Site };

export function partyPages(options: PartyPagesOptions) {
  const router = newRouter();
  const content = guideContent();
  router.get("/remedies", (c) => c.html(show(options, "纠正与救济", content), 200, PUBLIC_HEADERS));
  addObjections(router, options);
  addStanding(router, options);
  addWhoAsked(router, options);
  return router;
}

type Pages = ReturnType<typeof newRouter>;

function addObjections(router: Pages, options: PartyPagesOptions): void {
  const { sql, api } = options;
  const again = (state: FormState) =>
    show(options, titled("申请纠正", state), objectionContent(plainState(state), null));

  router.get("/objections/new", async (c) => {
    const about = await aboutListing(sql, c.req.query("listing"));
    return c.html(show(options, "申请纠正", objectionContent(emptyForm, about)), 200, PRIVATE_HEADERS);
  });

  router.post("/objections/new", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const step = textOf(form, "step");
    form.delete("step");
    if (step === "change") return c.html(again(filled(form)), 200, PRIVATE_HEADERS);
    if (step !== "send") {
      const refusal = findFaults(form);
      if (refusal) return c.html(again(refusedForm(form, refusal)), 422, PRIVATE_HEADERS);
      return c.html(show(options, "核对申请内容", answersContent(filled(form).values)), 200, PRIVATE_HEADERS);
    }
    return submitForm(c, form, {
      act: () => api.ask(c, applyForCorrectionOperation, { body: readValues(form), headers }),
      done: ({ receipt, state }) => `/objections/received/${receipt}${state === "unverified" ? "" : "?verified=1"}`,
      again,
    });
  });

  router.get("/objections/received/:receipt", (c) => {
    const receipt = c.req.param("receipt");
    if (uuidOf("obj", receipt) === null) throw new AppError("not-found");
    const content = receivedContent(receipt, c.req.query("verified") === "1");
    return c.html(show(options, "申请已收到", content), 200, PRIVATE_HEADERS);
  });
}

function addStanding(router: Pages, options: PartyPagesOptions): void {
  const page = (title: string, state: FormState, standing: Parameters<typeof standingContent>[1] = null) =>
    show(options, titled(title, state), standingContent(plainState(state), standing));

  router.get("/objections/standing", (c) => c.html(page("查询办理情况", emptyForm), 200, PRIVATE_HEADERS));

  router.post("/objections/standing", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    return submitForm(c, form, {
      act: () => options.api.ask(c, readStandingOperation, { body: readValues(form), headers }),
      done: (standing) => c.html(page("办理情况", filled(form), standing), 200, PRIVATE_HEADERS),
      again: (state) => page("查询办理情况", state),
    });
  });
}

function addWhoAsked(router: Pages, options: PartyPagesOptions): void {
  const page = (state: FormState, asked: Parameters<typeof askedContent>[1] = null) =>
    show(options, titled("谁查询过我", state), askedContent(plainState(state), asked), "/who-asked");

  router.get("/who-asked", (c) => c.html(page(emptyForm), 200, PRIVATE_HEADERS));

  router.post("/who-asked", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    return submitForm(c, form, {
      act: () => options.api.ask(c, whoAskedOperation, { body: readValues(form), headers }),
      done: (asked) => c.html(page(filled(form), asked), 200, PRIVATE_HEADERS),
      again: (state) => page(state),
    });
  });
}

function show({ site }: PartyPagesOptions, title: string, content: Markup, current = "/remedies"): Markup {
  return sitePage(site, { title, current, content });
}

function titled(title: string, { refusal }: FormState): string {
  return refusal ? `错误：${title}` : title;
}

/** A form as it was sent, with nothing against it. */
function filled(form: FormData): FormState {
  const texts = [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return { values: Object.fromEntries(texts) as Record<string, string>, refusal: null };
}

/** What the page of a listing led here from; of one that is not published nothing is filled in. */
async function aboutListing(sql: Sql, id: string | undefined): Promise<AboutListing> {
  if (id === undefined) return null;
  const { caseNumber, list } = await readPublished(sql, id);
  return { caseNumber, list };
}

/** What the API would have against the application, before anything is sent. */
function findFaults(form: FormData): Refusal | null {
  try {
    readApplication(readValues(form));
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "validation") throw error;
    return refusalOfFaults(error.detail.faults ?? []);
  }
}
