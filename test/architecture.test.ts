// The house rules. Each reads the checkout, finds nothing, and finds what is wrong with every invention that breaks it.
import { describe, expect, test } from "vitest";
import { boundaryRules } from "./architecture/boundaries.ts";
import { checkoutRules } from "./architecture/checkout.ts";
import { layoutRules } from "./architecture/layout.ts";
import { migrationRules } from "./architecture/migrations.ts";
import { moduleRules } from "./architecture/modules.ts";
import { readCheckout } from "./architecture/source.ts";
import { wordRules } from "./architecture/words.ts";

const checkout = readCheckout();
const rules = [...moduleRules, ...boundaryRules, ...layoutRules, ...migrationRules, ...checkoutRules, ...wordRules];

describe.each(rules)("$title", ({ reads, find, controls }) => {
  test("it holds", () => {
    const files = checkout.filter(({ path }) => reads(path));
    expect(files.length, "files read").toBeGreaterThan(0);
    expect(find(files)).toEqual([]);
  });

  test.each(Object.entries(controls))("it notices %s", (_, invented) => {
    const files = Object.entries(invented).map(([path, text]) => ({ path, text }));
    expect(
      files.filter(({ path }) => !reads(path)),
      "files that the rule would not read",
    ).toEqual([]);
    expect(find(files)).toHaveLength(1);
  });
});
