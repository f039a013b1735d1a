// A receipt as a person reads it: whether it holds, and what was answered then. Needs the log's public key and nothing else.
import { z } from "zod";
import { findPurpose } from "../agencies/index.ts";
import {
  entryOf,
  type KnownKeys,
  leafHash,
  type Opening,
  parseOpening,
  parseReceipt,
  type ReceiptFault,
  type Verified,
  verifyReceipt,
} from "../audit/index.ts";
import { documentKinds, parseDocument } from "../identity/index.ts";
import { shanghaiTime } from "../platform/time.ts";
import { outcomes } from "./answer.ts";
import { subjectCommitment } from "./fact.ts";

/** Whom the holder believes the receipt to be about. */
export type GivenParty = { name: string; formerNames?: string[]; number: string; country?: string };

/** Whom the holder believes: the log's keys, the witnesses', and how many of those must have cosigned. */
export type ReceiptTrust = KnownKeys & { quorum?: number };

export type ReceiptReading = { holds: boolean; lines: string[] };

const FAULTS: Record<ReceiptFault, string> = {
  malformed: "文件不是完整的核查回执：内容缺失，或已被改动。",
  unknown_origin: "回执所属的公开日志与所给公钥不是同一个：请核对公钥的来源。",
  unsigned: "回执中的日志签名不是所给公钥的签名：请核对公钥的来源。",
  bad_signature: "日志签名不符：回执已被改动，或不是本平台出具。",
  not_included: "所载内容与公开日志不符：回执已被改动，不能作为凭证。",
};

const OUTCOMES: Record<(typeof outcomes)[number], string> = {
  listed: "命中（列入名单）",
  review: "待核实（不得据此实施惩戒）",
  clear: "未查到有效名单信息",
};

const Fact = z.object({
  kind: z.literal("check"),
  id: z.string(),
  agency: z.string(),
  checkedAt: z.iso.datetime(),
  outcome: z.enum(outcomes),
  purpose: z.string(),
  registerPosition: z.int(),
  request: z.tuple([z.string(), z.string()], z.string().nullable()),
  subject: z.string(),
  answer: z.array(z.object({ listingId: z.string(), courtName: z.string(), caseNumber: z.string() })),
});

export function readReceiptFile(text: string, trust: ReceiptTrust, party: GivenParty | null): ReceiptReading {
  const receipt = parseReceipt(text);
  const opening = receipt && parseOpening(receipt.extra);
  if (!receipt || !opening) return { holds: false, lines: [FAULTS.malformed] };
  const outcome = verifyReceipt(receipt, leafHash(entryOf(opening)), trust);
  if (!outcome.ok) return { holds: false, lines: [FAULTS[outcome.fault]] };
  const { quorum = 0 } = trust;
  if (outcome.witnesses.length < quorum)
    return { holds: false, lines: [fewWitnesses(quorum, outcome.witnesses.length)] };
  const { origin, size } = outcome.checkpoint;
  const place = `公开日志：${origin}，第 ${receipt.index + 1} 条（共 ${size} 条时签名）`;
  const about = party ? comparesParty(opening, party) : null;
  const compared = about === null ? [] : [about ? PARTY_AGREES : PARTY_DIFFERS];
  return {
    holds: about !== false,
    lines: [
      "回执有效，所载内容自列入公开日志起未被改动。",
      ...describe(opening),
      place,
      ...outcome.witnesses.map(describeWitness),
      ...compared,
    ],
  };
}

const PARTY_AGREES = "当事人：与所给姓名（名称）、证件号码一致。";
const PARTY_DIFFERS = "当事人：与所给姓名（名称）、证件号码不一致，这份回执不是此人的。";

function fewWitnesses(quorum: number, found: number): string {
  return `见证不足：须有 ${quorum} 个所给见证方的签名，回执中只有 ${found} 个。请重新下载回执，或核对见证方公钥的来源。`;
}

/** The time is the witness's own, by which it had seen the log in this state. */
function describeWitness({ key, at }: Verified): string {
  return `见证方：${key.name}${at ? `，见证时间 ${shanghaiTime(at)}` : ""}`;
}

/** Other kinds of entry verify as well; their facts are shown as they are. */
function describe({ fact }: Opening): string[] {
  const parsed = Fact.safeParse(fact);
  if (!parsed.success) return [`内容：${JSON.stringify(fact)}`];
  const { id, agency, checkedAt, outcome, purpose, registerPosition, request, answer } = parsed.data;
  const [caseReference, operator] = request;
  return [
    `核查编号：${id}`,
    `核查时间：${shanghaiTime(new Date(checkedAt))}（名单库序号 ${registerPosition}）`,
    `核查单位：${agency}，经办人 ${operator}`,
    `核查事由：${findPurpose(purpose)?.title ?? purpose}，事项编号 ${caseReference}`,
    `核查结果：${OUTCOMES[outcome]}`,
    ...answer.map(({ listingId, courtName, caseNumber }) => `　　${courtName} ${caseNumber}（${listingId}）`),
  ];
}

/** The number's kind follows from the number; of several that fit, the fact knows which one was asked about. */
function comparesParty({ fact, salt }: Opening, { name, formerNames = [], number, country }: GivenParty): boolean {
  const names = [name, ...formerNames];
  return documentKinds.some((kind) => {
    const read = parseDocument(kind, number, kind === "passport" ? country : undefined);
    if (!read.ok) return false;
    const party = { names, number: read.document.number, country: read.document.country };
    return subjectCommitment(salt, kind, party) === fact["subject"];
  });
}
