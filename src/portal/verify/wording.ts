// What the page /verify says, in both languages; the server and the visitor's browser say the same.
import type { Language } from "../../platform/problem-catalogue.ts";

/** Receipts have some 2 kB; a check that matched many listings has more. */
export const FILE_BYTES_MAX = 64 * 1024;

const zh = {
  title: "验证回执与凭证",
  lead: "核对一份核查回执或一张纸质核查凭证，是否由本平台出具、出具后是否被改动。无需登录。",
  receipt: "验证回执文件",
  file: "回执文件（.tlog-proof）",
  dropHint: "也可以把文件拖到这里。",
  keysSummary: "更换日志公钥",
  keys: "日志公钥，每行一个",
  keysHint:
    "本页填写的是本平台的公钥。若不愿依赖本平台，请从其他渠道取得公钥，粘贴在此处代替；填写见证方公钥的，须有其签名。",
  partySummary: "核对当事人",
  partyHint: "回执中没有当事人的姓名和号码。持有者可以在此填写，核对回执是否为其所有。",
  partyName: "姓名（名称）",
  partyNumber: "证件号码",
  partyCountry: "护照签发国代码（仅护照填写）",
  whereServer: "提交后，文件上传至本平台验证，验证后不留存。",
  whereBrowser: "在您的浏览器中验证：文件和所填内容不会上传。",
  submitReceipt: "验证回执",
  certificate: "验证纸质凭证",
  certificateHint: "请输入凭证上的验证码，共 16 位，不区分大小写，可以省略短横线。",
  code: "验证码",
  submitCode: "验证凭证",
  holds: "验证通过",
  fails: "验证未通过",
  limits: "结果只反映核查当时的名单，不代表当事人现在的状态；办理新事项应当重新核查。",
  faults: {
    title: "提交内容有误",
    no_file: "请先选择回执文件。",
    too_large: "文件过大，不是核查回执。",
    bad_key: "公钥格式不符，请完整粘贴，每行一个。",
    half_party: "核对当事人须同时填写姓名（名称）和证件号码。",
    bad_code: "验证码输入有误，请对照凭证逐位核对。",
    offline: "无法继续：请检查网络，刷新页面后重试。",
    too_many: "输入次数过多，请稍后再试。",
  },
  confirmation: {
    knownTitle: "有此凭证",
    known: "本平台出具过这张凭证。请与纸质凭证逐项对照，任何一项不同，纸质凭证即不可信。",
    unknownTitle: "查无此凭证",
    unknown: "本平台没有出具过使用此验证码的凭证。请确认网址和验证码无误；确认无误的，该凭证不可信。",
    id: "编号",
    agency: "核查单位",
    purpose: "核查事由",
    checkedAt: "核查时间",
    issuedAt: "出具时间",
    parties: "当事人",
    name: "姓名（名称）",
    document: "证件号码",
    outcome: "核查结果",
  },
  redress: {
    title: "有此核实",
    known: "经法院核实，持有下列证件的人不是名单中与其姓名（名称）或者号码相近的当事人。请核对持证人的证件。",
    court: "核实法院",
    foundOn: "核实日期",
    document: "证件类型",
    ending: "号码末四位",
    limits: "本核实只针对该名单信息，不是信用承诺；办理新事项应当核查。",
  },
};

export type VerifyWording = typeof zh;

const en: VerifyWording = {
  title: "Verify a receipt or certificate",
  lead: "Find out whether the receipt of a check, or a printed certificate, was issued by this service and is unchanged. No sign-in.",
  receipt: "A receipt file",
  file: "Receipt file (.tlog-proof)",
  dropHint: "You can also drop the file here.",
  keysSummary: "Use another key",
  keys: "Keys of the log, one a line",
  keysHint:
    "These are the keys of this service. If you would rather not rely on it, get the key from somewhere else and paste it here instead. Of a witness whose key you add, a cosignature is required.",
  partySummary: "Compare the party",
  partyHint:
    "A receipt holds neither name nor number of the party. Give them to find out whether the receipt is theirs.",
  partyName: "Name",
  partyNumber: "Number of the document",
  partyCountry: "Issuing country of a passport",
  whereServer: "The file is uploaded to this service, verified, and not kept.",
  whereBrowser: "Verified in your browser: neither the file nor what you type is uploaded.",
  submitReceipt: "Verify the receipt",
  certificate: "A printed certificate",
  certificateHint:
    "Type the verification code of the certificate: 16 characters, in any case, hyphens may be left out.",
  code: "Verification code",
  submitCode: "Verify the certificate",
  holds: "Verified",
  fails: "Not verified",
  limits: "This is what the list said at the time of the check, not what it says now; a new matter needs a new check.",
  faults: {
    title: "There is a problem",
    no_file: "Choose the receipt file.",
    too_large: "The file is too large to be a receipt.",
    bad_key: "This is no key of a log. Paste it whole, one a line.",
    half_party: "To compare the party, give both name and number.",
    bad_code: "The code has a mistake. Compare it with the certificate, character by character.",
    offline: "It cannot go on: check the connection, reload the page and try again.",
    too_many: "Too many codes were tried. Try again later.",
  },
  confirmation: {
    knownTitle: "This certificate was issued",
    known: "Compare it with the paper, line by line: if anything differs, the paper is not to be trusted.",
    unknownTitle: "No such certificate",
    unknown:
      "No certificate was issued under this code. If address and code are right, the paper is not to be trusted.",
    id: "Number",
    agency: "Agency",
    purpose: "Purpose",
    checkedAt: "Time of the check",
    issuedAt: "Issued",
    parties: "Parties",
    name: "Name",
    document: "Number of the document",
    outcome: "Outcome",
  },
  redress: {
    title: "A court found so",
    known:
      "A court found that the holder of this document is not the listed party whose name or number is like theirs. Compare the document of whoever shows the paper.",
    court: "Court",
    foundOn: "Found on",
    document: "Kind of document",
    ending: "Number ends in",
    limits: "It speaks of that listing alone and is no promise of credit; a new matter needs a check.",
  },
};

export const wording: Record<Language, VerifyWording> = { zh, en };
