// What a request tells of whoever signs in: where it comes from, which service it asks, and both factors.
import { clientAddress, type ProxyList } from "../../platform/client-address.ts";
import type { RequestContext } from "../../platform/http.ts";
import { type AssertionAnswer, type RelyingParty, relyingPartyOf } from "./security-keys/webauthn.ts";
import type { SecondFactor, Visitor } from "./sign-in.ts";

type Context = Pick<RequestContext, "env" | "req">;
/** `publicUrl`: the address that browsers show; null for the one that was asked under. */
export type Reached = { proxies: ProxyList; publicUrl: string | null };

export function visitorOf(c: Context, { proxies }: Reached): Visitor {
  return { address: clientAddress(c.env.incoming, proxies), userAgent: c.req.header("user-agent") ?? "" };
}

/**
 * The service as the browser sees it. Where nobody has said so it is what the request asked for: whoever lies about that
 * gets signatures for another host, and no key here was made for that one.
 */
export function relyingPartyIn(c: Context, { publicUrl }: Reached): RelyingParty {
  return relyingPartyOf(publicUrl ?? c.req.url);
}

type Given = { code?: string | undefined; assertion?: AssertionAnswer | undefined };

/** Of a body whose schema has required one of the two. */
export function secondFactorIn(c: Context, reached: Reached, { code, assertion }: Given): SecondFactor {
  if (assertion) return { assertion: { answer: assertion, party: relyingPartyIn(c, reached) } };
  return { code: code ?? "" };
}
