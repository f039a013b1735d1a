// Why a row is rejected: codes that are stable, and the reasons that people read. A rejection never holds a value.
export const rejectionReasons = {
  bad_form: "格式不符",
  bad_checksum: "证件号码校验位不符",
  bad_date: "日期不存在",
  bad_province: "号码中的行政区划不存在",
  bad_court_code: "案号中的法院代字不符合规定",
  several_numbers: "案号一栏含有多个案号",
  case_number_missing: "缺少案号",
  control_character: "含有控制字符",
  court_missing: "缺少执行法院",
  date_in_future: "日期晚于今天",
  duplicate: "与本文件中前面的一行重复（同一法院、案号、当事人）",
  kind_ambiguous: "无法判定证件种类",
  kind_conflict: "当事人类型与证件号码不符",
  minor: "未成年人不得纳入",
  minor_unclear: "号码部分隐去，无法排除未成年人",
  mojibake: "文字编码有误（乱码）",
  name_missing: "缺少姓名（名称）",
  name_without_letters: "姓名（名称）中没有文字",
  number_in_name: "姓名（名称）中含有号码",
  number_missing: "缺少证件号码",
  number_rounded: "证件号码被存为数字，位数已丢失：请按文本重新导出",
  published_missing: "缺少发布日期",
  repeated_member: "同一项目在一行中出现两次",
  too_long: "超过长度上限",
} as const;

export type RejectionCode = keyof typeof rejectionReasons;

/** `field` is the column as the file names it; null where the whole row is at fault. */
export type Fault = { field: string | null; code: RejectionCode };

export type RejectionForm = "json-lines" | "csv";

/** The file of rejected rows in both forms: what stands at its head, and one line for each fault. */
export const rejectionForms: Record<RejectionForm, { head: string; line: (line: number, fault: Fault) => string }> = {
  "json-lines": { head: "", line: rejectionLine },
  // Office programs take a file for UTF-8 by its byte order mark. No cell holds a value of the file: none needs quotes.
  csv: {
    head: "\uFEFF行号,栏目,代码,原因\r\n",
    line: (line, { field, code }) => `${line},${field ?? ""},${code},${rejectionReasons[code]}\r\n`,
  },
};

function rejectionLine(line: number, { field, code }: Fault): string {
  return `${JSON.stringify({ line, field, code, reason: rejectionReasons[code] })}\n`;
}
