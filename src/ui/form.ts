// Forms of our pages: labelled fields that keep what was typed, a summary of what is wrong above them, and the word of
// each fault at its field (the patterns of the GOV.UK Design System).
import { html } from "hono/html";
import type { Markup } from "./page.ts";
import type { Refusal } from "./refused.ts";

/** What a form shows: what was typed (a line for each value of one name), and what the API had against it. */
export type FormState = {
  values: Readonly<Record<string, string>>;
  refusal: Refusal | null;
  /** Its name, where a page has several: fields of two forms may be called the same. */
  form?: string;
};

export const emptyForm: FormState = { values: {}, refusal: null };

/** A form as it was sent, with what was refused about it. */
export function refusedForm(form: FormData, refusal: Refusal): FormState {
  const typed = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  return { values: Object.fromEntries([...form.keys()].map((name) => [name, typed(name).join("\n")])), refusal };
}

/** What somebody at a page is told in the place of what a program is told. */
const pageDetails: Readonly<Record<string, string>> = {
  validation: "请按下列提示更正后重新提交。",
  "cross-site": "本页已经失效，请返回后刷新，再重新提交。",
};

/**
 * What is told of a form that was refused: above the heading, with a link to each field (GOV.UK: error summary). `labels`
 * names the fields whose fault does not speak for itself.
 */
export function errorSummary(state: FormState, labels: Readonly<Record<string, string>> = {}): Markup {
  const { refusal } = state;
  if (!refusal) return html``;
  const { code, title, errors = [], refusal: rule, requestId } = refusal;
  const detail = pageDetails[code] ?? refusal.detail;
  return html`<div class="card result result-bad" role="alert" tabindex="-1" id="error-summary" autofocus>
    <h2>${title}</h2>
    <p>${detail}${rule ? html`（${rule.article}）` : ""}</p>
    ${
      errors.length > 0
        ? html`<ul>
            ${errors.map(({ pointer, detail: words }) => {
              const name = nameOf(pointer);
              const told = labels[name] ? `${labels[name]}：${words}` : words;
              return html`<li><a href="#${idOf({ name, state })}">${told}</a></li>`;
            })}
          </ul>`
        : ""
    }
    ${requestId ? html`<p class="soft">编号 <code>${requestId}</code></p>` : ""}
  </div>`;
}

type Base = {
  /** The JSON Pointer of the member it fills, without the leading slash. */
  name: string;
  label: string;
  hint?: string | undefined;
  state: FormState;
  required?: boolean;
  /** What stands there before anything was typed. */
  initial?: string | null | undefined;
  /** Of a choice whose empty one says something: it is neither required nor called optional. */
  emptySays?: string;
};

export type Field = Base & {
  type?: "text" | "date" | "password" | "number" | "search" | "url" | "time" | "datetime-local";
  autocomplete?: string;
  inputmode?: "numeric" | "text" | "decimal";
  maxlength?: number;
  /** Wide enough for what is expected, no wider. */
  width?: "short" | "medium";
};

export function field(given: Field): Markup {
  const { name, state, type = "text", autocomplete = "off", inputmode, maxlength = 500, width } = given;
  const value = type === "password" ? "" : (state.values[name] ?? given.initial ?? "");
  return labelled(
    given,
    html`<input
      id="${idOf(given)}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      maxlength="${maxlength}"
      spellcheck="false"
      ${width ? html`class="width-${width}"` : ""}
      ${inputmode ? html`inputmode="${inputmode}"` : ""}
      ${given.required ? html`required` : ""}
      ${described(given)}
    />`,
  );
}

export function textArea(given: Base & { rows?: number; maxlength?: number }): Markup {
  const { name, state, rows = 4, maxlength = 4_000 } = given;
  const value = state.values[name] ?? given.initial ?? "";
  return labelled(
    given,
    html`<textarea
      id="${idOf(given)}"
      name="${name}"
      rows="${rows}"
      maxlength="${maxlength}"
      ${given.required ? html`required` : ""}
      ${described(given)}
    >
${value}</textarea>`,
  );
}

export type Choice = { value: string; label: string; hint?: string | undefined };

export function select(given: Base & { choices: readonly Choice[] }): Markup {
  const { name, state, choices, emptySays = "请选择" } = given;
  const chosen = state.values[name] ?? given.initial ?? "";
  return labelled(
    given,
    html`<select id="${idOf(given)}" name="${name}" ${given.required ? html`required` : ""} ${described(given)}>
      <option value="">${emptySays}</option>
      ${choices.map(
        ({ value, label }) =>
          html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${label}</option>`,
      )}
    </select>`,
  );
}

/** Choices that are seen at once: one of them, or with `many` any number. */
export function choices(
  given: Base & { choices: readonly Choice[]; many?: boolean; chosen?: readonly string[] },
): Markup {
  const { name, label, hint, state, many = false } = given;
  const typed = state.values[name];
  const chosen = new Set(typed === undefined ? (given.chosen ?? [given.initial ?? ""]) : typed.split("\n"));
  const fault = faultOf(given);
  return html`<fieldset id="${idOf(given)}" class="field ${fault ? "field-faulty" : ""}" tabindex="-1">
    <legend>${label}</legend>
    ${hint ? html`<p class="soft hint">${hint}</p>` : ""} ${fault}
    ${given.choices.map(
      ({ value, label: words, hint: aside }) =>
        html`<label class="choice">
          <input
            type="${many ? "checkbox" : "radio"}"
            name="${name}"
            value="${value}"
            ${chosen.has(value) ? html`checked` : ""}
          />
          <span>${words}${aside ? html`<span class="soft choice-hint">${aside}</span>` : ""}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** One box: ticked is true. */
export function box(given: Omit<Base, "initial"> & { initial?: boolean }): Markup {
  const { name, label, state, initial } = given;
  const isTicked = name in state.values || (Object.keys(state.values).length === 0 && initial === true);
  return html`<label class="choice field" id="${idOf(given)}">
    <input type="checkbox" name="${name}" value="true" ${isTicked ? html`checked` : ""} />
    <span>${label}</span>
  </label>`;
}

/** What every form that writes sends back (OWASP: signed double submit, bound to the session). */
export function hiddenFields(csrfToken: string, more: Record<string, string | number | null> = {}): Markup {
  const entries = Object.entries({ csrf: csrfToken, ...more }).filter(([, value]) => value !== null);
  return html`${entries.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
}

/** The button that sends a form names the act. */
export function submit(label: string, kind: "primary" | "secondary" | "danger" = "primary"): Markup {
  return html`<button class="button-${kind}">${label}</button>`;
}

function labelled(given: Base, control: Markup): Markup {
  const { label, hint, required, emptySays } = given;
  const fault = faultOf(given);
  return html`<div class="field ${fault ? "field-faulty" : ""}">
    <label for="${idOf(given)}">${label}${required || emptySays ? "" : html`<span class="soft">（选填）</span>`}</label>
    ${hint ? html`<p id="${idOf(given)}-hint" class="soft hint">${hint}</p>` : ""} ${fault} ${control}
  </div>`;
}

function described(given: Base): Markup {
  const { hint } = given;
  const fault = faultOf(given);
  const ids = [...(hint ? [`${idOf(given)}-hint`] : []), ...(fault ? [`${idOf(given)}-fault`] : [])].join(" ");
  return html`${ids ? html`aria-describedby="${ids}"` : ""} ${fault ? html`aria-invalid="true"` : ""}`;
}

function faultOf(given: Pick<Base, "name" | "state">): Markup | "" {
  const { name, state } = given;
  const found = state.refusal?.errors?.find(({ pointer }) => nameOf(pointer) === name);
  return found ? html`<p class="fault" id="${idOf(given)}-fault">${found.detail}</p>` : "";
}

/** `#/debtors/0/name` → `debtors/0/name` */
const nameOf = (pointer: string) => pointer.replace(/^#?\//, "");
const idOf = ({ name, state }: Pick<Base, "name" | "state">) =>
  `${state.form ?? "field"}-${name.replaceAll(/[^\w-]/g, "-")}`;
