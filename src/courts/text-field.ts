// Text that a court's staff or a party writes into a request: one line or several, readable, and without anybody's number.
import { redactNumbers, textFault } from "../identity/index.ts";
import { z } from "../platform/http.ts";

export function textField(lengthMax: number) {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .superRefine((text, context) => {
      const fault = faultIn(text);
      if (fault) context.addIssue({ code: "custom", params: { code: fault } });
    });
}

function faultIn(text: string) {
  if (text !== "" && text.trim() === "") return "too_short";
  return textFault(text) ?? (redactNumbers(text) === text ? null : "not_allowed");
}
