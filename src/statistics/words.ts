// The words for the parts of a figure.
import { effectWords } from "../agencies/words.ts";
import { outcomeWords } from "../checks/words.ts";
import { clockWords } from "../courts/words.ts";
import { exitReasonWords, exitWords, listWords } from "../registry/words.ts";
import { objectionKindWords } from "../remedies/words.ts";
import { feedbackWords } from "../sanctions/words.ts";
import { wordOf, type Words } from "../ui/index.ts";

const partWords: Words = {
  ...listWords,
  ...clockWords,
  ...exitWords,
  ...exitReasonWords,
  ...effectWords,
  ...feedbackWords,
  ...objectionKindWords,
  in_time: "及时",
  late: "逾期",
  undated: "期限未定",
  upheld: "理由成立",
  rejected: "驳回",
  listed: "新列入",
  changed: "内容变更",
  ended: "移出",
};

/** Of `delete.R1` the reason says it all; a part without a word, as the code of a measure is, is shown as it is. */
export function partWord(figure: string, part: string): string {
  // What an outcome is good for is for whoever acts on one: here they are counted.
  if (figure === "checks") return wordOf<string>(outcomeWords, part).replace(/（.*$/, "");
  return wordOf(partWords, part.replace(/^.*\./, ""));
}
