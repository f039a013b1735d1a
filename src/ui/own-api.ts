// How pages ask the register: through the operations of its API, in the same process. What an operation permits, checks
// and writes is the same for whoever reads a page as for whoever sends JSON.
import type { RequestContext, z } from "../platform/http.ts";
import { Refused, refusalOf } from "./refused.ts";

/** What is read of the description of an operation. */
export type Operation = { method: string; path: string; request?: object; responses: object };

type JsonIn<R> = R extends { content: { "application/json": { schema: infer S extends z.ZodType } } } ? S : never;
type Success<O extends Operation> = O["responses"][keyof O["responses"] & (200 | 201 | 202)];
/** What the operation answers when it succeeds. */
export type AnswerOf<O extends Operation> = z.infer<JsonIn<Success<O>>>;
type BodyOf<O extends Operation> = O["request"] extends { body: infer B } ? z.input<JsonIn<B>> : undefined;

export type Given<O extends Operation = Operation> = {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  /** Read by the operation's own schema: what a form holds goes in as it is. */
  body?: BodyOf<O> | Record<string, unknown>;
  headers?: Record<string, string>;
  /** The version that the page showed, for `If-Match`. */
  version?: number | string;
};

/** What a page knows of its own request, whatever stands in `c.var`. */
export type PageContext = Pick<RequestContext, "env" | "req" | "var" | "html" | "redirect">;

export type OwnApi = {
  /** The operation's answer; throws what it refuses with as `Refused`. */
  ask: <O extends Operation>(c: PageContext, operation: O, given?: Given<O>) => Promise<AnswerOf<O>>;
  /** The same for answers that are not JSON, or whose headers matter. */
  send: (c: PageContext, operation: Operation, given?: Given) => Promise<Response>;
};

export type OwnApiOptions = {
  fetch: (request: Request, env: object) => Response | Promise<Response>;
  /** In whose name a request is made; absent: of the session of whoever reads the page. */
  credential?: (c: PageContext) => Record<string, string>;
};

/** Of the page's own request: who asks, from where, in which language, and the browser's word on which page sent it. */
const PASSED_ON = [
  "accept-language",
  "cookie",
  "host",
  "origin",
  "sec-fetch-site",
  "user-agent",
  "x-forwarded-for",
] as const;

/**
 * @example
 * const api = createOwnApi({ fetch: (request, env) => app.fetch(request, env) });
 * const listing = await api.ask(c, getListing, { params: { id } });
 */
export function createOwnApi({ fetch, credential = () => ({}) }: OwnApiOptions): OwnApi {
  return { ask, send };

  async function ask<O extends Operation>(c: PageContext, operation: O, given: Given<O> = {}): Promise<AnswerOf<O>> {
    const response = await send(c, operation, given);
    // The operation's own tests hold its answers to its description.
    return (response.status === 204 ? undefined : await response.json()) as AnswerOf<O>;
  }

  async function send(c: PageContext, operation: Operation, given: Given = {}): Promise<Response> {
    const method = operation.method.toUpperCase();
    const body = method === "GET" ? undefined : JSON.stringify(given.body ?? {});
    const headers = { ...headersOf(c, given, body), ...credential(c) };
    const url = new URL(pathOf(operation, given), c.req.url);
    const incoming: unknown = Object.create(c.env.incoming, { headers: { value: headers } });
    const response = await fetch(new Request(url, { method, headers, ...(body !== undefined && { body }) }), {
      incoming,
      outgoing: c.env.outgoing,
    });
    if (response.ok) return response;
    throw new Refused(await refusalOf(response));
  }
}

function headersOf(c: PageContext, { headers, version }: Given, body: string | undefined): Record<string, string> {
  const passedOn: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = c.req.header(name);
    if (value !== undefined) passedOn[name] = value;
  }
  // The token of the form that the page was sent, which its door has compared.
  const { reader } = c.var as { reader?: { csrfToken: string } };
  return {
    ...passedOn,
    ...(reader && { "x-csrf-token": reader.csrfToken }),
    ...(body !== undefined && {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
    }),
    ...(version !== undefined && { "if-match": typeof version === "number" ? `"v${version}"` : version }),
    ...headers,
  };
}

function pathOf({ path }: Operation, { params = {}, query = {} }: Given): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== "") asked.append(name, String(value));
  return `/v1${filled}${asked.size > 0 ? `?${asked.toString()}` : ""}`;
}
