// The problems of limits and of unusual use: a part of the catalogue, in its form. draft-ietf-httpapi-ratelimit-headers
// names their types.
export const limitProblems = {
  "quota-exceeded": {
    status: 429,
    type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
    title: { zh: "超出核查额度", en: "The quota is used up" },
    advice: {
      zh: "请按 Retry-After 等待后重试；RateLimit 响应头写明剩余额度。",
      en: "Try again after Retry-After; the RateLimit field tells what is left.",
    },
  },
  "abnormal-usage-detected": {
    status: 429,
    type: "https://iana.org/assignments/http-problem-types#abnormal-usage-detected",
    title: { zh: "核查行为异常，已暂停", en: "Checks are suspended: their use is unusual" },
    advice: {
      zh: "本次未作核查（不代表未列入名单）。请由本单位联络员查看异常提示，并与信用牵头部门联系；核实后恢复。",
      en: "No check was made (this is not a clear). Let your liaison read the alert and speak to the credit authority.",
    },
  },
} as const;
