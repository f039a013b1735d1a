// Reads a form that a page sent, within a stated size.
import { AppError } from "./error.ts";
import type { RequestContext } from "./http.ts";

/** The fields; `length-required`, `content-too-large`, `unsupported-media-type` or `validation` otherwise. */
export async function readForm(c: Pick<RequestContext, "env" | "req">, bytesMax: number): Promise<FormData> {
  const { headers } = c.env.incoming;
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i.test(headers["content-type"] ?? ""))
    throw new AppError("unsupported-media-type");
  if (headers["transfer-encoding"] !== undefined || headers["content-length"] === undefined)
    throw new AppError("length-required");
  if (!(Number(headers["content-length"]) <= bytesMax))
    throw new AppError("content-too-large", { headers: { Connection: "close" } });
  try {
    return await c.req.formData();
  } catch {
    throw new AppError("validation");
  }
}

/** A field of text; empty where it was not sent. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
