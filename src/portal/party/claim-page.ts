// The fields by which a party says who it is, on every form of the party's pages.
import { documentWords } from "../../identity/words.ts";
import { choicesOf, field, type FormState, type Markup, select } from "../../ui/index.ts";

export const claimLabels = {
  name: "姓名（名称）",
  "document/type": "证件类型",
  "document/number": "证件号码",
  "document/country": "护照签发国",
  code: "查询码",
};

export function nameField(state: FormState): Markup {
  return field({ name: "name", label: claimLabels.name, state, required: true, autocomplete: "name", maxlength: 200 });
}

export function documentFields(state: FormState): Markup[] {
  return [
    select({
      name: "document/type",
      label: claimLabels["document/type"],
      state,
      required: true,
      initial: "resident_id",
      choices: choicesOf(documentWords),
    }),
    field({ name: "document/number", label: claimLabels["document/number"], state, required: true, maxlength: 40 }),
    field({
      name: "document/country",
      label: claimLabels["document/country"],
      hint: "只有护照须填写，三位代码，如 KOR",
      state,
      width: "short",
      maxlength: 3,
    }),
  ];
}

export function codeField(state: FormState, { required, hint }: { required: boolean; hint: string }): Markup {
  return field({ name: "code", label: claimLabels.code, hint, state, required, width: "medium", maxlength: 40 });
}
