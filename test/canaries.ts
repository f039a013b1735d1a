// Invented identities that exist nowhere else: wherever one of them turns up in clear, an identity number has leaked.
// Born in 1900 or made of unassigned letters; no person and no organisation bears any of them.

type Canary = { type: string; number: string; country?: string };

/** One of every kind of document, as a caller sends it. */
export const canaryDocuments = {
  resident: { type: "resident_id", number: "35021319000717578X" },
  residentOfFifteen: { type: "resident_id", number: "350213000829647" },
  uscc: { type: "uscc", number: "91350213MA6QK472W8" },
  organisation: { type: "organization_code", number: "K47TW6R29" },
  registration: { type: "registration_number", number: "350213417592860" },
  hongKong: { type: "hk_macau_permit", number: "H4071928305" },
  taiwan: { type: "taiwan_permit", number: "5729041803" },
  residenceOld: { type: "foreign_permanent_resident", number: "USA350200071718" },
  residenceNew: { type: "foreign_permanent_resident", number: "935840190007171230" },
  passport: { type: "passport", number: "E60719384", country: "CHN" },
} as const satisfies Record<string, Canary>;

/** Names of persons who are asked about and never listed: rare characters, a minority name, a name in Latin letters. */
export const canaryNames = ["龘䶮𪚥", "买买提龘·吐尔逊䶮", "Zzyzx Quorvath"] as const;

/** The names of the organisations among the documents, which may lie open in a check's record. */
export const canaryOrganisation = "厦门龘䶮测试有限公司";

/** A key of the right form that no agency holds. */
export const canaryKey = "sx_live_CanaryKey0_CanaryCanaryCanaryCanaryCa22aiWm";

/** What the numbers above become on their way: upgraded, without issue count, without their outer code. */
const canonicalForms = ["350213190008296479", "H40719283", "57290418", "MA6QK472W"];

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const hex = (text: string) => Buffer.from(text).toString("hex");
const escaped = (text: string) =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Every shape of `secret` that a log, a page or a column may hold: as it is, full-width, percent-encoded, escaped, as bytes. */
function shapesOf(secret: string): string[] {
  const plain = [secret, secret.normalize("NFKC"), fullWidth(secret), secret.replaceAll("·", "")];
  return plain.flatMap((text) => [text, encodeURIComponent(text), escaped(text), hex(text)]);
}

const numbers = [...Object.values(canaryDocuments).map(({ number }) => number), ...canonicalForms];

/** What must be found nowhere; `further` are secrets of one run, such as its API keys. */
export function secretsOf(further: readonly string[] = []): string[] {
  return [...numbers, ...canaryNames, canaryKey, ...further];
}

const runSecrets = secretsOf();
const shapes = new Map<string, string[]>();

/** The secrets that `text` holds in any shape, in either case. */
export function findCanaries(text: string | Buffer, secrets: readonly string[] = runSecrets): string[] {
  const folded = text.toString().toLowerCase();
  return secrets.filter((secret) => {
    const known = shapes.get(secret) ?? [...new Set(shapesOf(secret).map((shape) => shape.toLowerCase()))];
    shapes.set(secret, known);
    return known.some((shape) => folded.includes(shape));
  });
}
