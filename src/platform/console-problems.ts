// The problems of the console, where an agency's people work.

export const consoleProblems = {
  "console-closed": {
    status: 403,
    title: { zh: "本单位的窗口控制台已停用", en: "The console of your agency is closed" },
    advice: {
      zh: "控制台凭证已被吊销，或者本单位的共享协议不在有效期内、已被暂停。联络员可在“密钥”页（/console/keys）重新签发；协议事项请与信用牵头部门联系。",
      en: "Its key was revoked, or the agreement of the agency is not in force. The liaison issues another at /console/keys; the credit authority knows about the agreement.",
    },
  },
} as const;
