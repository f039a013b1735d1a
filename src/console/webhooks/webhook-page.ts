// Where the agency's systems are told what happens: endpoints, their health, and what was sent to each.
import { html } from "hono/html";
import { eventTypes } from "../../events/index.ts";
import type * as webhooks from "../../subscriptions/webhooks/operations.ts";
import { attemptWords, deliveryStateWords, disablingWords } from "../../subscriptions/words.ts";
import { type AnswerOf, choices, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing, type Reader, select, submit, summaryList } from "../../ui/index.ts";
import { table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";

type Webhooks = AnswerOf<typeof webhooks.getWebhooks>["data"];
export type Webhook = AnswerOf<typeof webhooks.getWebhook>;
type Deliveries = AnswerOf<typeof webhooks.getDeliveries>;
export type Delivery = AnswerOf<typeof webhooks.getDelivery>;

const labels = { url: "地址", description: "说明", types: "事项", overlapHours: "并用时间" };

function stateTag({ state, disabledBy, failures }: Webhook): Markup {
  if (state === "disabled") return tag(`已停用：${wordOf(disablingWords, disabledBy)}`, "bad");
  return failures > 0 ? tag(`连续 ${failures} 次未成功`, "warn") : tag("正常", "good");
}

/** The Chinese half of what an event is called. */
const eventWord = (type: string) =>
  type in eventTypes ? (eventTypes[type as keyof typeof eventTypes].split(" · ")[0] ?? type) : type;

export function webhooksContent(reader: Reader, rows: Webhooks, state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>推送</h1>
    <p>名单移出、解除任务等事项即时推送到本单位系统，按 Standard Webhooks 签名。推送只含编号。</p>
    ${
      rows.length === 0
        ? nothing("还没有推送地址。")
        : table(
            "推送地址",
            ["地址", "说明", "状态", "待推送", "最近送达", ""],
            rows.map((webhook) => [
              html`<code>${webhook.url}</code>`,
              webhook.description ?? "",
              stateTag(webhook),
              webhook.waiting,
              moment(webhook.lastDeliveredAt),
              html`<a href="/console/webhooks/${webhook.id}">查看<span class="unseen">${webhook.url}</span></a>`,
            ]),
          )
    }
    <h2>新增推送地址</h2>
    <form class="card" method="post" action="/console/webhooks">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "url", label: labels.url, hint: "公网的 https 地址。", type: "url", state, required: true, maxlength: 2000 })}
      ${field({ name: "description", label: labels.description, state, maxlength: 200, width: "medium" })}
      ${choices({
        name: "types",
        label: labels.types,
        hint: "全不选择的，推送全部事项，包括以后新增的。",
        choices: Object.keys(eventTypes).map((value) => ({ value, label: eventWord(value) })),
        many: true,
        chosen: [],
        state,
      })}
      ${submit("新增")}
    </form>`;
}

export function webhookContent(reader: Reader, webhook: Webhook, deliveries: Deliveries): Markup {
  const { id, url, description, types, waiting, pausedUntil, lastDeliveredAt, publicKeys, createdAt } = webhook;
  return html`<h1>推送地址</h1>
    <p>${stateTag(webhook)}</p>
    ${summaryList([
      { label: labels.url, value: html`<code>${url}</code>` },
      { label: labels.description, value: description },
      { label: labels.types, value: types === null ? "全部" : types.map(eventWord).join("、") },
      { label: "待推送", value: waiting },
      { label: "暂停至", value: moment(pausedUntil) },
      { label: "最近送达", value: moment(lastDeliveredAt) },
      {
        label: "验证公钥（Ed25519）",
        value: html`${publicKeys.map(({ publicKey }) => html`<div><code>${publicKey}</code></div>`)}`,
      },
      { label: "登记时间", value: moment(createdAt) },
    ])}
    <div class="row no-print">
      ${actForm(reader, id, "test", "发送测试")}
      ${webhook.state === "enabled" ? actForm(reader, id, "disable", "停用") : actForm(reader, id, "enable", "启用")}
    </div>
    <details>
      <summary>更换签名密钥、移除</summary>
      <form class="card" method="post" action="/console/webhooks/${id}/rotate">
        ${hiddenFields(reader.csrfToken)}
        ${select({
          name: "overlapHours",
          label: labels.overlapHours,
          choices: [
            { value: "0", label: "原密钥立即失效" },
            { value: "24", label: "一天" },
            { value: "168", label: "七天" },
          ],
          initial: "24",
          state: { values: {}, refusal: null },
          required: true,
        })}
        ${submit("更换签名密钥", "secondary")}
      </form>
      <form class="card" method="post" action="/console/webhooks/${id}/remove">
        ${hiddenFields(reader.csrfToken)}
        <p>待推送的事项不再推送；事项仍可以通过接口读取。</p>
        ${submit("移除推送地址", "danger")}
      </form>
    </details>
    ${deliveriesContent(webhook, deliveries)}`;
}

function actForm({ csrfToken }: Reader, id: string, act: string, label: string): Markup {
  return html`<form method="post" action="/console/webhooks/${id}/${act}">
    ${hiddenFields(csrfToken)} ${submit(label, "secondary")}
  </form>`;
}

const tones = { pending: "warn", delivered: "good", failed: "bad", cancelled: "plain" } as const;

function deliveriesContent({ id }: Webhook, { data, nextCursor }: Deliveries): Markup {
  return html`<h2>推送记录</h2>
    ${
      data.length === 0
        ? nothing("还没有推送。")
        : table(
            "推送记录，最近的在前",
            ["时间", "事项", "状态", "次数", ""],
            data.map((delivery) => [
              moment(delivery.createdAt),
              eventWord(delivery.type),
              tag(wordOf(deliveryStateWords, delivery.state), tones[delivery.state]),
              delivery.attempts.length,
              html`<a href="/console/deliveries/${delivery.id}">查看<span class="unseen">${delivery.event}</span></a>`,
            ]),
          )
    }
    ${nextPage(`/console/webhooks/${id}`, {}, nextCursor)}`;
}

export function deliveryContent(reader: Reader, delivery: Delivery, state: FormState): Markup {
  const { id, webhook, event, type, createdAt, endedAt, nextAttemptAt, attempts } = delivery;
  return html`${errorSummary(state)}
    <h1>一次推送</h1>
    <p>${tag(wordOf(deliveryStateWords, delivery.state), tones[delivery.state])}</p>
    ${summaryList([
      { label: "推送地址", value: html`<a href="/console/webhooks/${webhook}"><code>${webhook}</code></a>` },
      { label: "事项", value: eventWord(type) },
      { label: "事项编号（webhook-id）", value: html`<code>${event}</code>` },
      { label: "产生时间", value: moment(createdAt) },
      { label: "结束时间", value: moment(endedAt) },
      { label: "下次推送", value: moment(nextAttemptAt) },
    ])}
    ${
      attempts.length === 0
        ? nothing("尚未推送。")
        : table(
            "历次推送",
            ["时间", "结果", "HTTP 状态", "用时", "答复"],
            attempts.map(({ at, outcome, status, ms, reply }) => [
              moment(at),
              wordOf(attemptWords, outcome),
              status ?? "—",
              `${ms} 毫秒`,
              reply === null ? "" : html`<code>${reply}</code>`,
            ]),
          )
    }
    <form method="post" action="/console/deliveries/${id}/resend">
      ${hiddenFields(reader.csrfToken)} ${submit("再次推送", "secondary")}
    </form>`;
}

export function secretContent({ id, url, secret }: Pick<Webhook, "id" | "url"> & { secret: string }): Markup {
  return html`<h1>签名密钥</h1>
    <div class="card result result-good">
      <p>请立即保存，用于验证推送。密钥只显示这一次。</p>
      <p><code class="secret">${secret}</code></p>
      <p>推送地址：<code>${url}</code></p>
    </div>
    <p><a href="/console/webhooks/${id}">查看推送地址</a></p>`;
}
