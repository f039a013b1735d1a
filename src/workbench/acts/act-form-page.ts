// The form of each act of a court on a listing: what it asks for, and what follows from it.
import { html } from "hono/html";
import { limitMeasures } from "../../agencies/index.ts";
import { secondLookWords, serviceWords } from "../../registry/words.ts";
import { paperWords } from "../../remedies/words.ts";
import { box, choices, field, type FieldKinds, type FormState, type Markup, select, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { groundFields, initiatorChoices, performanceParts } from "../draft-fields-page.ts";
import { checklistOf, termOf } from "../draft-values.ts";
import { barList } from "../listings/detail-page.ts";
import type { Listing, Papers } from "../listings/detail.ts";
import { reasonField } from "../reason-page.ts";
import { rectifyFields } from "./rectify-page.ts";

export type ActGiven = { listing: Listing; papers: Papers; state: FormState };
type Values = Record<string, unknown>;

export type ActForm = {
  /** What follows from the act, said before it is done. */
  consequence?: string;
  fields: (given: ActGiven) => Markup;
  kinds?: FieldKinds;
  /** The body, where it is not what the fields say as they stand. */
  body?: (values: Values, given: Pick<ActGiven, "papers">) => Values;
  weighs?: boolean;
};

const date = (name: string, label: string, hint?: string) => (state: FormState) =>
  field({ name, label, hint, type: "date", width: "short", state, required: true });

const serviceChoices = choicesOf(serviceWords);

export const actForms: Readonly<Record<string, ActForm>> = {
  amend: {
    fields: amendFields,
    kinds: { booleans: ["notice/warned", "performed"], lists: ["grounds"], numbers: ["term/months"] },
    body: ({ checklist, term, grounds, groundAroseOn, ...rest }) =>
      // Of a limit the form asks for none of them.
      term === undefined
        ? rest
        : { ...rest, grounds, groundAroseOn, checklist: checklistOf(checklist), term: termOf(term) },
  },
  decide: {
    consequence: "决定自作出之日起生效；送达并登记未履行情况之后才能公布。经办过本草稿的人不得决定。",
    fields: decideFields,
    body: ({ paper }, { papers }) => {
      const chosen = papers.find(({ id }) => id === paper);
      return chosen ? { paper: { number: chosen.number, sha256: chosen.sha256 } } : {};
    },
    weighs: true,
  },
  reject: { consequence: "草稿就此终结，不予纳入。", fields: ({ state }) => reasonField(state, 1_000) },
  "record-service": {
    fields: ({ state }) =>
      html`${date("servedOn", "送达日期")(state)}
      ${select({ name: "how", label: "送达方式", state, required: true, choices: serviceChoices })}`,
  },
  "state-unperformed": {
    consequence: "公布须以三日以内的未履行情况为依据。",
    fields: ({ state }) => date("statedOn", "查明未履行的日期")(state),
  },
  "grant-grace": {
    consequence: "宽限期内不公布、不命中；期满未履行的，另行公布。",
    fields: ({ state }) => html`${date("until", "宽限期至", "一至三个月。")(state)} ${reasonField(state, 1_000)}`,
  },
  publish: {
    consequence: "公布之后，自下一次核查起即命中，并向社会公开。",
    fields: () => html``,
    weighs: true,
  },
  lapse: {
    consequence: "宽限期内已履行，不再公布；另一人于下一工作日前复核。",
    fields: ({ state }) => html`${date("performedOn", "履行完毕日期")(state)} ${reasonField(state, 1_000)}`,
  },
  rectify: {
    consequence: "增加情形或者延长期限的，由院长（或受托签发人）办理。更正前的内容留存。",
    fields: ({ listing, state }) =>
      html`${rectifyFields(listing, state)}
      ${date("reachedCourtOn", "不准确的事由到达法院日期", "三个工作日自此起算。")(state)} ${reasonField(state, 1_000)}`,
    kinds: { lists: ["corrections/grounds"], numbers: ["corrections/term/months"] },
  },
  "second-look": {
    consequence: "复核不能恢复已移出的名单；认为应当纳入的，另行草拟。",
    fields: ({ state }) =>
      html`${choices({
        name: "finding",
        label: "复核意见",
        state,
        choices: choicesOf(secondLookWords),
      })}
      ${textArea({ name: "reason", label: "说明", state, rows: 3, maxlength: 1_000 })}`,
  },
  shield: { fields: ({ state }) => date("shieldedOn", "查见全国库已屏蔽的日期")(state) },
  "open-window": {
    consequence: "所列项目在期间内不作为答复的限制；最长一个月，由院长（或受托签发人）批准。",
    fields: ({ state }) =>
      html`${choices({
        name: "window/measures",
        label: "暂时解除的项目",
        many: true,
        state,
        choices: limitMeasures.map(({ code, title }) => ({ value: code, label: title })),
      })}
      ${date("window/from", "自")(state)} ${date("window/until", "至")(state)} ${reasonField(state, 1_000)}`,
    kinds: { lists: ["window/measures"] },
  },
  "close-window": {
    fields: ({ listing, state }) =>
      html`${choices({
        name: "window",
        label: "收回哪一次",
        state,
        choices: listing.windows
          .filter(({ closedAt }) => closedAt === null)
          .map(({ id, from, until, measures }) => ({
            value: id,
            label: `${from} 至 ${until}`,
            hint: measures.join("、"),
          })),
      })}
      ${reasonField(state, 1_000)}`,
  },
  transfer: {
    consequence: "移送之后由接收法院办理，正在计算的期限随之转移。",
    fields: ({ state }) =>
      html`${field({ name: "court", label: "接收法院代字", hint: "例如 闽0206。", state, required: true, maxlength: 20, width: "short" })}
      ${reasonField(state, 1_000)}`,
    weighs: true,
  },
};

function amendFields({ listing, state }: ActGiven): Markup {
  const { proceeding, obligation, performance, performedPart, unperformedPart, party } = listing;
  const term = proceeding?.term;
  const texts = { obligation, performance, performedPart, unperformedPart };
  const answered = Object.entries(proceeding?.checklist ?? {}).map(([bar, answer]) => {
    return [`checklist/${bar}`, answer === null ? null : answer ? "present" : "absent"] as const;
  });
  const listed = {
    grounds: listing.grounds.join("\n"),
    groundAroseOn: proceeding?.groundAroseOn,
    ...Object.fromEntries(answered),
    "term/kind": term?.kind,
    "term/months": term?.months?.toString(),
    "term/extension": term?.extension,
    "term/runsFrom": term?.runsFrom,
  };
  return html`${select({ name: "initiatedBy", label: "启动", state, required: true, initial: proceeding?.initiatedBy, choices: initiatorChoices })}
  ${field({ name: "receivedOn", label: "收到申请（立项）日期", type: "date", width: "short", state, required: true, initial: proceeding?.receivedOn })}
  ${field({ name: "notice/endsOn", label: "执行通知书指定的履行期间至", type: "date", width: "short", state, required: true, initial: proceeding?.notice.endsOn })}
  ${box({ name: "notice/warned", label: "执行通知书载明了纳入名单的风险提示", state, initial: proceeding?.notice.warned === true })}
  ${box({ name: "performed", label: "义务已经履行", state, initial: proceeding?.performed === true })}
  ${field({ name: "legalRepresentative", label: "法定代表人或者负责人", state, initial: party.legalRepresentative })}
  ${performanceParts({ prefix: "", state, initial: texts })}
  ${listing.list === "dishonest" ? groundFields({ prefix: "", state, initial: listed }) : ""}`;
}

function decideFields({ listing, papers, state }: ActGiven): Markup {
  const kind = listing.list === "dishonest" ? "decision" : "limit_order";
  const fitting = papers.filter((paper) => paper.kind === kind);
  const title = wordOf(paperWords, kind);
  if (fitting.length === 0)
    return html`${barList(listing)}
      <p>请先<a href="/workbench/listings/${listing.id}#papers">打印${title}</a>，决定须写明文书的文号和摘要。</p>`;
  return html`${barList(listing)}
  ${choices({
    name: "paper",
    label: `签发的${title}`,
    state,
    initial: fitting.at(-1)?.id,
    choices: fitting.map(({ id, number, datedOn, sha256 }) => {
      return { value: id, label: number, hint: `${datedOn}，摘要 ${sha256.slice(0, 16)}…` };
    }),
  })}`;
}
