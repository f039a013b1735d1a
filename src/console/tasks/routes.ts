// Feedback in the console: the tasks, one of them, the three reports on it, and the notice to the person.
import { AppError } from "../../platform/error.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getTask, getTasks, postFeedback, postNotice } from "../../sanctions/operations.ts";
import { taskStateWords } from "../../sanctions/words.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf, titlesFor } from "../pages.ts";
import { feedbackContent } from "./feedback-page.ts";
import { type FeedbackKind, isFeedbackKind, taskContent, tasksContent } from "./task-page.ts";

const current = "/console/tasks";
const lists = { lists: ["confirmedConditions"] };

export function taskPages(pages: ConsolePages): Router {
  const router = newRouter();
  addTasks(router, pages);
  addReports(router, pages);
  return router;
}

function addTasks(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console/tasks", door.enter(officers), async (c) => {
    const { state: given, cursor } = c.req.query();
    const state = chosenFilter(taskStateWords, given, "open");
    const isFirst = state === "open" && cursor === undefined;
    const [tasks, overdue, titles] = await Promise.all([
      api.ask(c, getTasks, { query: { state, cursor } }),
      isFirst ? api.ask(c, getTasks, { query: { state: "overdue" } }) : null,
      titlesFor(c, pages),
    ]);
    return show(c, { title: "反馈任务", current, content: tasksContent(state, tasks, overdue, titles) });
  });

  router.get("/console/tasks/:id", door.enter(officers), async (c) => {
    const [task, titles] = await Promise.all([
      api.ask(c, getTask, { params: { id: c.req.param("id") } }),
      titlesFor(c, pages),
    ]);
    const content = withNotification(c.req.query("done"), taskContent(c.var.reader, task, titles));
    return show(c, { title: "反馈任务", current, content });
  });
}

function addReports(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  type Asked = { kind: FeedbackKind; id: string; measure: string | null };
  const asked = (c: PageContext): Asked => {
    const { kind = "sanctioned", id = "" } = c.req.param() as Record<string, string>;
    if (!isFeedbackKind(kind)) throw new AppError("not-found");
    return { kind, id, measure: c.req.query("measure") ?? null };
  };
  const form = async (c: PageContext, reader: Reader, { kind, id, measure }: Asked, state: FormState) => {
    const task = await api.ask(c, getTask, { params: { id } });
    const content = feedbackContent(kind, measure, { reader, task, state });
    return { title: state.refusal ? "错误：反馈" : "反馈", current, content };
  };

  router.get("/console/tasks/:id/feedback/:kind", door.enter(officers), async (c) =>
    show(c, await form(c, c.var.reader, asked(c), emptyForm)),
  );

  router.post("/console/tasks/:id/feedback/:kind", door.act(officers), (c) => {
    const { form: given, reader } = c.var;
    const { id } = asked(c);
    const body = { ...readValues(given, lists), operator: operatorOf(reader) };
    return submitForm(c, given, {
      act: () => api.ask(c, postFeedback, { params: { id }, body }),
      done: () => `/console/tasks/${id}?done=reported`,
      again: async (state) => frame(c, await form(c, reader, asked(c), state)),
    });
  });

  router.post("/console/tasks/:id/notice", door.act(officers), (c) => {
    const { form: given, reader } = c.var;
    const { id } = asked(c);
    return submitForm(c, given, {
      act: () => api.send(c, postNotice, { params: { id }, body: noticeOrder(given, reader) }),
      done: (paper) => paper,
      again: async (state) => frame(c, await form(c, reader, asked(c), state)),
    });
  });
}

/** Of the form of a sanction, what its notice says. */
function noticeOrder(form: FormData, reader: Reader) {
  const { check, measure, decision, officer, duration, endsOn, confirmedConditions, identityProof, notice } =
    readValues(form, lists);
  const { number, hearing } = (notice ?? {}) as { number?: unknown; hearing?: unknown };
  const said = { check, measure, decision, officer, duration, endsOn, confirmedConditions, identityProof };
  return { ...said, number, hearing, operator: operatorOf(reader) };
}
