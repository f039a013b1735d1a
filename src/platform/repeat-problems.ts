// The problems of requests that are sent again under an Idempotency-Key: a part of the catalogue, in its form.
// draft-ietf-httpapi-idempotency-key-header §2.7 names their statuses.
export const repeatProblems = {
  "malformed-idempotency-key": {
    status: 400,
    title: { zh: "请求编号格式不符", en: "The Idempotency-Key has the wrong form" },
    advice: {
      zh: "请求编号（Idempotency-Key）须为 16 至 128 个字母、数字、连字符或下划线，可以加引号；建议使用 UUID。",
      en: "Idempotency-Key takes 16 to 128 letters, digits, hyphens and underscores, quoted or bare; a UUID does well.",
    },
  },
  "request-in-progress": {
    status: 409,
    title: { zh: "相同请求正在办理", en: "A request with this Idempotency-Key is under way" },
    advice: {
      zh: "请按 Retry-After 等待后，以同一请求编号和同一内容重试。",
      en: "Send the same request with the same key again after Retry-After.",
    },
  },
  "answer-superseded": {
    status: 409,
    title: { zh: "名单状态已变化，请重新核查", en: "The list has changed since that answer" },
    advice: {
      zh: "原核查已留存记录，但不再代表现状；请换用新的请求编号。",
      en: "The check is on record and no longer says what holds. Ask again under a new key.",
    },
  },
  "idempotency-key-reuse": {
    status: 422,
    title: { zh: "同一请求编号的内容不一致", en: "The Idempotency-Key was used for another request" },
    advice: {
      zh: "同一请求编号只能用于重发同一请求；内容不同的，请换用新的请求编号。",
      en: "A key is for sending the same request again. Another request takes another key.",
    },
  },
} as const;
