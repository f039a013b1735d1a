// How often parties may use what needs no account: by the address they come from, and by the party they name from there.
import { clientAddress, type ProxyList } from "../../platform/client-address.ts";
import type { RequestContext } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { createRateLimit, type RatePolicy, type RateStanding } from "../../platform/rate-limit.ts";
import { type Claim, indexesOf } from "../party-code.ts";

/** What a request takes: an application leaves a row behind. */
export const UNITS = { application: 5, look: 1 } as const;

/** A court's hall or a mobile network is one address: what it may is a crowd's. */
const addressPolicies: RatePolicy[] = [
  { name: "address-minute", units: 600, windowSeconds: 60 },
  { name: "address-day", units: 20_000, windowSeconds: 86_400 },
];
/** Nobody is refused for what others did in their name: a party is counted for each address that names it. */
const partyPolicies: RatePolicy[] = [
  { name: "party-minute", units: 30, windowSeconds: 60 },
  { name: "party-day", units: 300, windowSeconds: 86_400 },
];

export type PublicLimit = {
  /** Before the body is read: `quota-exceeded` for an address that has used up its own. */
  takeAddress: (c: Pick<RequestContext, "env">, units: number) => RateStanding[];
  /** Once it is known who is named. */
  takeParty: (c: Pick<RequestContext, "env">, party: Pick<Claim, "name" | "document">, units: number) => RateStanding[];
};

export function createPublicLimit({ ring, proxies }: { ring: KeyRing; proxies: ProxyList }): PublicLimit {
  const addresses = createRateLimit(addressPolicies);
  const parties = createRateLimit(partyPolicies);
  const addressOf = (c: Pick<RequestContext, "env">) => clientAddress(c.env.incoming, proxies);
  return {
    takeAddress: (c, units) => addresses.take(addressOf(c), units),
    takeParty(c, party, units) {
      const [index] = indexesOf(ring, party);
      return parties.take(`${addressOf(c)} ${index?.toString("base64url") ?? ""}`, units);
    },
  };
}
