// The certificate as a printable page: everything that procurement rules ask for, and nothing that is not on record.
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { findPurpose } from "../../agencies/index.ts";
import { partyRoleWords } from "../../agencies/words.ts";
import type { DocumentKind } from "../../identity/index.ts";
import { documentWords } from "../../identity/words.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { readableTime } from "../../platform/time.ts";
import { listWords } from "../../registry/words.ts";
import type { Markup } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import type { CheckAnswerView } from "../answer.ts";
import { wholeRecordView } from "../record.ts";
import { actionWords, gradeWords, outcomeThenWords, outcomeWords } from "../words.ts";
import type { Certificate } from "./certificate.ts";
import { formatCode } from "./code.ts";

const stylesheet = readFileSync(new URL("certificate.css", import.meta.url), "utf8");
const stylesheetHash = createHash("sha256").update(stylesheet).digest("base64");

/** Nothing but its own stylesheet: a certificate is opened from a file as well. */
export const CERTIFICATE_POLICY = `default-src 'none'; style-src 'sha256-${stylesheetHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Recorded = ReturnType<typeof wholeRecordView>;

export type CertificatePlace = {
  ring: KeyRing;
  /** Under which address the service is reached. */
  address: string;
  demonstration: boolean;
};

export function certificatePage(certificate: Certificate, { ring, address, demonstration }: CertificatePlace): Markup {
  const { id, checks, code } = certificate;
  const [firstRow, ...furtherRows] = checks;
  const first = wholeRecordView(ring, firstRow);
  const records = [first, ...furtherRows.map((row) => wholeRecordView(ring, row))];
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="only light" />
        <title>失信被执行人名单核查凭证 ${id}</title>
        ${raw(`<style>${stylesheet}</style>`)}
      </head>
      <body>
        <main>
          ${demonstration ? html`<p class="demonstration">演示数据，均为虚构</p>` : ""}
          <h1>失信被执行人名单核查凭证</h1>
          <p class="number">编号：${id}</p>
          ${factTable(certificate, first, records, address)}
          ${id === first.id ? partyTables(first) : batchTable(records)}
          <div class="signature">
            <p>经办人：${first.operator}</p>
            <p>经办人签字：</p>
            <p>单位（盖章）：</p>
            <p>日期：</p>
          </div>
          <div class="notes">
            <p>
              验证：打开 ${address}/verify，输入验证码
              <span class="code">${formatCode(code)}</span>，网页所示应与本凭证一致。
            </p>
            <p>${[...(id === first.id ? [] : [BATCH_NOTE]), ...NOTES].join("")}</p>
          </div>
        </main>
      </body>
    </html>`;
}

const BATCH_NOTE = "本表所列为本批中已核查的当事人，未能核查的不在其内。";
const NOTES = [
  "核查结果只反映截至核查时间的名单，以所提供的姓名（名称）和证件号码为准；未查到不等于信用承诺。",
  "本凭证以平台记录为准；各笔核查的回执可脱离平台独立验证。",
];

function factTable(
  { agencyName, issuedAt, checks }: Certificate,
  first: Recorded,
  records: Recorded[],
  address: string,
) {
  const times = spanOf(checks.map(({ checkedAt }) => checkedAt.getTime())).map((ms) =>
    readableTime(new Date(ms), "zh"),
  );
  const positions = spanOf(records.map(({ registerPosition }) => registerPosition));
  return facts([
    ["核查单位", agencyName, "事项编号", first.caseReference],
    ["核查事由", findPurpose(first.purpose)?.title ?? first.purpose],
    ["核查时间", times.join(" 至 "), "名单截至", `核查时间，名单库序号 ${positions.join(" 至 ")}`],
    ["使用期限至", readableTime(new Date(first.validUntil), "zh"), "出具时间", readableTime(issuedAt, "zh")],
    ...lateRows(first),
    ["查询渠道", `失信被执行人名单核查平台　${address}`],
  ]);
}

/** The checks of one batch were all sent after the same act, or none was. */
function lateRows({ late }: Recorded): Cell[][] {
  if (!late) return [];
  const acted = readableTime(new Date(late.actedAt), "zh");
  return [["事后补查", `${acted} 未经核查先行办理；原因：${late.reason}`]];
}

/** The smallest and the largest, or the only one: the checks of one batch nearly always share both instant and register. */
function spanOf(values: number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low] : [low, high];
}

function partyTables(record: Recorded): Markup {
  const { subject, lists } = record;
  const asked = Object.entries(lists) as [keyof typeof listWords, keyof typeof outcomeWords][];
  return html`${facts(
    [
      ["姓名（名称）", subject.name, "曾用名", subject.formerNames.join("、") || "未提供"],
      [documentWords[subject.document.type as DocumentKind], subject.document.masked],
      ["身份（角色）", wordOf(partyRoleWords, subject.role)],
      ...asked.map(([list, found]) => [listWords[list], html`<strong>${outcomeWords[found]}</strong>`]),
      ...(record.late ? [["办理当时", outcomeThenWords[record.late.outcomeThen]]] : []),
      ["处理", actionWords[record.action]],
      ["可采取的措施", measuresOf(record)],
    ],
    "当事人与核查结果",
  )}
  ${record.matches.length > 0 ? matchTable(record.matches) : ""}`;
}

function measuresOf({ measures }: Recorded): string {
  return measures.length === 0
    ? "无"
    : measures
        .map(({ code, title, legalBasis, conditions }) => {
          return [`${code} ${title}（${legalBasis}）`, ...conditions].join("；须另行核实：");
        })
        .join("。");
}

function matchTable(matches: CheckAnswerView["matches"]): Markup {
  return html`<table>
    <caption>
      名单信息
    </caption>
    <thead>
      <tr>
        ${["名单", "执行法院", "案号", "公布日期", "比对"].map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${matches.map(
        ({ list, court, caseNumber, publishedOn, grade, underObjection }) =>
          html`<tr>
            <td>${listWords[list]}</td>
            <td>${court.name}</td>
            <td>${caseNumber}</td>
            <td class="masked">${publishedOn}</td>
            <td>${gradeWords[grade]}${underObjection ? "；纠正（复议）审查中，原决定不停止执行" : ""}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function batchTable(records: Recorded[]): Markup {
  return html`<table>
    <caption>
      当事人（共 ${records.length} 名）
    </caption>
    <thead>
      <tr>
        ${["序号", "姓名（名称）及核查编号", "证件号码", "身份（角色）", "核查结果"].map(
          (heading) => html`<th scope="col">${heading}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${records.map(
        ({ id, subject, outcome, matches, action, measures, late }, index) =>
          html`<tr>
            <td>${index + 1}</td>
            <td>${subject.name}<br /><small>${id}</small></td>
            <td class="masked">${subject.document.masked}</td>
            <td>${wordOf(partyRoleWords, subject.role)}</td>
            <td>
              <strong>${outcomeWords[outcome]}</strong>
              ${late ? html`<br />${outcomeThenWords[late.outcomeThen]}` : ""}
              ${matches.map(({ court, caseNumber }) => html`<br />${court.name} ${caseNumber}`)}
              ${action === "none" ? "" : html`<br />${actionWords[action]}`}
              ${measures.map(({ code, title }) => html`<br />${code} ${title}`)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

type Cell = string | Markup;

/** Rows of one label and value over the whole width, or of two side by side. */
function facts(rows: Cell[][], caption?: string): Markup {
  return html`<table class="facts">
    ${
      caption
        ? html`<caption>
            ${caption}
          </caption>`
        : ""
    }
    <tbody>
      ${rows.map(
        ([label, value, ...second]) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td ${second.length === 0 ? html`colspan="3"` : ""}>${value}</td>
            ${
              second.length === 0
                ? ""
                : html`<th scope="row">${second[0]}</th>
                    <td>${second[1]}</td>`
            }
          </tr>`,
      )}
    </tbody>
  </table>`;
}
