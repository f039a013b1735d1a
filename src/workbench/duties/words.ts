// The words for what follows from a listing elsewhere: publications, take-downs, notices and lifts.
import type { Words } from "../words.ts";

export const publicationWords: Words = {
  newspaper: "报纸",
  broadcast: "广播",
  television: "电视",
  website: "网站",
  notice_board: "公告栏",
  credit_bureau: "征信机构",
  employer: "所在单位",
  superior_unit: "上级单位",
  capital_contributor: "出资人",
  competent_department: "主管部门",
  financial_institution: "金融机构",
  industry_association: "行业协会",
};

export const takeDownWords: Words = {
  open: "待撤下",
  overdue: "逾期未撤下",
  done: "已撤下",
  cancelled: "因重新列入，不再撤下",
};

export const liftWords: Words = {
  open: "待解除",
  overdue: "逾期未解除",
  due_unknown: "期限未定（工作日历未载入）",
  lifted: "已解除",
  cancelled: "因重新列入，解除任务终止",
  closed: "法院说明理由，任务终止",
  void: "惩戒登记有误",
};

export const dutyDoneWords: Words = {
  done: "已登记撤下。",
  recorded: "已登记；名单信息移出时，将生成撤下任务。",
  closed: "解除任务已终止，事由已留痕。",
};
