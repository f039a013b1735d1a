// The search inside a court's jurisdiction. A form that is posted: what is looked for stands in no address.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { postSearch } from "../../registry/inspection/operations.ts";
import { type AnswerOf, emptyForm, type FormState, INSIDE_HEADERS, type Markup, type Reader } from "../../ui/index.ts";
import { readValues, refusedForm } from "../../ui/index.ts";
import { readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { searchContent } from "./search-page.ts";

const HOME = "/workbench/search";

export function searchPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(HOME, door.enter(readers), async (c) =>
    c.html(await show(c.var.reader, emptyForm, null), 200, INSIDE_HEADERS),
  );

  router.post(HOME, door.act(readers), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, postSearch, { body: questionIn(form) }),
      done: async (found) => {
        const { values } = refusedForm(form, NOTHING_WRONG);
        return c.html(await show(reader, { values, refusal: null }, found), 200, INSIDE_HEADERS);
      },
      again: (state) => show(reader, state, null),
    });
  });

  return router;

  async function show(reader: Reader, state: FormState, found: AnswerOf<typeof postSearch> | null): Promise<Markup> {
    const content = searchContent({ reader, state, found });
    const title = state.refusal ? "错误：查找" : "查找";
    return workbenchPage(options, { title, reader, current: HOME, content });
  }
}

const NOTHING_WRONG = { status: 0, code: "validation", title: "", detail: "", retryAfter: null } as const;

/** A kind of document alone asks for nothing. */
function questionIn(form: FormData): Record<string, unknown> {
  const { document, ...question } = readValues(form);
  const isGiven = typeof document === "object" && document !== null && "number" in document;
  return isGiven ? { ...question, document } : question;
}
