// Rectification: every member that may be corrected with what it says now, and before it is done what would change.
import { html } from "hono/html";
import { choices, field, type FormState, type Markup, select } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { groundChoices, performanceParts, sexChoices, termFields } from "../draft-fields-page.ts";
import type { Change } from "../listings/change-page.ts";
import type { Listing } from "../listings/detail.ts";
import { memberWords } from "../words.ts";

type Values = Record<string, unknown>;
const PREFIX = "corrections/";

const lines = ["name", "legalRepresentative", "handler", "areaName", "titleMaker", "titleDocument"] as const;

export function rectifyFields(listing: Listing, state: FormState): Markup {
  const said = saidBy(listing);
  return html`${lines.map((member) =>
    field({
      name: `${PREFIX}${member}`,
      label: wordOf(memberWords, member),
      state,
      initial: textOf(said[member]),
      maxlength: 200,
    }),
  )}
  ${select({ name: `${PREFIX}sex`, label: "性别", emptySays: "不适用", state, initial: textOf(said["sex"]), choices: sexChoices })}
  ${field({ name: `${PREFIX}filedOn`, label: "立案日期", type: "date", width: "short", state, initial: textOf(said["filedOn"]) })}
  ${performanceParts({ prefix: PREFIX, state, initial: partsOf(listing) })}
  ${listing.list === "dishonest" ? listedFields(listing, state) : ""}`;
}

function listedFields({ grounds }: Listing, state: FormState): Markup {
  return html`${choices({
      name: `${PREFIX}grounds`,
      label: "失信行为情形",
      many: true,
      state,
      choices: groundChoices,
      chosen: grounds,
    })}
    <label class="choice field">
      <input type="checkbox" name="correctsTerm" value="true" ${state.values["correctsTerm"] ? html`checked` : ""} />
      <span>更正期限，以下列内容为准</span>
    </label>
    ${termFields({ prefix: `${PREFIX}term/`, state })}`;
}

/** What a correction says that the listing does not say already: nothing else is sent. */
export function changesIn(listing: Listing, corrections: Values): Change[] {
  const said = saidBy(listing);
  return Object.entries(corrections)
    .filter(([member, after]) => JSON.stringify(after) !== JSON.stringify(said[member] ?? null))
    .map(([member, after]) =>
      member === "term"
        ? { member: "termKind", before: listing.term.kind, after: termText(after as Values) }
        : { member, before: (said[member] ?? null) as Change["before"], after: after as Change["after"] },
    );
}

export function onlyChanged(listing: Listing, corrections: Values): Values {
  const said = saidBy(listing);
  return Object.fromEntries(
    Object.entries(corrections).filter(
      ([member, after]) => JSON.stringify(after) !== JSON.stringify(said[member] ?? null),
    ),
  );
}

function termText({ kind, months }: Values): string {
  return kind === "fixed" ? `有纳入期限：${String(months)}个月` : "open";
}

/** The members that may be corrected, under the names that a correction has for them. */
function saidBy(listing: Listing): Values {
  const { party, handler, areaName, titleMaker, titleDocument, filedOn, grounds } = listing;
  const { name, sex, legalRepresentative } = party;
  const said = { name, sex, legalRepresentative, handler, areaName, titleMaker, titleDocument, filedOn, grounds };
  return { ...said, ...partsOf(listing) };
}

function partsOf({ obligation, performance, performedPart, unperformedPart }: Listing) {
  return { obligation, performance, performedPart, unperformedPart };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
