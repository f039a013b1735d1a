// The reason for which an act is done: whoever does it words it, and it stays with the act.
import { type FormState, type Markup, textArea } from "../ui/index.ts";

/** `maxlength` is the API's. */
export function reasonField(state: FormState, maxlength: number): Markup {
  const hint = "记入留痕，请勿填写证件号码。";
  return textArea({ name: "reason", label: "事由", hint, state, required: true, rows: 2, maxlength });
}
