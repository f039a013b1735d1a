// What the page of duties says after an act.
import type { Words } from "../../ui/index.ts";

export const dutyDoneWords: Words = {
  done: "已登记撤下。",
  recorded: "已登记；名单信息移出时，将生成撤下任务。",
  closed: "解除任务已终止，事由已留痕。",
};
