// RFC 6962 §2.1 word for word, by recursion on lists of leaf hashes: what the log's arithmetic is held against.
import { createHash } from "node:crypto";
import { leafHash, type Hash } from "../../../src/audit/log/index.ts";

/** Leaf hashes of the entries "0", "1", … */
export function leavesOf(count: number): Hash[] {
  return Array.from({ length: count }, (_, index) => leafHash(Buffer.from(String(index))));
}

export function naiveTree(leaves: readonly Hash[]) {
  const roots = new Map<string, Hash>();

  function root(start: number, end: number): Hash {
    const key = `${start} ${end}`;
    const known = roots.get(key) ?? compute(start, end);
    roots.set(key, known);
    return known;
  }

  function compute(start: number, end: number): Hash {
    const hash = createHash("sha256");
    const [leaf] = leaves.slice(start, end);
    if (!leaf) return hash.digest();
    if (end - start === 1) return leaf;
    const middle = start + split(end - start);
    return hash
      .update(Buffer.from([1]))
      .update(root(start, middle))
      .update(root(middle, end))
      .digest();
  }

  function path(index: number, start: number, end: number): Hash[] {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...path(index, start, middle), root(middle, end)]
      : [...path(index, middle, end), root(start, middle)];
  }

  function subproof(older: number, start: number, end: number, isWhole: boolean): Hash[] {
    if (older === end) return isWhole ? [] : [root(start, end)];
    const middle = start + split(end - start);
    return older <= middle
      ? [...subproof(older, start, middle, isWhole), root(middle, end)]
      : [...subproof(older, middle, end, false), root(start, middle)];
  }

  return {
    root: (size: number) => root(0, size),
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (older: number, newer: number) => subproof(older, 0, newer, true),
  };
}

function split(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}
