// The markup of /verify: a receipt's form, a printed certificate's form, and above them what was found.
import { html } from "hono/html";
import type { CertificateRecord, ReceiptReading } from "../../checks/index.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import type { Redress } from "../../sanctions/index.ts";
import type { Markup } from "../../ui/index.ts";
import { certificateResult } from "./certificate-page.ts";
import { redressResult } from "./redress-page.ts";
import { wording } from "./wording.ts";

export type Fault = keyof (typeof wording)["zh"]["faults"];

/** What stands above the forms. */
export type Finding =
  | { kind: "receipt"; reading: ReceiptReading; party: { agrees: boolean; sentence: string } | null }
  | { kind: "certificate"; record: CertificateRecord | null }
  | { kind: "redress"; redress: Redress }
  | { kind: "fault"; fault: Fault; field: string };

export type VerifyContent = {
  language: Language;
  /** The keys in the form: the log's own, or what the visitor sent. */
  keys: string;
  /** Titles of purposes by code, for whoever reads a receipt in a browser. */
  purposes: string;
  finding: Finding | null;
};

export function verifyContent({ language, keys, purposes, finding }: VerifyContent): Markup {
  const words = wording[language];
  return html`<h1>${words.title}</h1>
    <p>${words.lead}</p>
    ${resultSection(finding, language)} ${receiptForm(language, keys, purposes, finding)}
    ${certificateForm(language, finding)}`;
}

function receiptForm(language: Language, keys: string, purposes: string, finding: Finding | null): Markup {
  const words = wording[language];
  return html`<form
    id="receipt-form"
    class="card"
    method="post"
    action="/verify"
    enctype="multipart/form-data"
    data-purposes="${purposes}"
  >
    <h2>${words.receipt}</h2>
    <label for="receipt">${words.file}</label>
    <input
      type="file"
      id="receipt"
      name="receipt"
      accept=".tlog-proof,.txt,text/plain"
      ${invalid(finding, "receipt")}
    />
    <p id="drop-hint" class="soft" hidden>${words.dropHint}</p>
    <details ${isAt(finding, "party-name") ? html`open` : ""}>
      <summary>${words.partySummary}</summary>
      <p class="soft">${words.partyHint}</p>
      <label for="party-name">${words.partyName}</label>
      <input id="party-name" name="name" autocomplete="off" maxlength="200" ${invalid(finding, "party-name")} />
      <label for="party-number">${words.partyNumber}</label>
      <input id="party-number" name="number" autocomplete="off" spellcheck="false" maxlength="40" />
      <label for="party-country">${words.partyCountry}</label>
      <input id="party-country" name="country" autocomplete="off" spellcheck="false" maxlength="3" class="code" />
    </details>
    <details ${isAt(finding, "keys") ? html`open` : ""}>
      <summary>${words.keysSummary}</summary>
      <p id="keys-hint" class="soft">${words.keysHint}</p>
      <label for="keys">${words.keys}</label>
      <textarea id="keys" name="keys" spellcheck="false" aria-describedby="keys-hint" ${invalid(finding, "keys")}>
${keys}</textarea>
    </details>
    <button>${words.submitReceipt}</button>
    <p id="where" class="soft">${words.whereServer}</p>
  </form>`;
}

function certificateForm(language: Language, finding: Finding | null): Markup {
  const words = wording[language];
  return html`<form class="card" method="post" action="/verify/certificate">
    <h2>${words.certificate}</h2>
    <p id="code-hint" class="soft">${words.certificateHint}</p>
    <label for="code">${words.code}</label>
    <input
      id="code"
      name="code"
      class="code"
      required
      maxlength="40"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="code-hint"
      ${invalid(finding, "code")}
    />
    <button>${words.submitCode}</button>
  </form>`;
}

function isAt(finding: Finding | null, field: string): boolean {
  return finding?.kind === "fault" && finding.field === field;
}

const invalid = (finding: Finding | null, field: string) => (isAt(finding, field) ? html`aria-invalid="true"` : "");

/** Empty until something is found: a script puts its own finding there. */
function resultSection(finding: Finding | null, language: Language): Markup {
  if (!finding) return html`<section id="result" role="status" tabindex="-1" hidden></section>`;
  const holds = isGood(finding);
  return html`<section
    id="result"
    class="card result ${holds ? "result-good" : "result-bad"}"
    role="status"
    tabindex="-1"
  >
    ${describeFinding(finding, language, holds)}
  </section>`;
}

export function isGood(finding: Finding): boolean {
  switch (finding.kind) {
    case "receipt":
      return finding.reading.verdict === "valid" && finding.party?.agrees !== false;
    case "certificate":
      return finding.record !== null;
    case "redress":
      return true;
    case "fault":
      return false;
  }
}

function describeFinding(finding: Finding, language: Language, holds: boolean): Markup {
  const words = wording[language];
  if (finding.kind === "fault")
    return html`<h2>${words.faults.title}</h2>
      <p><a href="#${finding.field}">${words.faults[finding.fault]}</a></p>`;
  if (finding.kind === "certificate") return certificateResult(finding.record, language);
  if (finding.kind === "redress") return redressResult(finding.redress, language);
  const { reading, party } = finding;
  return html`<h2>${holds ? words.holds : words.fails}</h2>
    <p>${reading.sentence}</p>
    ${party ? html`<p>${party.sentence}</p>` : ""}
    ${
      reading.details.length > 0
        ? html`<dl>
              ${reading.details.map(
                ([label, value]) =>
                  html`<dt>${label}</dt>
                    <dd>${value}</dd>`,
              )}
            </dl>
            <p>${words.limits}</p>`
        : ""
    }`;
}
