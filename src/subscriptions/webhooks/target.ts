// Where a webhook may go: an agency names the address, so it must not reach into the network that the service stands in.
import { Resolver, lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import type { ProxyList } from "../../platform/client-address.ts";
import { databaseCode } from "../../platform/database.ts";
import type { FieldCode } from "../../platform/problem-catalogue.ts";

export type Targets = {
  /** Addresses that are let through although they are not public. */
  privateRanges: Pick<ProxyList, "check">;
  /** Hosts that may be asked without TLS. */
  httpHosts: readonly string[];
};
export type Address = { address: string; family: 4 | 6 };
/** All addresses of a host name; `signal` ends it. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<Address[]>;

const URL_LENGTH_MAX = 2_000;
const RESOLVE_MS_MAX = 5_000;

/** IPv4 that no public host has: the registry of special addresses (RFC 6890), multicast, and what is reserved. */
const special = blockListOf("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
]);
/** Of IPv6 only global unicast is public at all: that leaves out loopback, link-local, ULA, multicast, mapped and NAT64. */
const globalUnicast = blockListOf("ipv6", [["2000::", 3]]);
/** Within it: protocol assignments with Teredo, documentation, and 6to4, which leads to an IPv4 address. */
const specialWithin = blockListOf("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

function blockListOf(family: "ipv4" | "ipv6", subnets: [address: string, bits: number][]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, family);
  return list;
}

/** Whether something may be sent to this very address. */
export function isReachable({ privateRanges }: Pick<Targets, "privateRanges">, { address, family }: Address): boolean {
  const version = family === 4 ? "ipv4" : "ipv6";
  if (isIP(address) !== family) return false;
  if (privateRanges.check(address, version)) return true;
  if (family === 4) return !special.check(address, version);
  return globalUnicast.check(address, version) && !specialWithin.check(address, version);
}

/** The literal address in a URL's host, or null for a name. WHATWG URLs have IPv4 in its one form and IPv6 in brackets. */
export function literalOf(host: string): Address | null {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(address);
  return family === 4 || family === 6 ? { address, family } : null;
}

/** Why a URL cannot be an endpoint's, as far as that can be seen without asking anybody. */
export function urlFault(targets: Targets, text: string): FieldCode | null {
  if (text.length > URL_LENGTH_MAX) return "too_long";
  const url = URL.parse(text);
  if (!url) return "bad_form";
  const isSecure = url.protocol === "https:" || (url.protocol === "http:" && targets.httpHosts.includes(url.hostname));
  if (!isSecure || url.username !== "" || url.password !== "" || url.hash !== "") return "not_a_target";
  const literal = literalOf(url.hostname);
  return literal && !isReachable(targets, literal) ? "not_a_target" : null;
}

/**
 * Asks DNS itself, which has deadlines and takes no thread of ours; only a name that DNS says it does not know is looked
 * for in the system's own tables.
 */
export const resolveHost: Resolve = async (host, signal) => {
  const resolver = new Resolver({ timeout: RESOLVE_MS_MAX / 2, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = answers.flatMap((answer, at): Address[] =>
      answer.status === "fulfilled" ? answer.value.map((address) => ({ address, family: at === 0 ? 4 : 6 })) : [],
    );
    if (found.length > 0 || !answers.every(isUnknown)) return found;
    return (await lookup(host, { all: true })).map(({ address, family }) => ({
      address,
      family: family === 4 ? 4 : 6,
    }));
  } finally {
    signal.removeEventListener("abort", cancel);
  }
};

function isUnknown(answer: PromiseSettledResult<unknown>): boolean {
  return answer.status === "rejected" && ["ENOTFOUND", "ENODATA"].includes(databaseCode(answer.reason) ?? "");
}
