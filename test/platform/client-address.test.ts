// The client's address: the peer's, and what trusted proxies add from the right; what a client writes itself never counts.
import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress, parseProxies } from "../../src/platform/client-address.ts";

const none = parseProxies([]);
const inside = parseProxies(["10.0.0.0/8", "::1"]);

function addressOf(peer: string, forwarded?: string, proxies = inside): string | undefined {
  const request = { socket: { remoteAddress: peer }, headers: { "x-forwarded-for": forwarded } };
  return proxies ? clientAddress(request as unknown as IncomingMessage, proxies) : undefined;
}

test.each([
  ["the peer", "192.0.2.1", undefined, "192.0.2.1"],
  ["the peer, whatever it claims", "192.0.2.1", "198.51.100.7", "192.0.2.1"],
  ["the client of a trusted proxy", "10.0.0.1", "198.51.100.7", "198.51.100.7"],
  ["the client of two trusted proxies", "10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"],
  ["what the proxy saw, not what the client wrote before it", "10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"],
  ["the proxy where what it says is no address", "10.0.0.1", "unknown", "10.0.0.1"],
  ["the proxy where everything is inside", "10.0.0.1", "10.0.0.3", "10.0.0.3"],
  ["an IPv4 peer on a socket for both", "::ffff:192.0.2.1", undefined, "192.0.2.1"],
  ["the subnet of an IPv6 peer", "2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
  ["the same however it is written", "2001:DB8:0001:2::6", undefined, "2001:db8:1:2::/64"],
  ["a short one", "fe80::1%eth0", undefined, "fe80:0:0:0::/64"],
  ["a client behind an IPv6 proxy", "::1", "2001:db8:1:2::9", "2001:db8:1:2::/64"],
])("%s", (_, peer, forwarded, expected) => {
  expect(addressOf(peer, forwarded)).toBe(expected);
});

test("without trusted proxies nobody is believed (ASVS 4.1.3)", () => {
  expect(addressOf("10.0.0.1", "198.51.100.7", none)).toBe("10.0.0.1");
});
