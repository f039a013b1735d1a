// Drafts that await a decision: chosen with their papers, reviewed as a list, and signed with both factors shown once.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getListings } from "../../registry/operations.ts";
import { postSigning } from "../../registry/signing/operations.ts";
import { postSheaf } from "../../remedies/papers/operations.ts";
import { type AnswerOf, emptyForm, type FormState, INSIDE_HEADERS, type Markup } from "../../ui/index.ts";
import { doneOf, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { readListing, readPapers } from "../listings/detail.ts";
import { doneWords } from "../words.ts";
import { type Draft, draftsContent, reviewContent, signedContent, unprintedContent } from "./decisions-page.ts";

const HOME = "/workbench/decisions";
/** Of each the page shows what forbids to decide it, and its papers. */
const DRAFTS_MAX = 25;

type Signed = AnswerOf<typeof postSigning>;
type Item = { listing: string; version: number; paper: { number: string; sha256: string } };

export function decisionPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(HOME, door.enter(readers), async (c) => {
    const { reader } = c.var;
    const page = await api.ask(c, getListings, {
      query: { state: "draft", limit: DRAFTS_MAX, cursor: c.req.query("cursor") },
    });
    const drafts = await Promise.all(page.data.map(({ id }) => readDraft(c, id)));
    const done = doneOf(doneWords, c.req.query("done"));
    const content = draftsContent({ reader, drafts, nextCursor: page.nextCursor, done });
    return c.html(workbenchPage(options, { title: "待决定", reader, current: HOME, content }), 200, INSIDE_HEADERS);
  });

  router.post(`${HOME}/review`, door.act(officers), async (c) => {
    const { form, reader } = c.var;
    return c.html(await showReview(c, { reader, form, state: emptyForm }), 200, INSIDE_HEADERS);
  });

  router.post(`${HOME}/signing`, door.act(officers), async (c) => {
    const { form, reader } = c.var;
    const { items: _, ...factors } = readValues(form);
    const items = await itemsIn(c, form);
    return submitForm(c, form, {
      act: () => api.send(c, postSigning, { body: { ...factors, items } }),
      done: async (response) => {
        const { results } = (await response.json()) as Signed;
        const content = signedContent(reader, results, chosenIn(form));
        const page = await workbenchPage(options, { title: "签发结果", reader, current: HOME, content });
        const cookie = response.headers.get("set-cookie") ?? "";
        return c.html(page, 200, { ...INSIDE_HEADERS, "Set-Cookie": cookie });
      },
      again: (state) => showReview(c, { reader, form, state }),
    });
  });

  addSheaf(router, options);
  return router;

  async function readDraft(c: PageContext, id: string): Promise<Draft> {
    const [listing, papers] = [await readListing(api, c, id), await readPapers(api, c, id)];
    const kind = listing.list === "dishonest" ? "decision" : "limit_order";
    return { listing, papers: papers.filter((paper) => paper.kind === kind) };
  }

  async function showReview(
    c: PageContext,
    { reader, form, state }: { reader: Reader; form: FormData; state: FormState },
  ): Promise<Markup> {
    const chosen = chosenIn(form);
    const drafts = await Promise.all(chosen.map(({ listing }) => readDraft(c, listing)));
    const content = reviewContent({ reader, chosen, drafts, state });
    const title = state.refusal ? "错误：签发" : "签发";
    return workbenchPage(options, { title, reader, current: HOME, content });
  }

  /** What was reviewed: the version that was shown then, and the paper by its number and hash. */
  async function itemsIn(c: PageContext, form: FormData): Promise<Item[]> {
    const items = await Promise.all(
      chosenIn(form).map(async ({ listing, version, paper }) => {
        const found = (await readPapers(api, c, listing)).find(({ id }) => id === paper);
        return found ? [{ listing, version, paper: { number: found.number, sha256: found.sha256 } }] : [];
      }),
    );
    return items.flat();
  }
}

/** The papers of a list that was signed, as one document. */
function addSheaf(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.post(`${HOME}/papers`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.send(c, postSheaf, { body: readValues(form, { lists: ["papers"] }) }),
      done: (sheaf) => new Response(sheaf.body, { headers: sheaf.headers }),
      again: ({ refusal }) => {
        const content = unprintedContent(refusal);
        return workbenchPage(options, { title: "错误：打印文书", reader, current: HOME, content });
      },
    });
  });
}

type Chosen = { listing: string; version: number; paper: string };

/** The rows that are ticked. */
function chosenIn(form: FormData): Chosen[] {
  const { items } = readValues(form);
  const rows = Array.isArray(items) ? (items as Record<string, unknown>[]) : [];
  return rows
    .filter(({ listing }) => typeof listing === "string")
    .map(({ listing, version, paper }) => ({
      listing: String(listing),
      version: Number(version),
      paper: typeof paper === "string" ? paper : "",
    }));
}
