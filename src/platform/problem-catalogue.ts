// Every problem that the API can answer: status, title and advice in both languages. Each has a page under /problems/.
// RFC 9457 (problem details); the limit types are those of draft-ietf-httpapi-ratelimit-headers.
import { consoleProblems } from "./console-problems.ts";
import { limitProblems } from "./limit-problems.ts";
import { repeatProblems } from "./repeat-problems.ts";
import { sanctionProblems } from "./sanction-problems.ts";

export type Language = "zh" | "en";
export type Wording = Record<Language, string>;
export type Problem = { status: number; title: Wording; advice: Wording; type?: string };

const iana = (fragment: string) => `https://iana.org/assignments/http-problem-types#${fragment}`;

export const problemCatalogue = {
  "malformed-json": {
    status: 400,
    title: { zh: "请求体不是有效的 JSON", en: "The body is not valid JSON" },
    advice: {
      zh: "请以 UTF-8 编码发送一个完整的 JSON 对象。",
      en: "Send one complete JSON object, encoded in UTF-8.",
    },
  },
  "invalid-cursor": {
    status: 400,
    title: { zh: "分页标记无效", en: "The cursor is not valid" },
    advice: {
      zh: "请原样使用上一页返回的 nextCursor，并保持其他查询条件不变。",
      en: "Send the nextCursor of the previous page as it was, with the same other parameters.",
    },
  },
  unauthenticated: {
    status: 401,
    title: { zh: "凭证无效或已吊销", en: "The credential is not valid or was revoked" },
    advice: {
      zh: "请在 Authorization 请求头中以 Bearer 方式携带有效的接口密钥，或者登录；吊销、停用和退出立即生效。",
      en: "Send a valid API key as a Bearer token in Authorization, or sign in. Whatever was revoked or ended opens nothing.",
    },
  },
  "sign-in-failed": {
    status: 401,
    title: { zh: "登录失败", en: "Signing in failed" },
    advice: {
      zh: "账号、密码或动态码有误，或者账号未启用。每个动态码只能使用一次。",
      en: "The account, its password or its code is not right, or the account is not in force. A code works once.",
    },
  },
  "enrolment-failed": {
    status: 401,
    title: { zh: "启用账号失败", en: "The account could not be enrolled" },
    advice: {
      zh: "启用码已使用、已过期或者有误，或者动态码不符。请核对后重试，或请管理员重新发放。",
      en: "The enrolment code was used, has expired or is wrong, or the one-time code does not fit. Ask for another.",
    },
  },
  scope: {
    status: 403,
    title: { zh: "无权办理此操作", en: "The key does not permit this operation" },
    advice: { zh: "请由本单位联络员申请相应权限。", en: "Ask your agency's liaison for the scope." },
  },
  authority: {
    status: 403,
    title: { zh: "无权办理此操作", en: "Your role does not permit this operation" },
    advice: {
      zh: "此操作须由接口文档所列角色办理。",
      en: "The API document names the roles that may do this.",
    },
  },
  jurisdiction: {
    status: 403,
    title: { zh: "非本院办理的事项", en: "The matter is another court's" },
    advice: {
      zh: "只有办理法院可以处理；上级法院可以查看。",
      en: "Only the court that handles it may act; the courts above may look.",
    },
  },
  "cross-site": {
    status: 403,
    title: { zh: "请求不是由本平台页面发出", en: "The request did not come from our own page" },
    advice: {
      zh: "请在 X-CSRF-Token 请求头中携带登录时返回的 csrfToken，并由同一来源发出。",
      en: "Send the csrfToken of the sign-in in X-CSRF-Token, from the same origin.",
    },
  },
  "person-not-named": {
    status: 403,
    title: { zh: "未注明经办人", en: "The request names nobody who acts" },
    advice: {
      zh: "法院系统办理事项，须在 On-Behalf-Of 请求头中注明本院在用账号（acc_…）。",
      en: "A court's system names the person for whom it acts: On-Behalf-Of with an account of that court (acc_…).",
    },
  },
  "party-not-verified": {
    status: 403,
    title: { zh: "未能核实当事人身份", en: "The party could not be verified" },
    advice: {
      zh: "证件、姓名（名称）与法院书面告知的查询码须一致。没有查询码的，请持证件到法院窗口办理。",
      en: "Document, name and the code that the court gave on paper must agree. Without a code, go to a court's window.",
    },
  },
  "purpose-not-permitted": {
    status: 403,
    title: { zh: "本单位未获准以此事由核查", en: "Your agency may not check for this purpose" },
    advice: {
      zh: "事由须在数据共享协议之内且在有效期内；未作核查，也未留存核查记录。",
      en: "The purpose must be in your data-sharing agreement and in date. No check was made or recorded.",
    },
  },
  "role-not-permitted": {
    status: 403,
    title: { zh: "此事由不得核查该类人员", en: "This purpose may not ask about a party in this role" },
    advice: {
      zh: "每一事由只能核查目录所列角色；配偶、子女等非当事人不得核查。",
      en: "A purpose may ask about the roles of the catalogue only, never about a spouse or child who is no party.",
    },
  },
  "not-found": {
    status: 404,
    title: { zh: "未找到", en: "Not found" },
    advice: {
      zh: "该地址或编号不存在，或不属于本单位。",
      en: "There is no such address or number, or it is not your agency's.",
    },
  },
  "method-not-allowed": {
    status: 405,
    title: { zh: "不支持此请求方法", en: "The method is not allowed here" },
    advice: { zh: "可用的方法见 Allow 响应头。", en: "The Allow header names the methods." },
  },
  conflict: {
    status: 409,
    title: { zh: "与当前状态冲突", en: "The request conflicts with the current state" },
    advice: { zh: "请刷新后重试。", en: "Read the current state, then decide again." },
  },
  "length-required": {
    status: 411,
    title: { zh: "须注明请求体长度", en: "The length of the body is required" },
    advice: {
      zh: "请发送 Content-Length；此接口不接受分块传输。",
      en: "Send Content-Length; this operation takes no chunked body.",
    },
  },
  "content-too-large": {
    status: 413,
    title: { zh: "请求体过大", en: "The body is too large" },
    advice: {
      zh: "单笔核查上限 16 KiB，批量核查上限 2 MiB（1,000 项），数据说明上限 16 KiB。",
      en: "A single check takes at most 16 KiB, a batch 2 MiB (1,000 subjects), the description of a load 16 KiB.",
    },
  },
  "unsupported-media-type": {
    status: 415,
    title: { zh: "不支持此内容类型", en: "The content type is not supported" },
    advice: {
      zh: "请发送 application/json（UTF-8）；上传文件内容用 application/partial-upload。",
      en: "Send application/json in UTF-8; the bytes of an upload are application/partial-upload.",
    },
  },
  validation: {
    status: 422,
    title: { zh: "请求内容有误", en: "The request has faults" },
    advice: {
      zh: "errors 逐项指出位置（JSON Pointer）与原因，不重复所填内容；未作核查，也未留存核查记录。",
      en: "errors names place (JSON Pointer) and reason of each fault, never the value. No check was made or recorded.",
    },
  },
  "name-only": {
    status: 422,
    title: { zh: "仅凭姓名（名称）不能核查", en: "A name alone cannot be checked" },
    advice: {
      zh: "同名者众多。请提供当事人的证件类型与号码。",
      en: "Many share a name. Give the kind and number of the party's document.",
    },
  },
  ...limitProblems,
  "security-key-refused": {
    status: 422,
    title: { zh: "安全密钥登记失败", en: "The security key could not be added" },
    advice: {
      zh: "请重新取得登记参数，在本平台页面上再次操作；参数五分钟内有效，只能使用一次。",
      en: "Ask for new options and try again on our own page: they hold for five minutes, and once.",
    },
  },
  "sign-in-paused": {
    status: 429,
    title: { zh: "登录失败次数过多，请稍后再试", en: "Too many failed sign-ins; wait" },
    advice: {
      zh: "账号并未锁定：请按 Retry-After 等待后重试。",
      en: "The account is not locked: try again after Retry-After.",
    },
  },
  internal: {
    status: 500,
    title: { zh: "系统内部错误", en: "Internal error" },
    advice: { zh: "请凭 requestId 联系平台运维。", en: "Give the requestId to the operator." },
  },
  "register-unavailable": {
    status: 503,
    title: { zh: "暂时无法核查，请重试（不代表未列入名单）", en: "Cannot tell now; ask again (this is not a clear)" },
    advice: {
      zh: "名单库或核查记录暂不可用。系统不能留存记录时不作答复，请按 Retry-After 重试。",
      en: "The register or its record cannot be reached. Without a record there is no answer; retry after Retry-After.",
    },
  },
  "temporary-reduced-capacity": {
    status: 503,
    type: iana("temporary-reduced-capacity"),
    title: { zh: "系统繁忙，请稍后重试", en: "Temporarily over capacity; retry later" },
    advice: {
      zh: "等待处理的核查已满。本次未作核查（不代表未列入名单），请按 Retry-After 重试。",
      en: "The queue is full. No check was made (this is not a clear); retry after Retry-After.",
    },
  },
  "key-ring": {
    status: 503,
    title: { zh: "密钥环缺失或不符", en: "The key ring is missing or is not the database's" },
    advice: {
      zh: "请以 KEY_RING 指定与数据库相符的密钥环文件；没有它，号码既不能查找，也不能读取。",
      en: "Point KEY_RING at the ring of this database; without it no number can be found or read.",
    },
  },
  "log-set-back": {
    status: 503,
    title: { zh: "公开日志不能延续已公布的内容", en: "The public log does not continue what was published" },
    advice: {
      zh: "数据库恢复得过早，或不是原来的数据库：请恢复到更晚的状态；确已丢失的，换名另立日志（shixin log abandon）。",
      en: "The database was set back or is another: restore a later state, or let a log of another name succeed (shixin log abandon).",
    },
  },
  "schema-behind": {
    status: 503,
    title: { zh: "数据库结构落后于程序", en: "The database schema is behind the program" },
    advice: { zh: "请先运行 shixin migrate。", en: "Run shixin migrate first." },
  },
  "schema-ahead": {
    status: 503,
    title: { zh: "数据库结构新于程序", en: "The database schema is ahead of the program" },
    advice: { zh: "请运行与数据库相符的版本。", en: "Run the version that made this schema." },
  },
  "file-refused": {
    status: 422,
    title: { zh: "文件无法读取", en: "The file cannot be read" },
    advice: {
      zh: "请按接口文档的格式（JSON Lines 或 CSV，UTF-8 编码）重新生成文件；未核查任何一行。",
      en: "Write the file in a form of the API document (JSON Lines or CSV, UTF-8). No row of it was checked.",
    },
  },
  "load-refused": {
    status: 409,
    title: { zh: "数据未通过校验，名单未作改动", en: "The load was refused; the register is unchanged" },
    advice: {
      zh: "请核对文件与应有条数（--expect）。",
      en: "Compare the file with the rows it should have (--expect).",
    },
  },
  "load-under-way": {
    status: 409,
    title: { zh: "该来源已有一批数据在办理", en: "Another load of this source is under way or waits" },
    advice: {
      zh: "load 指明该批数据：请待其办结，或先放行、作废。",
      en: "load names it: wait for its end, or release or discard it first.",
    },
  },
  "upload-offset": {
    status: 409,
    type: iana("mismatching-upload-offset"),
    title: { zh: "上传位置不符", en: "The upload continues at another offset" },
    advice: {
      zh: "请从 Upload-Offset 响应头所示位置续传。",
      en: "Continue at the offset that the Upload-Offset header names.",
    },
  },
  erased: {
    status: 410,
    title: { zh: "内容已依法清除", en: "The content was erased" },
    advice: {
      zh: "个人信息已清除，不再出具回执；公开日志中的条目仍在，但不再说明任何内容。",
      en: "The personal data is gone, so no receipt is given any more. The entry stands in the public log and says nothing.",
    },
  },
  "events-gone": {
    status: 410,
    title: { zh: "其后的部分通知事项已不再保存", en: "Events after this token are no longer kept" },
    advice: {
      zh: "中间有缺漏：请重新读取本单位的名单、惩戒与解除任务，再从 after=oldest 或 after=now 继续。",
      en: "There is a gap. Read your sanctions and tasks anew, then go on with after=oldest or after=now.",
    },
  },
  "upload-completed": {
    status: 400,
    type: iana("completed-upload"),
    title: { zh: "文件已上传完毕", en: "The upload is complete or was given up" },
    advice: { zh: "不能再追加内容；请查看该批数据的状态。", en: "Nothing can be added. Read the state of the load." },
  },
  "upload-length": {
    status: 400,
    type: iana("inconsistent-upload-length"),
    title: { zh: "文件长度与所报不符", en: "The length differs from the one stated" },
    advice: {
      zh: "文件须与 bytes 所报字节数一致；如有变化，请作废后重新办理。",
      en: "The file must have the bytes that were stated. If it changed, discard the load and begin another.",
    },
  },
  "insufficient-storage": {
    status: 507,
    title: { zh: "存储空间不足", en: "There is not enough room for the file" },
    advice: {
      zh: "请联系平台运维；腾出空间后可从 Upload-Offset 所示位置续传。",
      en: "Tell the operator. Once there is room, the upload continues at the offset that HEAD names.",
    },
  },
  "act-refused": {
    status: 409,
    title: { zh: "依法不得办理", en: "The law does not allow this act" },
    advice: {
      zh: "refusal 注明所依据的条文；条件具备后可再次办理。",
      en: "refusal names the rule and its article. Once it is met, the act can be taken.",
    },
  },
  "same-person": {
    status: 409,
    title: { zh: "不得审批本人经办的事项", en: "Nobody approves what they proposed" },
    advice: {
      zh: "请由另一人审批；信用牵头部门和法院须由两名不同的人员分别审批。",
      en: "Let somebody else approve it; the credit authority and the court are two different people.",
    },
  },
  ...sanctionProblems,
  ...consoleProblems,
  ...repeatProblems,
  "precondition-failed": {
    status: 412,
    title: { zh: "内容已被他人修改，请刷新", en: "Somebody changed it meanwhile" },
    advice: {
      zh: "请重新读取，核对变化后以新的 ETag 再次办理。",
      en: "Read it again, look at what changed, and send the new ETag.",
    },
  },
  "precondition-required": {
    status: 428,
    title: { zh: "缺少 If-Match", en: "If-Match is missing" },
    advice: {
      zh: "请在 If-Match 请求头中携带读取时返回的 ETag，以免覆盖他人的修改。",
      en: "Send the ETag that was read in If-Match, so that nobody's change is overwritten unseen.",
    },
  },
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problemCatalogue;

/** Why a field was refused. The code is stable; the wording is for people. */
export const fieldCatalogue = {
  required: { zh: "缺少此项", en: "is required" },
  wrong_type: { zh: "类型不符", en: "has the wrong type" },
  unknown_field: { zh: "未知字段", en: "is not a known field" },
  too_short: { zh: "不能为空", en: "must not be empty" },
  too_long: { zh: "超过长度上限", en: "is too long" },
  too_few: { zh: "数量不足", en: "has too few items" },
  too_many: { zh: "数量超过上限", en: "has too many items" },
  not_allowed: { zh: "不是可用的取值", en: "is not one of the allowed values" },
  bad_form: { zh: "格式不符", en: "has the wrong form" },
  bad_checksum: { zh: "证件号码校验位不符", en: "fails its check digit" },
  bad_date: { zh: "日期不存在", en: "holds a date that does not exist" },
  bad_province: { zh: "号码中的行政区划不存在", en: "names no province" },
  country_required: { zh: "护照须注明签发国", en: "needs the issuing country" },
  country_not_allowed: { zh: "只有护照需要签发国", en: "takes no country" },
  kind_ambiguous: { zh: "请注明证件类型", en: "needs the kind of document" },
  lone_surrogate: { zh: "含有不完整的字符", en: "holds half a character" },
  control_character: { zh: "含有控制字符", en: "holds a control character" },
  invisible_character: { zh: "含有不可见字符", en: "holds an invisible character" },
  replacement_character: { zh: "含有无法识别的字符（编码有误）", en: "holds characters lost to a wrong encoding" },
  name_without_letters: { zh: "姓名（名称）中没有文字", en: "holds no letter" },
  unknown_reference: { zh: "所指的项不存在", en: "names no item of this request" },
  password_too_short: { zh: "密码至少 12 个字符", en: "must have at least 12 characters" },
  password_too_common: { zh: "密码过于常见，容易被猜中", en: "is easily guessed: choose less common words" },
  number_not_searched: {
    zh: "不能按个人证件号码查询：自然人请填写姓名，组织请填写名称或者统一社会信用代码",
    en: "holds a number: persons are found by name, organisations also by their unified social credit code",
  },
  not_a_target: {
    zh: "须为公网的 https 地址，不含用户名、密码与片段",
    en: "must be a public https address, without user name, password and fragment",
  },
  out_of_range: { zh: "超出范围", en: "is out of range" },
} as const satisfies Record<string, Wording>;

export type FieldCode = keyof typeof fieldCatalogue;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCatalogue, code);
}

/** The catalogue's entry with the optional members that a lookup by code needs. */
export function problemOf(code: ProblemCode): Problem {
  return problemCatalogue[code];
}
