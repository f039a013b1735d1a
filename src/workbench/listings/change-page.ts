// What a change made of a listing: each member before and after.
import { html } from "hono/html";
import { capacityWords, groundWords, listWords, sexWords, termStartWords, termWords } from "../../registry/words.ts";
import { day, type Markup, table } from "../../ui/index.ts";
import { wordOf, type Words } from "../../ui/index.ts";
import { memberWords } from "../words.ts";

type Value = string | number | readonly string[] | null;
export type Change = { member: string; before: Value; after: Value };

const codes: Readonly<Record<string, Words>> = {
  list: listWords,
  capacity: capacityWords,
  sex: sexWords,
  grounds: groundWords,
  termKind: termWords,
  termRunsFrom: termStartWords,
};

export function changeTable(caption: string, changes: readonly Change[]): Markup {
  return table(
    caption,
    ["项目", "更正前", "更正后"],
    changes.map(({ member, before, after }) => [
      wordOf(memberWords, member),
      html`<del>${valueText(member, before)}</del>`,
      html`<ins>${valueText(member, after)}</ins>`,
    ]),
  );
}

function valueText(member: string, value: Value): Markup | string {
  if (value === null) return "（无）";
  if (Array.isArray(value)) return value.map((code) => wordOf(codes[member] ?? {}, String(code))).join("；");
  const text = String(value);
  return member.endsWith("On") ? day(text) : wordOf(codes[member] ?? {}, text);
}
