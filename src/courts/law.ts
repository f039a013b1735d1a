// How rules are cited: an instrument in its edition, then the article. The 2013 text of the list rule numbers otherwise.
import type { Wording } from "../platform/problem-catalogue.ts";

/** 《最高人民法院关于公布失信被执行人名单信息的若干规定》 */
export const listRule = (article: string) => `失信名单规定（法释〔2017〕7号修正）${article}`;
/** 《最高人民法院关于限制被执行人高消费及有关消费的若干规定》 */
export const limitRule = (article = "") => `限制消费规定（2015年修正）${article}`;
/** 《最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见》 */
export const enforcementOpinion = (article: string) => `善意文明执行意见（法发〔2019〕35号）${article}`;
/** What no article says: how this register is worked. */
export const workingRule = "本平台工作规则";

/** Why an act is refused: by which article, in both languages. */
export const refusedBy = (article: string, zh: string, en: string): { article: string; reason: Wording } => ({
  article,
  reason: { zh, en },
});
