// Requests to other machines, with an end to how long and how much they may answer: a hostile one must not fill the memory.

export type Bounds = { waitMsMax: number; bytesMax: number };
export type BoundedAnswer = { status: number; contentType: string | null; bytes: Buffer };

/** The whole answer; null where there is none in time, or more than fits. Redirects are not followed. */
export async function boundedFetch(
  url: string,
  { waitMsMax, bytesMax }: Bounds,
  init: Pick<RequestInit, "method" | "body" | "signal"> = {},
): Promise<BoundedAnswer | null> {
  const signals = [AbortSignal.timeout(waitMsMax), ...(init.signal ? [init.signal] : [])];
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any(signals), redirect: "error" });
    const parts: Uint8Array[] = [];
    let length = 0;
    const body: AsyncIterable<Uint8Array> | null = response.body;
    for await (const part of body ?? []) {
      length += part.length;
      if (length > bytesMax) return null;
      parts.push(part);
    }
    const contentType = response.headers.get("content-type");
    return { status: response.status, contentType, bytes: Buffer.concat(parts) };
  } catch {
    return null;
  }
}
