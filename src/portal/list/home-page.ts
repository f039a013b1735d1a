// The front page: a search, and what it shows and does not show.
import { html } from "hono/html";
import { listWords } from "../../registry/words.ts";
import {
  choices,
  choicesOf,
  errorSummary,
  field,
  type FormState,
  type Markup,
  select,
  submit,
} from "../../ui/index.ts";
import { provinces } from "../search/request.ts";

const labels = { name: "姓名、名称或代码", list: "名单", province: "省份", court: "执行法院" };

export function homeContent(state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>失信被执行人名单信息公开查询</h1>
    <p>查询人民法院正在公布的失信被执行人名单和限制消费名单。</p>
    ${searchForm(state)}
    <div class="card">
      <h2>查询须知</h2>
      <ul>
        <li>
          自然人须填写完整姓名，不能按身份证号码查询；同名者请以证件号码首四位和末两位、性别、年龄、执行法院加以区分。
        </li>
        <li>组织可填写全称、名称中连续三个以上的字，或者统一社会信用代码。</li>
        <li>只显示正在公布的信息；已移出、宽限期内、尚未公布的，以及未成年人的信息，一律不显示。</li>
        <li>单位被列入名单，不等于其法定代表人、负责人被列入名单。</li>
      </ul>
    </div>
    <div class="card">
      <h2>当事人</h2>
      <ul>
        <li><a href="/remedies">认为信息有误、不应纳入或者应当删除的，怎样申请纠正</a></li>
        <li><a href="/objections/standing">凭回执查询办理情况</a></li>
        <li><a href="/who-asked">谁查询过我</a></li>
      </ul>
    </div>
    <div class="card">
      <h2>联合惩戒单位</h2>
      <p>办理事项应当按证件号码核查，不得以本页查询代替；每次核查先留存记录，再作答复。</p>
      <p>
        <a href="/verify">验证回执与凭证</a>　<a href="/docs">接口文档</a>　<a href="/problems">错误代码</a>　<a
          href="/openapi.json"
          >OpenAPI 3.1</a
        >
      </p>
    </div>`;
}

export function searchForm(state: FormState): Markup {
  const isNarrowed = ["province", "court"].some((name) => state.values[name]);
  return html`<form class="card" method="post" action="/search" role="search" aria-label="名单查询">
    ${field({
      name: "name",
      label: labels.name,
      hint: "自然人填写完整姓名；组织填写名称（至少连续三个字）或统一社会信用代码",
      type: "search",
      state,
      required: true,
      maxlength: 200,
    })}
    ${choices({
      name: "list",
      label: labels.list,
      state,
      initial: "",
      choices: [{ value: "", label: "全部" }, ...choicesOf(listWords)],
    })}
    <details ${isNarrowed ? html`open` : ""}>
      <summary>按地区或法院缩小范围</summary>
      ${select({
        name: "province",
        label: labels.province,
        state,
        emptySays: "全部",
        choices: Object.keys(provinces).map((value) => ({ value, label: value })),
      })}
      ${field({
        name: "court",
        label: labels.court,
        hint: "法院全称，或者案号中的法院代字，如 闽0203",
        state,
        maxlength: 100,
      })}
    </details>
    ${submit("查询")}
  </form>`;
}
