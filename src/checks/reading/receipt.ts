// A receipt as a person reads it: whether it holds, and what was answered then. Needs the log's public key and nothing else.
import {
  decodeText,
  entryOf,
  leafHash,
  type Opening,
  parseOpening,
  parseReceipt,
  type ReceiptFault,
  type VerifierKey,
  verifyReceipt,
} from "../../audit/log/index.ts";
import type { parseDocument } from "../../identity/index.ts";
import type { Language, Wording } from "../../platform/problem-catalogue.ts";
import { readableTime } from "../../platform/time.ts";
import type { CheckFact } from "../fact.ts";
import { outcomeLabels } from "./labels.ts";
import { subjectCommitment } from "./subject.ts";

export type ReceiptVerdict = "valid" | ReceiptFault;

/** `opening` only of a receipt that holds. */
export type ReceiptReading = {
  verdict: ReceiptVerdict;
  sentence: string;
  details: (readonly [label: string, value: string])[];
  opening: Opening | null;
};

/** Whom the holder believes the receipt to be about. */
export type GivenParty = { name: string; formerNames?: string[]; number: string; country?: string };

const SENTENCES: Record<ReceiptVerdict, Wording> = {
  valid: {
    zh: "回执有效，所载内容自列入公开日志起未被改动。",
    en: "The receipt is valid: nothing that it says was changed since it entered the public log.",
  },
  malformed: {
    zh: "文件不是完整的核查回执：内容缺失，或已被改动。",
    en: "This is not a whole receipt: something is missing, or was changed.",
  },
  unknown_origin: {
    zh: "回执所属的公开日志与所给公钥不是同一个：请核对公钥的来源。",
    en: "The receipt belongs to another public log than the key: make sure where the key comes from.",
  },
  unsigned: {
    zh: "回执中的日志签名不是所给公钥的签名：请核对公钥的来源。",
    en: "The receipt is signed with an unknown key, not with the one given: make sure where the key comes from.",
  },
  bad_signature: {
    zh: "日志签名不符：回执已被改动，或不是本平台出具。",
    en: "The log's signature is false: the receipt was changed, or is not from this log.",
  },
  not_included: {
    zh: "所载内容与公开日志不符：回执已被改动，不能作为凭证。",
    en: "What the receipt says is not what entered the public log: it was changed, and proves nothing.",
  },
};

export const partySentences = {
  agrees: {
    zh: "当事人：与所给姓名（名称）、证件号码一致。",
    en: "The party is the one whose name and number were given.",
  },
  differs: {
    zh: "当事人：与所给姓名（名称）、证件号码不一致，这份回执不是此人的。",
    en: "The party is not the one whose name and number were given: this receipt is about somebody else.",
  },
} as const;

export function readReceiptFile(
  bytes: Buffer,
  keys: readonly VerifierKey[],
  language: Language,
  titleOfPurpose: (code: string) => string | undefined,
): ReceiptReading {
  const failed = (verdict: ReceiptFault): ReceiptReading => {
    return { verdict, sentence: SENTENCES[verdict][language], details: [], opening: null };
  };
  const receipt = parseReceipt(decodeText(bytes) ?? "");
  const opening = receipt && parseOpening(receipt.extra);
  if (!receipt || !opening) return failed("malformed");
  const outcome = verifyReceipt(receipt, leafHash(entryOf(opening)), { logKeys: keys });
  if (!outcome.ok) return failed(outcome.fault);
  const { origin, size } = outcome.checkpoint;
  const place = {
    zh: ["公开日志", `${origin}，第 ${receipt.index + 1} 条（共 ${size} 条时签名）`],
    en: ["Public log", `${origin}, entry ${receipt.index + 1} (signed when it had ${size})`],
  } as const;
  return {
    verdict: "valid",
    sentence: SENTENCES.valid[language],
    details: [...describe(opening, language, titleOfPurpose), place[language]],
    opening,
  };
}

/** The number is read as the kind of document that the check asked about. */
export function isAbout({ fact, salt }: Opening, given: GivenParty, parse: typeof parseDocument): boolean {
  if (!isCheck(fact)) return false;
  const kind = fact.request[3] as Parameters<typeof parse>[0];
  const read = parse(kind, given.number, kind === "passport" ? given.country : undefined);
  if (!read.ok) return false;
  const { number, country } = read.document;
  const names = [given.name, ...(given.formerNames ?? [])];
  return subjectCommitment(salt, kind, { names, number, country }) === fact.subject;
}

/** Other kinds of entry verify as well; their facts are shown as they are. */
function describe(
  { fact }: Opening,
  language: Language,
  titleOfPurpose: (code: string) => string | undefined,
): ReceiptReading["details"] {
  if (!isCheck(fact)) return [[language === "zh" ? "内容" : "Content", JSON.stringify(fact)]];
  const { id, agency, checkedAt, outcome, purpose, registerPosition, request, answer } = fact;
  const [caseReference, operator] = request;
  const time = readableTime(new Date(checkedAt), language);
  const title = titleOfPurpose(purpose) ?? purpose;
  const matches = answer as { listingId: string; courtName: string; caseNumber: string }[];
  const listings = matches.map(({ listingId, courtName, caseNumber }) => `${courtName} ${caseNumber}（${listingId}）`);
  const lines = {
    zh: [
      ["核查编号", id],
      ["核查时间", `${time}（名单库序号 ${registerPosition}）`],
      ["核查单位", `${agency}，经办人 ${operator}`],
      ["核查事由", `${title}，事项编号 ${caseReference}`],
      ["核查结果", outcomeLabels[outcome].zh],
    ],
    en: [
      ["Check", id],
      ["Time", `${time} (register position ${registerPosition})`],
      ["Agency", `${agency}, officer ${operator}`],
      ["Purpose", `${title}, case ${caseReference}`],
      ["Outcome", outcomeLabels[outcome].en],
    ],
  } as const;
  return [...lines[language], ...listings.map((line) => [language === "zh" ? "名单信息" : "Listing", line] as const)];
}

/** What a log has signed was written by its own service; of a hostile log even the form is in doubt. */
function isCheck(fact: object): fact is CheckFact {
  const { kind, checkedAt, outcome, request, answer } = fact as Partial<CheckFact>;
  return (
    kind === "check" &&
    !Number.isNaN(Date.parse(String(checkedAt))) &&
    Object.hasOwn(outcomeLabels, String(outcome)) &&
    Array.isArray(request) &&
    Array.isArray(answer) &&
    answer.every((match) => typeof match === "object" && match !== null)
  );
}
