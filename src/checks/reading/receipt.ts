// A receipt as a person reads it: whether it holds, and what was answered then. Needs the log's public key and nothing else.
import {
  decodeText,
  entryOf,
  type KnownKeys,
  leafHash,
  type Opening,
  parseOpening,
  parseReceipt,
  parseVerifierKey,
  type ReceiptFault,
  type Verified,
  type VerifierKey,
  verifyReceipt,
} from "../../audit/log/index.ts";
import type { parseDocument } from "../../identity/index.ts";
import type { Language, Wording } from "../../platform/problem-catalogue.ts";
import { readableTime } from "../../platform/time.ts";
import { isCheck, type Line, linesOf, type TitleOfPurpose } from "./fact-lines.ts";
import { subjectCommitment } from "./subject.ts";

export type ReceiptVerdict = "valid" | "few_witnesses" | ReceiptFault;

/** Whom the holder believes: the log's keys, the witnesses', and how many of those must have cosigned. */
export type ReceiptTrust = KnownKeys & { quorum?: number };

/** Keys that one visitor may trust: each costs a hash, and each of a log a signature. */
const KEYS_MAX = 16;

/**
 * What somebody's list of verifier keys amounts to: those of logs, and those of witnesses, who must all have cosigned.
 * Null where one of them is no key, or none is a log's.
 */
export function trustIn(list: string): ReceiptTrust | null {
  const texts = list.split(/\s+/).filter(Boolean);
  if (texts.length > KEYS_MAX) return null;
  const keys = texts.map(parseVerifierKey).filter((key): key is VerifierKey => key !== null);
  const logKeys = keys.filter(({ type }) => type === "ed25519");
  const witnessKeys = keys.filter(({ type }) => type === "cosignature");
  if (keys.length < texts.length || logKeys.length === 0) return null;
  return { logKeys, witnessKeys, quorum: witnessKeys.length };
}

/** `opening` only of a receipt that holds. */
export type ReceiptReading = {
  verdict: ReceiptVerdict;
  sentence: string;
  details: Line[];
  opening: Opening | null;
};

/** Whom the holder believes the receipt to be about. */
export type GivenParty = { name: string; formerNames?: string[]; number: string; country?: string };

const SENTENCES: Record<Exclude<ReceiptVerdict, "few_witnesses">, Wording> = {
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
  trust: ReceiptTrust,
  language: Language,
  titleOfPurpose: TitleOfPurpose,
): ReceiptReading {
  const failed = (verdict: ReceiptVerdict, { [language]: sentence }: Wording): ReceiptReading => {
    return { verdict, sentence, details: [], opening: null };
  };
  const receipt = parseReceipt(decodeText(bytes) ?? "");
  const opening = receipt && parseOpening(receipt.extra);
  if (!receipt || !opening) return failed("malformed", SENTENCES.malformed);
  const outcome = verifyReceipt(receipt, leafHash(entryOf(opening)), trust);
  if (!outcome.ok) return failed(outcome.fault, SENTENCES[outcome.fault]);
  const { quorum = 0 } = trust;
  const { witnesses } = outcome;
  if (witnesses.length < quorum) return failed("few_witnesses", fewWitnesses(quorum, witnesses.length));
  const { origin, size } = outcome.checkpoint;
  const place = {
    zh: ["公开日志", `${origin}，第 ${receipt.index + 1} 条（共 ${size} 条时签名）`],
    en: ["Public log", `${origin}, entry ${receipt.index + 1} (signed when it had ${size})`],
  } as const;
  return {
    verdict: "valid",
    sentence: SENTENCES.valid[language],
    details: [
      ...linesOf(opening, language, titleOfPurpose),
      place[language],
      ...witnesses.map((witness) => describeWitness(witness, language)),
    ],
    opening,
  };
}

function fewWitnesses(quorum: number, found: number): Wording {
  return {
    zh: `见证不足：须有 ${quorum} 个所给见证方的签名，回执中只有 ${found} 个。请重新下载回执，或核对见证方公钥的来源。`,
    en: `Of the witnesses ${quorum} must have cosigned, and ${found} did: get the receipt again, or make sure where their keys come from.`,
  };
}

/** The time is the witness's own, by which it had seen the log in this state. */
function describeWitness({ key, at }: Verified, language: Language): Line {
  return [
    language === "zh" ? "见证方" : "Witness",
    [key.name, at && readableTime(at, language)].filter(Boolean).join("，"),
  ];
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
