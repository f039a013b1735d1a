// The problems of reports and sanctions: a part of the catalogue, in its form.

export const sanctionProblems = {
  "listing-ended": {
    status: 409,
    title: { zh: "名单信息已移出，不得据此实施惩戒", en: "The listing has ended: no sanction may rest on it" },
    advice: {
      zh: "核查之后名单信息已移出。请重新核查；确无名单信息的，以“未实施惩戒”反馈。",
      en: "It ended after the check. Check again; where nothing is found, report not_sanctioned.",
    },
  },
  "identity-not-confirmed": {
    status: 409,
    title: { zh: "身份尚未核实，不得实施惩戒", en: "The identity is not confirmed: no sanction may rest on it" },
    advice: {
      zh: "号码一致、姓名不一致的，经办人可凭户籍变更证明或者登记档案核实；其他情形请提请法院核实。办理事项照常进行。",
      en: "Where only the name differs, an ID history or registry extract settles it; otherwise ask the court. The matter goes on.",
    },
  },
  "measure-not-offered": {
    status: 409,
    title: { zh: "所选措施不在本次核查结果之内", en: "The answer of the check did not offer this measure" },
    advice: {
      zh: "只能采取所注明核查结果中列出、且仍对本单位启用的措施。如有变化，请重新核查。",
      en: "Take a measure that the named check offered and that is still switched on for you. If that changed, check again.",
    },
  },
  "answer-expired": {
    status: 409,
    title: { zh: "核查结果已过使用期限，请重新核查", en: "The answer is past its use: check again" },
    advice: {
      zh: "惩戒须以使用期限（validUntil）内的核查结果为依据。",
      en: "A sanction rests on an answer that is not past its validUntil. Check again before acting.",
    },
  },
  "conditions-not-confirmed": {
    status: 422,
    title: { zh: "措施的附加条件未逐项确认", en: "Not every condition of the measure is confirmed" },
    advice: {
      zh: "名单不能代替其他要件：请逐项核实，并在 confirmedConditions 中原样列出该措施的全部条件。",
      en: "A listing is not all that is needed: look at each condition, and repeat all of them in confirmedConditions.",
    },
  },
  "notice-required": {
    status: 422,
    title: { zh: "须先告知当事人", en: "The person has to be told first" },
    advice: {
      zh: "请注明惩戒告知书的编号、送达日期和方式，或者免予告知的法定情形及条文。",
      en: "Give number, day and manner of service of the notice, or the statute by which it is not needed.",
    },
  },
  "sanction-in-force": {
    status: 409,
    title: { zh: "原惩戒措施仍在执行", en: "A sanction is in force" },
    advice: {
      zh: "请先解除，或者在 formerSanctions 中注明处理结果。同一事项的同一措施不能重复登记。",
      en: "Lift it, or say in formerSanctions what becomes of it. In one matter a measure is in force once.",
    },
  },
  "feedback-given": {
    status: 409,
    title: { zh: "该任务已有反馈", en: "The task has another current report" },
    advice: {
      zh: "请先读取任务；确需更换的，在 replaces 中注明现行反馈的编号。",
      en: "Read the task. To replace its current report, name that in replaces.",
    },
  },
} as const;
