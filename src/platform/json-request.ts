// Reads a JSON body within a stated size without touching web streams: `bodyLimit()` costs four times the CPU of the rest.
import { AppError } from "./error.ts";
import { parseAs, type RequestContext, type z } from "./http.ts";

/** The body in the shape of `schema`; what `readJson` throws, or `validation` with every faulty field. */
export async function readBody<S extends z.ZodType>(
  c: Pick<RequestContext, "env" | "req">,
  schema: S,
  bytesMax: number,
): Promise<z.infer<S>> {
  return parseAs(schema, await readJson(c, bytesMax));
}

/** The parsed body; `length-required`, `content-too-large`, `unsupported-media-type` or `malformed-json` otherwise. */
export async function readJson(c: Pick<RequestContext, "env" | "req">, bytesMax: number): Promise<unknown> {
  const { headers } = c.env.incoming;
  if (!isUtf8Json(headers["content-type"])) throw new AppError("unsupported-media-type");
  if (headers["transfer-encoding"] !== undefined || headers["content-length"] === undefined)
    throw new AppError("length-required");
  const length = Number(headers["content-length"]);
  if (!(length <= bytesMax)) throw new AppError("content-too-large", { headers: { Connection: "close" } });
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed-json");
  }
}

/** `application/json`, with no charset or UTF-8 (RFC 8259 §8.1). */
function isUtf8Json(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  if (type.trim() !== "application/json") return false;
  return parameters.every(
    (parameter) => !/charset\s*=/.test(parameter) || /charset\s*=\s*"?utf-?8"?\s*$/.test(parameter),
  );
}
