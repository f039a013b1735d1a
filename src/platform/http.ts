// Shared HTTP ground: routers with our defaults, problem answers, and the shapes routes are described with.
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { AppError, type ErrorDetail, type FieldFault } from "./error.ts";
import { publicId, newUuid } from "./id.ts";
import { languageOf } from "./language.ts";
import type { Logger } from "./log.ts";
import { type FieldCode, type Language, problemCatalogue, type ProblemCode, problemOf } from "./problem-catalogue.ts";
import { asAppError, problemDocument } from "./problem.ts";

export { createRoute, z };

export type Environment = { Bindings: HttpBindings };
export type Router = OpenAPIHono<Environment>;
export type RequestContext = Context<Environment>;
/** What stands before a handler and hands it `Variables` in `c.var`. */
export type Guard<Variables extends object> = MiddlewareHandler<Environment & { Variables: Variables }>;

/** A router; the root's `onError` and 422 shape hold for every router below it. */
export function newRouter(): Router {
  return new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (!result.success) throw new AppError("validation", { faults: faultsOf(result.error) });
    },
  });
}

/** Answers `error` as problem+json in the caller's language, and logs it under the request id that the caller gets. */
export function problemResponse(c: RequestContext, error: unknown, log: Logger): Response {
  const known = asAppError(error);
  const { status } = problemOf(known.code);
  const requestUuid = newUuid();
  const requestId = publicId("req", requestUuid);
  const facts = { requestId, method: c.req.method, route: routePath(c), status, code: known.code };
  if (status < 500) log.info(facts, "request refused");
  else log.error({ ...facts, err: error }, "request failed");
  const language = languageOf(c.req.header("accept-language"));
  const document = problemDocument(known.code, language, known.detail.faults);
  const { retryAfterSeconds, headers, refusal } = known.detail;
  const members = { ...known.detail.members, ...(refusal && refusalMembers(refusal, language)) };
  const text = JSON.stringify({ ...document, ...members, instance: `urn:uuid:${requestUuid}`, requestId });
  return c.body(text, status as 400, {
    "Content-Type": "application/problem+json",
    "Content-Language": language === "zh" ? "zh-CN" : "en",
    "Cache-Control": "no-store",
    ...(retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) }),
    ...headers,
  });
}

/** What the law says takes the place of the general advice. */
function refusalMembers({ code, article, reason }: NonNullable<ErrorDetail["refusal"]>, language: Language) {
  return { detail: reason[language], refusal: { code, article } };
}

const ANSWER_HEADERS = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };

/**
 * A JSON answer of the check path, which no cache may keep (RFC 9111 §5.2.2.5). A plain `Response` with fixed headers
 * goes out without ever becoming a web-stream object; `c.json` with a header does not.
 */
export function answerJson(value: unknown, status = 200, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: headers ? { ...ANSWER_HEADERS, ...headers } : ANSWER_HEADERS,
  });
}

/** `given` in the shape of `schema`, or `validation` with every faulty field; `prefix` places an item of a larger body. */
export function parseAs<S extends z.ZodType>(schema: S, given: unknown, prefix = ""): z.infer<S> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (!parsed.success) throw new AppError("validation", { faults: faultsOf(parsed.error, prefix) });
  return parsed.data;
}

/** Zod's issues as faults with JSON Pointers and our codes. `prefix` places an item of a larger body. */
export function faultsOf(error: z.ZodError, prefix = ""): FieldFault[] {
  return error.issues.flatMap((issue): FieldFault[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ pointer: pointerOf(prefix, issue.path, key), code: "unknown_field" }));
    return [{ pointer: pointerOf(prefix, issue.path), code: fieldCodeOf(issue) }];
  });
}

/** Unknown member names longer than this are cut in pointers: they are the caller's text. */
const MEMBER_LENGTH_MAX = 40;
/** A member name with so many digits may be a number of somebody: organisation codes have few. */
const DIGITS_MIN = 3;

/** The members of `path` are the schema's own; `unknown` is the caller's. */
function pointerOf(prefix: string, path: PropertyKey[], unknown?: string): string {
  const members = [...path.map(String), ...(unknown === undefined ? [] : [repeatable(unknown)])];
  return `#${prefix}${members.map((member) => `/${escapeMember(member)}`).join("")}`;
}

/** A name that could itself be personal data is not repeated. */
function repeatable(name: string): string {
  const hasDigits = name.replace(/\D/g, "").length >= DIGITS_MIN;
  return hasDigits || /[^\x21-\x7e]/.test(name) || name.length > MEMBER_LENGTH_MAX ? "*" : name;
}

/** RFC 6901 §3 and §6. */
function escapeMember(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function fieldCodeOf(issue: z.core.$ZodIssue): FieldCode {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.includes("received undefined") ? "required" : "wrong_type";
    case "too_small":
      return issue.origin === "array" ? "too_few" : issue.origin === "string" ? "too_short" : "out_of_range";
    case "too_big":
      return issue.origin === "array" ? "too_many" : issue.origin === "string" ? "too_long" : "out_of_range";
    case "invalid_value":
      if (!("input" in issue) || typeof issue.input === "string") return "not_allowed";
      return issue.input === undefined ? "required" : "wrong_type";
    case "custom":
      return (issue.params?.["code"] as FieldCode | undefined) ?? "bad_form";
    default:
      return "bad_form";
  }
}

const ProblemView = z
  .object({
    type: z.string().openapi({ description: "URI reference of the problem's page" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(problemCatalogue) as [ProblemCode, ...ProblemCode[]]),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    load: z.string().optional().openapi({ description: "The load that stands in the way" }),
    note: z.string().optional().openapi({ description: "What exactly stands in the way, in English" }),
    "violated-policies": z.array(z.string()).optional().openapi({ description: "Of a limit: what of it is used up" }),
    refusal: z
      .object({ code: z.string(), article: z.string() })
      .optional()
      .openapi({ description: "Of an act that the law does not allow: which rule, and its article" }),
  })
  .openapi("Problem");

/** A JSON body that must be there: without `required`, an empty request would reach the handler as `{}`. */
export function jsonBody<S extends z.ZodType>(schema: S, description = "") {
  return { required: true as const, description, content: { "application/json": { schema } } };
}

export function jsonResponse<S extends z.ZodType>(description: string, schema: S) {
  return { description, content: { "application/json": { schema } } };
}

/** The responses of a route for these problem codes, one for each status. */
export function problems(...codes: ProblemCode[]) {
  const byStatus = Map.groupBy([...codes, "internal" as const], (code) => problemOf(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${problemOf(code).title.en}`).join("; "),
        content: { "application/problem+json": { schema: ProblemView } },
      },
    ]),
  );
}
