// How to object, step by step: what the list rule gives a party, by when, and where.
import { html } from "hono/html";
import type { Markup } from "../../ui/index.ts";

export function guideContent(): Markup {
  return html`<h1>纠正与救济</h1>
    <p>依据《最高人民法院关于公布失信被执行人名单信息的若干规定》第九条至第十二条。</p>
    <ol class="guide">
      <li class="card">
        <h2>一、查清公布的内容</h2>
        <p><a href="/">查询</a>本人或者本单位的信息，记下执行法院和执行案号。</p>
      </li>
      <li class="card">
        <h2>二、选择理由</h2>
        <ul>
          <li><strong>不应纳入</strong>：不具备列入名单的情形，或者具备不得列入的情形。</li>
          <li><strong>信息不准确</strong>：姓名、号码、案件或者履行情况等记载有误。</li>
          <li>
            <strong>应当删除</strong
            >：已经履行或者执行完毕、和解协议履行完毕等。有纳入期限的，期限届满自动删除；积极履行或者主动纠正的，法院可以提前删除。
          </li>
        </ul>
        <p>
          只是同名、并非本人的，可以由办理事项的单位向法院申请核实身份；经核实不是名单所列当事人的，发给身份核实证明，其核实码可以在<a
            href="/verify"
            >验证页面</a
          >查验。
        </p>
      </li>
      <li class="card">
        <h2>三、向执行法院书面申请</h2>
        <p>
          可以在线填写，也可以到法院窗口提交或者邮寄。有法院书面告知的查询码的，在线提交当日开始审查；没有查询码的，取得回执后须到任一法院窗口或者以邮寄方式核实身份，自核实之日起计算期限。
        </p>
        <p><a class="button-primary" href="/objections/new">在线申请</a></p>
      </li>
      <li class="card">
        <h2>四、等待审查</h2>
        <p>
          法院自收到之日起<strong>十五日</strong>内审查；理由成立的，<strong>三个工作日</strong>内纠正。审查期间，原决定不停止执行，但每次核查都会注明正在审查。
        </p>
        <p><a href="/objections/standing">凭回执查询办理情况</a></p>
      </li>
      <li class="card">
        <h2>五、对驳回不服的，申请复议</h2>
        <p>
          自驳回决定送达之日起<strong>十日</strong>内向上一级人民法院申请；该院自收到之日起<strong>十五日</strong>内作出决定。复议期间，不停止原决定的执行。
        </p>
      </li>
      <li class="card">
        <h2>六、移出之后</h2>
        <p>名单移出即时生效：任何核查、查询都不再显示。曾经查到该信息的单位会收到通知，正在实施的惩戒应当限期解除。</p>
        <p><a href="/who-asked">查看谁查询过我，哪些单位已被告知移出</a></p>
      </li>
    </ol>`;
}
