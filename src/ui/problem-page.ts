// What a browser is shown where a page cannot be: the problem in words, in the place of a document for programs.
import { html } from "hono/html";
import { type RequestContext } from "../platform/http.ts";
import { PAGE_HEADERS } from "./page.ts";
import { Refused, type Refusal, refusalOf } from "./refused.ts";
import { type Site, sitePage } from "./site-page.ts";

/** Below these only programs ask. */
const FOR_PROGRAMS = /^\/(?:v1|log|metrics|livez|readyz|openapi\.json)(?:\/|$)/;

/** Whether `c` is a browser that shows a page to somebody. */
export function wantsPage(c: RequestContext): boolean {
  return !FOR_PROGRAMS.test(c.req.path) && /\btext\/html\b/.test(c.req.header("accept") ?? "");
}

/** `problem` tells the error as a problem document and logs it; whoever has to sign in first is led there. */
export async function answerProblemPage(
  c: RequestContext,
  error: unknown,
  { problem, site }: { problem: () => Response; site: Site },
): Promise<Response> {
  const told = error instanceof Refused ? null : problem();
  const refusal = error instanceof Refused ? error.refusal : await refusalOf(told ?? new Response());
  if (refusal.code === "unauthenticated") return c.redirect(signInPath(c), 303);
  const headers = {
    ...PAGE_HEADERS,
    "Cache-Control": "no-store",
    "Content-Language": "zh-CN",
    ...(refusal.retryAfter !== null && { "Retry-After": refusal.retryAfter }),
    ...(told?.headers.get("allow") && { Allow: told.headers.get("allow") ?? "" }),
  };
  return c.html(sitePage(site, { title: refusal.title, content: content(refusal) }), refusal.status as 400, headers);
}

/** Where somebody signs in who wanted to see `c`. */
function signInPath(c: RequestContext): string {
  const { pathname, search } = new URL(c.req.url);
  const to = new URLSearchParams({ to: pathname + search }).toString();
  return c.req.method === "GET" ? `/sign-in?${to}` : "/sign-in";
}

function content({ title, detail, code, refusal, requestId }: Refusal) {
  return html`<h1>${title}</h1>
    <div class="card">
      <p>${detail}${refusal ? html`（${refusal.article}）` : ""}</p>
    </div>
    <p class="soft">
      代码 <a href="/problems/${code}"><code>${code}</code></a
      >${requestId ? html` 　编号 <code>${requestId}</code>` : ""}
    </p>
    <p><a href="/">返回首页</a></p>`;
}
