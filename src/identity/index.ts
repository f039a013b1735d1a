// Who a person or an organisation is: documents with their check digits, masks, names, case numbers, blind indexes. Pure.
export { isMinor } from "./birth-date.ts";
export { blindIndex, maskedBlindIndex } from "./blind-index.ts";
export { parseCaseNumber, type CaseNumber, type CaseNumberFault } from "./case-number.ts";
export {
  detectDocumentKinds,
  documentKeys,
  documentKinds,
  parseDocument,
  type DocumentKind,
  type IdentityDocument,
} from "./document.ts";
export { displayMask, maskedYear, maskName, maskOf, parseMaskedNumber, type MaskedDocument } from "./mask.ts";
export { nameKey, nameKeys, parseName, type NameForm } from "./name.ts";
export type { DocumentFault } from "./number-reading.ts";
export { organizationCodeOf } from "./organization-code.ts";
export { permanentResidenceOf } from "./permanent-residence.ts";
export { redactNumbers } from "./redaction.ts";
export { registrationNumberOf } from "./registration-number.ts";
export { residentIdOf } from "./resident-id.ts";
export { usccOf } from "./social-credit-code.ts";
export { textFault, type TextFault } from "./text.ts";
