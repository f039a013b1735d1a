// What the workbench calls acts, members of a listing and entries of its trail.
import { exitWords } from "../registry/words.ts";
import type { Words } from "../ui/index.ts";

/** The acts of a court, as their forms are called. */
export const actWords: Words = {
  amend: "修改草稿",
  decide: "决定纳入（限制消费）",
  reject: "不予纳入",
  "record-service": "登记送达",
  "state-unperformed": "登记未履行情况",
  "grant-grace": "给予宽限期",
  publish: "公布",
  lapse: exitWords.lapse,
  rectify: "更正",
  "second-look": "移出复核",
  shield: "登记全国库已屏蔽",
  "open-window": "暂时解除限制消费",
  "close-window": "提前收回暂时解除",
  transfer: "移送其他法院",
};

/** What was done, on the page that follows. */
export const doneWords: Words = {
  amend: "草稿已修改。",
  decide: "已作出决定。下一步：送达，并登记送达日期。",
  reject: "已决定不予纳入。",
  "record-service": "送达已登记。",
  "state-unperformed": "未履行情况已登记，三日以内可以据此公布。",
  "grant-grace": "宽限期已登记，期间不公布、不命中。",
  publish: "已公布，自此刻起的核查均会命中。",
  lapse: "已登记宽限期内履行，不再公布。",
  rectify: "已更正，更正前的内容留存。",
  exit: "已移出，自此刻起的核查不再命中。",
  "second-look": "复核已登记。",
  shield: "全国库屏蔽已登记。",
  "open-window": "已暂时解除所列限制。",
  "close-window": "暂时解除已收回。",
  transfer: "已移送，今后由接收法院办理。",
  saved: "已保存。",
  added: "已增加一名当事人。",
  removed: "已删去一名当事人。",
  handed_up: "草拟已提交，待院长（或受托签发人）决定。请打印决定书和限制消费令。",
  discarded: "未提交的草拟已放弃。",
};

/** Members of a listing, as its pages call them. */
export const memberWords: Words = {
  list: "名单",
  capacity: "身份",
  name: "姓名或者名称",
  sex: "性别",
  ageAtPublication: "公布时年龄",
  courtName: "执行法院",
  handler: "承办人",
  areaName: "省份",
  caseNumberRaw: "案号",
  titleDocument: "执行依据文号",
  titleMaker: "作出执行依据单位",
  grounds: "失信行为情形",
  groundsRaw: "情形原文",
  obligation: "生效法律文书确定的义务",
  performance: "履行情况",
  performedPart: "已履行部分",
  unperformedPart: "未履行部分",
  legalRepresentative: "法定代表人或者负责人",
  filedOn: "立案日期",
  decidedOn: "决定日期",
  effectiveOn: "生效日期",
  publishedOn: "公布日期",
  termKind: "期限",
  termRunsFrom: "期限起算",
  termEndsOn: "期限届满日",
};

export const auditWords: Words = {
  "listing.draft": "草拟",
  "listing.amend": "修改草稿",
  "listing.decide": "决定",
  "listing.reject": "不予纳入",
  "listing.record_service": "登记送达",
  "listing.state_unperformed": "登记未履行情况",
  "listing.grant_grace": "给予宽限期",
  "listing.publish": "公布",
  "listing.lapse": "宽限期内已履行",
  "listing.rectify": "更正",
  "listing.exit": "移出",
  "listing.second_look": "移出复核",
  "listing.shield": "登记全国库已屏蔽",
  "listing.open_window": "暂时解除限制消费",
  "listing.close_window": "收回暂时解除",
  "listing.transfer": "移送",
  "listing.reveal": "查看完整证件号码",
  "paper.print": "打印文书",
};

export const replacedByWords: Words = { court: "经法院办理", file: "文件更新", roll_back: "文件回退" };
