// Showing both factors again within a request of a session, for verbs that stand in other modules.
import type { Transaction } from "../../platform/database.ts";
import type { RequestContext } from "../../platform/http.ts";
import type { SignedIn } from "../door.ts";
import type { AssertionAnswer } from "./security-keys/webauthn.ts";
import { sessionCookie } from "./session-token.ts";
import type { SignInDependencies } from "./sign-in.ts";
import { stepUp } from "./step-up.ts";
import { type Reached, secondFactorIn, visitorOf } from "./visitor.ts";

/** As a body has them whose schema is made of `factorFields`. */
type GivenFactors = { password: string; code?: string | undefined; assertion?: AssertionAnswer | undefined };

/** What was done, and the cookie with which the session goes on. */
export async function stepUpIn<T>(
  c: Pick<RequestContext, "env" | "req">,
  options: SignInDependencies & Reached,
  signedIn: SignedIn,
  { password, ...second }: GivenFactors,
  work: (tx: Transaction) => Promise<T>,
): Promise<{ result: T; cookie: string }> {
  const factors = { password, ...secondFactorIn(c, options, second) };
  const shown = { factors, visitor: visitorOf(c, options) };
  const { result, token } = await stepUp(options, signedIn, shown, work);
  return { result, cookie: sessionCookie(token) };
}
