// What is known of the certificate behind a code: to be compared with the paper, line by line.
import { html } from "hono/html";
import { type CertificateRecord } from "../../checks/index.ts";
import { outcomeLabels } from "../../checks/words.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import { readableTime } from "../../platform/time.ts";
import type { Markup } from "../../ui/index.ts";
import { factList } from "./facts-page.ts";
import { wording } from "./wording.ts";

export function certificateResult(record: CertificateRecord | null, language: Language): Markup {
  const words = wording[language].confirmation;
  if (!record)
    return html`<h2>${words.unknownTitle}</h2>
      <p>${words.unknown}</p>`;
  const { id, issuedAt, checkedAt, agencyName, purpose, parties } = record;
  const facts = [
    [words.id, id],
    [words.agency, agencyName],
    [words.purpose, purpose],
    [words.checkedAt, readableTime(checkedAt, language)],
    [words.issuedAt, readableTime(issuedAt, language)],
    ...(parties.length === 1 ? parties.flatMap((party) => factsOf(party, language)) : []),
  ];
  return html`<h2>${words.knownTitle}</h2>
    <p>${words.known}</p>
    ${factList(facts)} ${parties.length === 1 ? "" : partyTable(record, language)}
    <p>${wording[language].limits}</p>`;
}

function factsOf({ name, document, outcome }: CertificateRecord["parties"][number], language: Language) {
  const words = wording[language].confirmation;
  return [
    [words.name, name],
    [words.document, document],
    [words.outcome, outcomeLabels[language][outcome]],
  ];
}

/** The parties of a batch. */
function partyTable({ parties }: CertificateRecord, language: Language): Markup {
  const words = wording[language].confirmation;
  return html` <div class="table-frame" tabindex="0" role="group" aria-label="${words.parties}">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.name}</th>
          <th scope="col">${words.document}</th>
          <th scope="col">${words.outcome}</th>
        </tr>
      </thead>
      <tbody>
        ${parties.map(
          ({ name, document, outcome }) =>
            html`<tr>
              <td>${name}</td>
              <td class="masked">${document}</td>
              <td>${outcomeLabels[language][outcome]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
