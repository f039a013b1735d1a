// The paper that an agency hands to whoever was mistaken for a listed party.
import { formatCode } from "../../checks/index.ts";
import { documentWords } from "../../identity/words.ts";
import { printSheet } from "../../ui/index.ts";
import type { Redress } from "./redress.ts";

export type RedressPlace = {
  /** Under which address the service is reached. */
  address: string;
  demonstration: boolean;
};

/** It says no more than its code confirms, so that it can be shown to anybody. */
export function printRedress(
  { courtName, foundOn, documentKind, ending, code }: Redress & { code: string },
  { address, demonstration }: RedressPlace,
): Promise<string> {
  const [year, month, day] = foundOn.split("-").map(Number);
  return printSheet(
    {
      title: "身份核实证明",
      number: `核实码 ${formatCode(code)}`,
      paragraphs: [
        `${courtName}于${year}年${month}月${day}日核实：${documentWords[documentKind]}号码末四位为${ending}的持证人，不是名单中与其姓名（名称）或者号码相近的当事人。`,
        "各机关、单位核查时提示“待核实”的，持证人可以出示本证明。",
        `验证：打开 ${address}/verify，输入核实码，网页所示应与本证明一致。法院撤销该项核实的，核实码同时失效。`,
      ],
      blanks: ["经办单位（盖章）：", "经办人签字：", "日期："],
    },
    { demonstration },
  );
}
