// What callers send wrong: one table for parties, which hold alone and inside a batch, and one for what surrounds them.

/** `faults` are pointer and code, the pointer from the party (or the body) on. */
export type BadCase = { title: string; value: unknown; code: string; status: number; faults: string[] };

const goodDocument = { type: "resident_id", number: "350213190007175704" };
const good = { name: "测试丙", document: goodDocument };

const faulty = (title: string, value: unknown, ...faults: string[]): BadCase => ({
  title,
  value,
  code: "validation",
  status: 422,
  faults,
});
const named = (title: string, name: unknown, code: string) => faulty(title, { ...good, name }, `/name ${code}`);
const numbered = (title: string, type: string, number: unknown, code: string) =>
  faulty(title, { ...good, document: { type, number } }, `/document/number ${code}`);
const nameOnly = (title: string, value: unknown): BadCase => ({
  title,
  value,
  code: "name-only",
  status: 422,
  faults: ["/document/number required"],
});

/** A name that no lookup and no log may come to hold. */
const SECRET = "秘密姓名";

export const badParties: BadCase[] = [
  faulty("an unknown field", { ...good, remark: SECRET }, "/remark unknown_field"),
  faulty(
    "an unknown field in the document",
    { ...good, document: { ...goodDocument, issuer: SECRET } },
    "/document/issuer unknown_field",
  ),
  faulty("a number as a field", { ...good, "35021319000717578X": SECRET }, "/* unknown_field"),
  faulty("a name as a field", { ...good, [SECRET]: 1 }, "/* unknown_field"),
  faulty(
    "the prototype as a field",
    JSON.parse(
      `{"name":"测试丙","document":{"type":"resident_id","number":"350213190007175704"},"__proto__":{"role":"self"}}`,
    ),
    "/__proto__ unknown_field",
  ),
  faulty("the constructor as a field", { ...good, constructor: { prototype: 1 } }, "/constructor unknown_field"),
  named("a name that is a number", 350_213, "wrong_type"),
  named("a name that is null", null, "wrong_type"),
  named("a name that is a list", [SECRET], "wrong_type"),
  named("a name that is an object", { is: SECRET }, "wrong_type"),
  faulty("a missing name", { document: goodDocument }, "/name required"),
  named("an empty name", "", "too_short"),
  named("a blank name", " \u3000 ", "too_short"),
  named("a name of 10,000 characters", "n".repeat(10_000), "too_long"),
  named("a name of digits", "12345678", "name_without_letters"),
  named("a name with half a surrogate pair", `${SECRET}\ud867`, "lone_surrogate"),
  named("a name with NUL", `${SECRET}\u0000`, "control_character"),
  named("a name with a line break", `${SECRET}\n`, "control_character"),
  named("a name with a separator that the statement uses", `${SECRET}\u001f`, "control_character"),
  named("a name with a zero-width space", `秘\u200b密姓名`, "invisible_character"),
  named("a name with a byte order mark", `\ufeff${SECRET}`, "invisible_character"),
  named("a name that turns the direction", `${SECRET}\u202e`, "invisible_character"),
  named("a name that lost characters", `${SECRET}\ufffd`, "replacement_character"),
  faulty(
    "a former name with NUL",
    { ...good, formerNames: [SECRET, `${SECRET}\u0000`] },
    "/formerNames/1 control_character",
  ),
  faulty(
    "too many former names",
    { ...good, formerNames: Array.from({ length: 6 }, () => SECRET) },
    "/formerNames too_many",
  ),
  faulty("former names that are no list", { ...good, formerNames: SECRET }, "/formerNames wrong_type"),
  faulty("a reference that is too long", { ...good, reference: "r".repeat(101) }, "/reference too_long"),
  nameOnly("no document", { name: SECRET }),
  nameOnly("a document that is null", { name: SECRET, document: null }),
  nameOnly("an empty document", { name: SECRET, document: {} }),
  nameOnly("a document without number", { name: SECRET, document: { type: "resident_id" } }),
  faulty("a document that is a text", { ...good, document: "350213190007175712" }, "/document wrong_type"),
  faulty("a document that is a list", { ...good, document: ["350213190007175712"] }, "/document wrong_type"),
  faulty("no kind of document", { ...good, document: { number: "350213190007175704" } }, "/document/type required"),
  faulty(
    "an unknown kind of document",
    { ...good, document: { ...goodDocument, type: "identity_card" } },
    "/document/type not_allowed",
  ),
  numbered("an empty number", "resident_id", "", "too_short"),
  numbered("a number that is a JSON number", "resident_id", 350_213_190_007_175, "wrong_type"),
  numbered("a number that is null", "resident_id", null, "wrong_type"),
  numbered("a number of 10,000 digits", "resident_id", "1".repeat(10_000), "too_long"),
  numbered("a wrong check digit", "resident_id", "110101190001010015", "bad_checksum"),
  numbered("29 February 1900", "resident_id", "110101190002290011", "bad_date"),
  numbered("a short number", "resident_id", "35020319000315102", "bad_form"),
  numbered("a number with a zero-width space", "resident_id", "350213190007175704\u200b", "invisible_character"),
  numbered("a masked number", "resident_id", "3502131900****5704", "bad_form"),
  numbered("a company's wrong check character", "uscc", "91350200MA0000007G", "bad_checksum"),
  numbered("a company's letter O", "uscc", "91350200MAO000007F", "bad_form"),
  numbered("a wrong organisation code", "organization_code", "12345678-9", "bad_checksum"),
  numbered("a wrong registration number", "registration_number", "350200100000008", "bad_checksum"),
  numbered("a permit with the wrong letter", "hk_macau_permit", "X00000001", "bad_form"),
  numbered("a wrong residence card", "foreign_permanent_resident", "USA110000010105", "bad_checksum"),
  faulty(
    "a passport without State",
    { ...good, document: { type: "passport", number: "E60719385" } },
    "/document/country country_required",
  ),
  faulty(
    "a State that no passport asks for",
    { ...good, document: { ...goodDocument, country: "CHN" } },
    "/document/country country_not_allowed",
  ),
  faulty("an unknown role", { ...good, role: SECRET }, "/role not_allowed"),
  {
    title: "a role that the purpose does not ask about",
    value: { ...good, role: "guarantor" },
    code: "role-not-permitted",
    status: 403,
    faults: ["/role not_allowed"],
  },
  faulty("a party that is null", null, " wrong_type"),
  faulty("a party that is a list", [good], " wrong_type"),
  faulty("a party that is a number", "350213190007175712", " wrong_type"),
];

const envelope = {
  purpose: "procurement.supplier_qualification",
  caseReference: "XM-ZC-2026-00123",
  operator: "officer 0417",
};
const single = { ...envelope, subject: good };
const { purpose: _purpose, ...withoutPurpose } = single;
const { subject: _subject, ...withoutSubject } = single;

/** Bodies of a single check, wrong outside the party. */
export const badBodies: BadCase[] = [
  faulty(
    "an empty object",
    {},
    "/purpose required",
    "/caseReference required",
    "/operator required",
    "/subject required",
  ),
  faulty("a list", [single], " wrong_type"),
  faulty("a number", 350_213_190_007_175, " wrong_type"),
  faulty("a text", "350213190007175712", " wrong_type"),
  faulty("null", null, " wrong_type"),
  faulty("an unknown field", { ...single, remark: SECRET }, "/remark unknown_field"),
  faulty(
    "the prototype as a field",
    JSON.parse(JSON.stringify(single).replace("{", '{"__proto__":{"purpose":"x"},')),
    "/__proto__ unknown_field",
  ),
  faulty("no purpose", withoutPurpose, "/purpose required"),
  faulty("an unknown purpose", { ...single, purpose: "curiosity" }, "/purpose not_allowed"),
  faulty("a purpose that is a list", { ...single, purpose: [envelope.purpose] }, "/purpose wrong_type"),
  faulty("no party", withoutSubject, "/subject required"),
  faulty("an empty case reference", { ...single, caseReference: "" }, "/caseReference too_short"),
  faulty("a blank operator", { ...single, operator: " " }, "/operator too_short"),
  faulty("a case reference with NUL", { ...single, caseReference: "a\u0000" }, "/caseReference control_character"),
  faulty("a previous check that is none", { ...single, previousCheckId: "chk_x" }, "/previousCheckId bad_form"),
  faulty(
    "a party on behalf of another",
    { ...single, subject: { ...good, onBehalfOf: "A" } },
    "/subject/onBehalfOf unknown_field",
  ),
  {
    title: "a purpose that the agency does not have",
    value: { ...single, purpose: "housing_fund.loan", subject: good },
    code: "purpose-not-permitted",
    status: 403,
    faults: ["/purpose not_allowed"],
  },
];
