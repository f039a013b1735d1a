// Invented identities: distinct by construction, on the list or off it, and near misses that must not answer `listed`.
import { assert, integer, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clearParties,
  clearParty,
  nearMisses,
  syntheticRows,
  type SyntheticOptions,
} from "../../../src/feeds/synthetic/index.ts";
import { permutation } from "../../../src/feeds/synthetic/draw.ts";
import { layoutOf } from "../../../src/feeds/synthetic/layout.ts";
import { populationOf } from "../../../src/feeds/synthetic/party.ts";
import { documentKeys, parseDocument } from "../../../src/identity/index.ts";
import { answerFromRows, bookOf } from "./oracle.ts";

const options: SyntheticOptions = { rows: 5_000, seed: 5, kind: "national", flaws: 0.02 };
const accepted = [...syntheticRows(options)].filter(({ truth }) => truth.accepted);
const book = bookOf(
  accepted.map(({ row }) => row),
  "2026-11-01",
);

test("200,000 parties have as many numbers, masks and organisation codes", () => {
  for (const kind of ["national", "local"] as const) {
    const { partyAt } = populationOf(kind, 9);
    const identities = new Set<string>();
    for (let index = 0; index < 200_000; index++) {
      const party = partyAt(index);
      const { number } = party;
      identities.add(party.kind === "person" ? number.slice(0, 10) + number.slice(14) : number.slice(8, 17));
    }
    expect(identities.size).toBe(200_000);
  }
});

test("every number of a party is one that identity accepts", () => {
  const { partyAt } = populationOf("local", 2);
  for (let index = 0; index < 2_000; index++) {
    const { kind, number } = partyAt(index);
    expect(parseDocument(kind === "person" ? "resident_id" : "uscc", number)).toMatchObject({ ok: true });
  }
});

test("a permutation takes every place once", () => {
  const takesAll = property(integer({ min: 1, max: 3_000 }), nat(), (size, drawn) => {
    const order = permutation(size, drawn);
    expect(new Set(Array.from({ length: size }, (_, index) => order(index))).size).toBe(size);
  });
  expect(() => assert(takesAll)).not.toThrow();
});

test("every line has a row of the party that the layout names, and every row has a line", () => {
  const agrees = property(integer({ min: 1, max: 2_000 }), nat(), (rows, seed) => {
    const layout = layoutOf(rows, seed);
    const places = Array.from({ length: rows }, (_, line) => layout.placeOf(line));
    expect(new Set(places.map(({ row }) => row)).size).toBe(rows);
    const strayed = places.filter(({ row, party }) => {
      const { first, end } = layout.rowsOf(party);
      return party >= layout.parties || row < first || row >= end;
    });
    expect(strayed).toEqual([]);
  });
  expect(() => assert(agrees, { numRuns: 30 })).not.toThrow();
});

describe("a party off the list", () => {
  test("is clear, and its number is on no row", () => {
    let asked = 0;
    for (const check of clearParties(options)) {
      expect(answerFromRows(book, check)).toEqual({ outcome: "clear", grade: null });
      if (++asked === 2_000) break;
    }
    expect(asked).toBe(2_000);
  });

  test("is the same by index as in the row of all", () => {
    expect(clearParties(options).next().value).toEqual(clearParty(options, 0));
    expect(clearParty(options, 0)).not.toEqual(clearParty(options, 1));
    expect(() => clearParty(options, -1)).toThrow(RangeError);
    expect(() => clearParty(options, 1e9)).toThrow(RangeError);
  });
});

test("near misses answer review or clear, as the rows say", () => {
  const kinds = new Set<string>();
  for (const { kind, check, outcome, grade } of nearMisses(options)) {
    kinds.add(`${kind} ${grade}`);
    const { type, number } = check.document;
    const parsed = parseDocument(type, number);
    expect(parsed.ok && documentKeys(parsed.document).length).toBeGreaterThan(0);
    expect(answerFromRows(book, check), `${kind} ${check.name}`).toEqual({ outcome, grade });
  }
  expect([...kinds].sort()).toEqual(
    ["other_name conflict", "other_name null", "other_number null", "same_mask null", "same_mask probable"].sort(),
  );
});
