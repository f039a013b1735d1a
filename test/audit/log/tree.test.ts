// Hashes and roots by the published vectors of RFC 6962 implementations (transparency-dev/merkle, Apache 2.0).
import { describe, expect, test } from "vitest";
import { EMPTY_EDGE, EMPTY_ROOT, grow, leafHash, nodeHash, rootOf } from "../../../src/audit/log/index.ts";

describe("hashes", () => {
  test("the empty tree, leaves and nodes have the published hashes", () => {
    expect(EMPTY_ROOT.toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(leafHash(Buffer.alloc(0)).toString("hex")).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(leafHash(Buffer.from("L123456")).toString("hex")).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
    expect(nodeHash(Buffer.from("N123"), Buffer.from("N456")).toString("hex")).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    );
  });

  test("a node is no leaf and has an order", () => {
    const [one, other] = [leafHash(Buffer.from("1")), leafHash(Buffer.from("2"))];
    expect(nodeHash(one, other)).not.toEqual(leafHash(Buffer.concat([one, other])));
    expect(nodeHash(one, other)).not.toEqual(nodeHash(other, one));
  });
});

describe("roots", () => {
  const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const leaves = entries.map((entry) => leafHash(Buffer.from(entry, "hex")));

  test.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("the first %i test entries have the published root", (size, root) => {
    expect(rootOf(grow(EMPTY_EDGE, leaves.slice(0, size)).edge).toString("hex")).toBe(root);
  });
});
