// The words for kinds of documents.
import type { DocumentKind } from "./document.ts";
import type { MaskedDocument } from "./mask.ts";

export const documentWords: Record<DocumentKind, string> = {
  resident_id: "居民身份证（居住证）",
  uscc: "统一社会信用代码",
  organization_code: "组织机构代码",
  registration_number: "工商注册号",
  hk_macau_permit: "港澳居民来往内地通行证",
  taiwan_permit: "台湾居民来往大陆通行证",
  foreign_permanent_resident: "外国人永久居留身份证",
  passport: "护照",
};

/** As the register holds them: of a masked row only the ends are known. */
export const heldDocumentWords: Record<DocumentKind | `masked_${MaskedDocument["kind"]}`, string> = {
  ...documentWords,
  masked_resident_id: `${documentWords.resident_id}（号码部分隐去）`,
  masked_uscc: `${documentWords.uscc}（号码部分隐去）`,
};
