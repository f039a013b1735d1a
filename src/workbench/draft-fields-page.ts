// The fields that say why a party is listed, and for how long: the same in a new draft and in its amendment.
import { html } from "hono/html";
import {
  barWords,
  extensionWords,
  groundWords,
  initiatorWords,
  sexWords,
  termStartWords,
  termWords,
} from "../registry/words.ts";
import { choices, field, type FormState, type Markup, select, textArea } from "../ui/index.ts";
import { choicesOf } from "../ui/index.ts";

export type Given = {
  /** What stands before the names: `parties/0/`, or nothing. */
  prefix: string;
  state: FormState;
  /** What the fields begin with, by their names without the prefix. */
  initial?: Readonly<Record<string, string | null | undefined>>;
};

export const grounds = ["G1", "G2", "G3", "G4", "G5", "G6"] as const;
export const groundChoices = choicesOf(groundWords, grounds);
export const termStartChoices = choicesOf(termStartWords);
export const sexChoices = choicesOf(sexWords);
export const initiatorChoices = choicesOf(initiatorWords);

export function groundFields({ prefix, state, initial = {} }: Given): Markup {
  return html`${choices({
    name: `${prefix}grounds`,
    label: "失信行为情形",
    hint: "可以同时选择几项（失信名单规定第一条）。",
    many: true,
    state,
    choices: groundChoices,
    chosen: initial["grounds"]?.split("\n") ?? [],
  })}
  ${field({ name: `${prefix}groundAroseOn`, label: "情形发生日期", type: "date", width: "short", state, required: true, initial: initial["groundAroseOn"] })}
  ${Object.entries(barWords).map(([bar, label]) =>
    select({
      name: `${prefix}checklist/${bar}`,
      label,
      hint: "仅选择第一项情形时须逐项核对（失信名单规定第三条）。",
      emptySays: "未核对",
      state,
      initial: initial[`checklist/${bar}`],
      choices: [
        { value: "absent", label: "不存在" },
        { value: "present", label: "存在" },
      ],
    }),
  )}
  ${termFields({ prefix: `${prefix}term/`, state, initial: termInitial(initial) })}`;
}

function termInitial(initial: NonNullable<Given["initial"]>): NonNullable<Given["initial"]> {
  const members = ["kind", "months", "extension", "runsFrom"];
  return Object.fromEntries(members.map((member) => [member, initial[`term/${member}`]]));
}

export function termFields({ prefix, state, initial = {} }: Given): Markup {
  return html`${choices({
      name: `${prefix}kind`,
      label: "纳入期限",
      state,
      initial: initial["kind"] ?? "open",
      choices: [
        { value: "open", label: termWords.open, hint: "单独适用第一项情形" },
        { value: "fixed", label: termWords.fixed, hint: "二年；情节严重或者有多项失信行为的，可以延长一至三年" },
      ],
    })}
    <div class="row">
      ${field({ name: `${prefix}months`, label: "期限（月）", inputmode: "numeric", maxlength: 3, state, initial: initial["months"], width: "short" })}
      ${select({ name: `${prefix}runsFrom`, label: "起算", emptySays: "自公布之日", state, initial: initial["runsFrom"], choices: termStartChoices })}
      ${select({ name: `${prefix}extension`, label: "延长理由", emptySays: "不延长", state, initial: initial["extension"], choices: choicesOf(extensionWords) })}
    </div>`;
}

const performanceFields = [
  { member: "obligation", label: "生效法律文书确定的义务" },
  { member: "performance", label: "履行情况" },
  { member: "performedPart", label: "已履行部分" },
  { member: "unperformedPart", label: "未履行部分" },
] as const;

export function performanceParts({ prefix, state, initial = {} }: Given): Markup {
  return html`${performanceFields.map(({ member, label }) =>
    textArea({ name: `${prefix}${member}`, label, state, rows: 2, initial: initial[member] }),
  )}`;
}
