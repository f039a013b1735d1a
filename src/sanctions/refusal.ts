// Why a report is not taken: each with the rule that says so, where it is a rule of law.
import { AppError } from "../platform/error.ts";
import type { FieldCode, ProblemCode, Wording } from "../platform/problem-catalogue.ts";
import { workingRule } from "../courts/index.ts";

const informationLaw = (article: string) => `个人信息保护法${article}`;

type Refusal = { code: string; article: string; reason: Wording };

/** Persons are told by statute; that organisations are is how this register is worked. */
export function noticeRequired(isPerson: boolean): AppError {
  return refused("notice-required", {
    code: "notice-required",
    article: isPerson ? informationLaw("第三十五条") : workingRule,
    reason: {
      zh: "限制、禁止或者免职、撤销类措施，须先告知当事人，或者注明免予告知的法定情形",
      en: "Whoever is refused, barred or removed is told of it, or the statute is named by which they need not be.",
    },
  });
}

export function sanctionInForce(): AppError {
  return refused("sanction-in-force", {
    code: "sanction-in-force",
    article: workingRule,
    reason: {
      zh: "原反馈所载惩戒决定仍然有效：更换反馈不能使其终止，须注明已解除或者继续执行",
      en: "A sanction of the report before is in force. Replacing the report does not end it: say that it was lifted, or is carried over.",
    },
  });
}

function refused(code: ProblemCode, refusal: Refusal): AppError {
  return new AppError(code, { refusal, note: refusal.reason.en });
}

export function invalid(pointer: string, code: FieldCode): AppError {
  return new AppError("validation", { faults: [{ pointer: `#/${pointer}`, code }] });
}
