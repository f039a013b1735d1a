// Where a webhook may go: no address that is not public, in whatever form it is written.
import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isReachable, literalOf, type Targets, urlFault } from "../../../src/subscriptions/webhooks/target.ts";

const nowhere: Targets = { privateRanges: new BlockList(), httpHosts: [] };
const addressOf = (address: string) => ({ address, family: isIP(address) as 4 | 6 });

describe("an address that is refused", () => {
  test.each([
    ["this network", "0.0.0.0"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["shared (CGNAT)", "100.64.0.1"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["link-local, where clouds keep credentials", "169.254.169.254"],
    ["protocol assignments", "192.0.0.8"],
    ["documentation", "192.0.2.1"],
    ["documentation", "203.0.113.7"],
    ["benchmarks", "198.18.0.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["mapped loopback", "::ffff:127.0.0.1"],
    ["mapped, in hexadecimal", "::ffff:7f00:1"],
    ["mapped public", "::ffff:8.8.8.8"],
    ["compatible", "::7f00:1"],
    ["NAT64 of a private one", "64:ff9b::a00:1"],
    ["6to4 of a private one", "2002:a00:1::1"],
    ["Teredo", "2001::1"],
    ["documentation", "2001:db8::1"],
    ["unique local", "fd00::1"],
    ["link-local", "fe80::1"],
    ["multicast", "ff02::1"],
  ])("%s: %s", (_, address) => {
    expect(isReachable(nowhere, addressOf(address))).toBe(false);
  });
});

test.each(["8.8.8.8", "100.128.0.1", "172.32.0.1", "223.255.255.255", "2400:3200::1", "2606:4700::1111"])(
  "%s is public",
  (address) => expect(isReachable(nowhere, addressOf(address))).toBe(true),
);

test("what is configured is let through, in its mapped form as well, and nothing beside it", () => {
  const privateRanges = new BlockList();
  privateRanges.addSubnet("10.20.0.0", 16, "ipv4");
  const reach = (address: string) => isReachable({ privateRanges }, addressOf(address));
  expect(["10.20.3.4", "::ffff:10.20.3.4", "10.21.0.1", "127.0.0.1"].map(reach)).toEqual([true, true, false, false]);
});

test("whatever is mapped into IPv6 is refused", () => {
  fc.assert(fc.property(fc.ipV4(), (address) => !isReachable(nowhere, addressOf(`::ffff:${address}`))));
});

describe("an address of an endpoint", () => {
  const faultOf = (url: string, targets = nowhere) => urlFault(targets, url);

  test.each([
    "https://oa.example.gov.cn/shixin?token=1",
    "https://oa.example.gov.cn:8443/",
    "https://8.8.8.8/",
    "https://[2400:3200::1]/",
  ])("%s is taken", (url) => expect(faultOf(url)).toBeNull());

  test.each([
    ["nothing", "bad_form"],
    ["http://oa.example.gov.cn/", "not_a_target"],
    ["ftp://oa.example.gov.cn/", "not_a_target"],
    ["file:///etc/passwd", "not_a_target"],
    ["https://user:secret@oa.example.gov.cn/", "not_a_target"],
    ["https://oa.example.gov.cn/#part", "not_a_target"],
    ["https://127.0.0.1/", "not_a_target"],
    ["https://2130706433/", "not_a_target"],
    ["https://0x7f.1/", "not_a_target"],
    ["https://0177.0.0.1/", "not_a_target"],
    ["https://127。0。0。1/", "not_a_target"],
    ["https://[::1]/", "not_a_target"],
    ["https://[::ffff:127.0.0.1]/", "not_a_target"],
    [`https://oa.example.gov.cn/${"a".repeat(2_000)}`, "too_long"],
  ])("%s is refused", (url, fault) => expect(faultOf(url)).toBe(fault));

  test("http is for hosts that are configured", () => {
    const targets = { ...nowhere, httpHosts: ["oa.intern"] };
    expect(faultOf("http://oa.intern:8080/x", targets)).toBeNull();
    expect(faultOf("http://oa.intern.example/", targets)).toBe("not_a_target");
  });

  test("a name is no literal", () => {
    expect(literalOf("oa.example")).toBeNull();
    expect(literalOf("[::1]")).toEqual({ address: "::1", family: 6 });
  });
});
