// Where a request comes from: the peer of the connection, or what proxies that are named as trusted say of it.
import { BlockList, isIP } from "node:net";
import type { IncomingMessage } from "node:http";

export type ProxyList = Pick<BlockList, "check">;

/** Addresses and subnets such as `10.0.0.0/8`; null where one is neither. */
export function parseProxies(entries: readonly string[]): ProxyList | null {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix, ...rest] = entry.split("/");
    const family = familyOf(address);
    const bits = prefix === undefined ? (family === "ipv4" ? 32 : 128) : Number(prefix);
    if (!family || rest.length > 0 || !(Number.isInteger(bits) && bits >= 0 && bits <= (family === "ipv4" ? 32 : 128)))
      return null;
    list.addSubnet(address, bits, family);
  }
  return list;
}

/**
 * The nearest address that is no trusted proxy, read from the right of `X-Forwarded-For`: what stands further left is
 * whatever the client wrote (ASVS 15.3.4). Of IPv6 the /64, which is what one subscriber has.
 */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">, proxies: ProxyList) {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const hops = [...forwarded.map((hop) => hop.trim()), socket.remoteAddress ?? ""].map(plainAddress);
  let client = hops.at(-1) ?? "";
  for (const hop of hops.toReversed()) {
    const family = familyOf(hop);
    if (!family) break;
    client = hop;
    if (!proxies.check(hop, family)) break;
  }
  return isIP(client) === 6 ? subnetOf(client) : client;
}

function familyOf(address: string): "ipv4" | "ipv6" | null {
  const version = isIP(address);
  return version === 4 ? "ipv4" : version === 6 ? "ipv6" : null;
}

/** A socket that takes both kinds shows IPv4 peers as `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

function subnetOf(address: string): string {
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const groups = head.split(":");
  const rest = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  const all = [...groups, ...zeros, ...rest].map((group) => Number.parseInt(group || "0", 16).toString(16));
  return `${all.slice(0, 4).join(":")}::/64`;
}
