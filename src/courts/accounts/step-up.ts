// Showing both factors again within a session, for what weighs (ASVS 7.5.1): the session goes on under another token.
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { SignedIn } from "../door.ts";
import { renewToken } from "./session.ts";
import { type SecondFactor, type SignInDependencies, type Visitor, withFactors } from "./sign-in.ts";

export type BothFactors = { password: string } & SecondFactor;
/** What was done, and the token that only this answer has. */
export type SteppedUp<T> = { result: T; token: string };

/** Does `work` in the transaction that uses the second factor up. */
export async function stepUp<T>(
  dependencies: SignInDependencies,
  { account, session }: SignedIn,
  { factors, visitor }: { factors: BothFactors; visitor: Visitor },
  work: (tx: Transaction) => Promise<T>,
): Promise<SteppedUp<T>> {
  return withFactors(dependencies, { login: account.login, ...factors }, visitor, async (tx) => {
    const result = await work(tx);
    const token = await renewToken(tx, session);
    if (token === null) throw new AppError("unauthenticated");
    return { result, token };
  });
}
