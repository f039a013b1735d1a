// Properties of the completed check characters: they parse, and one wrong character is found.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  organizationCodeOf,
  parseDocument,
  permanentResidenceOf,
  registrationNumberOf,
  residentIdOf,
  usccOf,
  type DocumentKind,
} from "../../src/identity/index.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const day = fc.integer({ min: 1, max: 28 }).map((value) => String(value).padStart(2, "0"));
const month = fc.integer({ min: 1, max: 12 }).map((value) => String(value).padStart(2, "0"));
const birth1900 = fc.tuple(month, day).map(([month, day]) => `1900${month}${day}`);
const province = fc.constantFrom("11", "35", "54", "65", "81", "83");
const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

const residentId = fc.tuple(province, digits(4), birth1900, digits(3)).map((parts) => residentIdOf(parts.join("")));
const uscc = fc
  .tuple(fc.stringMatching(/^[0-9A-HJ-NP-RTUW-Y]{2}$/), digits(6), fc.stringMatching(/^[0-9A-HJ-NP-RTUW-Y]{9}$/))
  .map((parts) => usccOf(parts.join("")));
const newCard = fc
  .tuple(digits(5), birth1900, digits(3))
  .map(([area, birth, sequence]) => permanentResidenceOf(`9${area}${birth}${sequence}`));
const oldCard = fc
  .tuple(fc.stringMatching(/^[A-Z]{3}$/), digits(4), birth1900, digits(1))
  .map(([nation, region, birth, sequence]) => permanentResidenceOf(nation + region + birth.slice(2) + sequence));

const completed: [DocumentKind, fc.Arbitrary<string>][] = [
  ["resident_id", residentId],
  ["uscc", uscc],
  ["organization_code", fc.stringMatching(/^[0-9A-Z]{8}$/).map(organizationCodeOf)],
  ["registration_number", digits(14).map(registrationNumberOf)],
  ["foreign_permanent_resident", newCard],
  ["foreign_permanent_resident", oldCard],
];

test.each(completed)("a completed %s parses as itself", (kind, numbers) => {
  fc.assert(
    fc.property(numbers, (number) => {
      const outcome = parseDocument(kind, number);
      expect(outcome).toMatchObject({ ok: true, document: { kind, number } });
    }),
  );
});

test("any one wrong digit of a resident id is found", () => {
  fc.assert(
    fc.property(residentId, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
      const wrong = String((Number(number.charAt(place)) + shift) % 10);
      expect(parseDocument("resident_id", replaced(number, place, wrong)).ok).toBe(false);
    }),
  );
});

test("any two neighbours exchanged in a resident id are found", () => {
  fc.assert(
    fc.property(residentId, fc.nat(15), (number, place) => {
      const [left, right] = [number.charAt(place), number.charAt(place + 1)];
      fc.pre(left !== right);
      const wrong = number.slice(0, place) + right + left + number.slice(place + 2);
      expect(parseDocument("resident_id", wrong).ok).toBe(false);
    }),
  );
});

test("any one wrong character of a social credit code is found", () => {
  fc.assert(
    fc.property(uscc, fc.nat(17), fc.integer({ min: 1, max: 30 }), (number, place, shift) => {
      const wrong = letters.charAt((letters.indexOf(number.charAt(place)) + shift) % letters.length);
      expect(parseDocument("uscc", replaced(number, place, wrong)).ok).toBe(false);
    }),
  );
});

test("upgrading a 15-digit resident id twice is upgrading it once", () => {
  const fifteen = fc
    .tuple(province, digits(4), birth1900, fc.integer({ min: 0, max: 995 }))
    .map(([area, rest, birth, sequence]) => area + rest + birth.slice(2) + String(sequence).padStart(3, "0"));
  fc.assert(
    fc.property(fifteen, (number) => {
      const once = parseDocument("resident_id", number);
      if (!once.ok) throw new Error(once.fault);
      expect(once.document.number).toHaveLength(18);
      expect(parseDocument("resident_id", once.document.number)).toEqual(once);
    }),
  );
});

function replaced(number: string, place: number, character: string): string {
  return number.slice(0, place) + character + number.slice(place + 1);
}
