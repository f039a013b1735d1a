// The words that invented rows are made of: name characters, trades, grounds in their old and new wordings.
import { weighted } from "./draw.ts";

export const surnames = weighted([
  ["王", 7],
  ["李", 7],
  ["张", 7],
  ["刘", 5],
  ["陈", 6],
  ["杨", 3],
  ["黄", 4],
  ["林", 5],
  ["吴", 3],
  ["赵", 2],
  ["周", 2],
  ["徐", 2],
  ["孙", 2],
  ["马", 2],
  ["朱", 2],
  ["胡", 2],
  ["郭", 2],
  ["何", 2],
  ["高", 2],
  ["罗", 2],
  ...Array.from(
    "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
  ).map((surname): readonly [string, number] => [surname, 1]),
  ["欧阳", 1],
  ["上官", 1],
  ["司马", 1],
]);

export const givenCharacters = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏辉宇婷建国文斌志浩海波雪梅晓东慧琳俊凯旭宁博成龙飞云松柏春生德福顺安康永庆金银宝贵荣昌盛瑞祥清泉山林森雨露莲荷兰菊香凤燕鸿雁思源家齐学礼义仁信忠孝廉耻勤俭",
);

/** Rare characters, of which some exist in no old code page and one lies outside the basic plane. */
export const rareCharacters = Array.from("䶮喆堃燚犇龑𠮷");

/** Old files carry U+4DAE in the private use area (domain: GBK against GB18030). */
export const PRIVATE_USE_OF_4DAE = "\uE863";

export const minorityFirstNames = [
  "阿不都热依木",
  "买买提",
  "古丽娜尔",
  "艾力",
  "热依汗",
  "吐尔逊",
  "木沙",
  "帕提古丽",
];
export const minoritySecondNames = ["买买提", "吐尔逊", "阿不拉", "司马义", "玉素甫", "卡德尔", "库尔班", "尼亚孜"];

/** Every form of the separator that sources use for U+00B7. */
export const nameDots = ["·", "·", "·", "•", "‧", "∙", "⋅", "・", "･", "．", ".", "●"];

export const brands = Array.from(
  "鑫海潮鹭岛恒通瑞丰金桥东盛华茂永兴顺达宏远嘉禾泰和中正广源天成百川三江四方五福万里新远大同明德信义诚美佳益",
);

export const trades = [
  "贸易",
  "建设工程",
  "物流",
  "食品",
  "机械",
  "电子科技",
  "房地产开发",
  "服装",
  "餐饮管理",
  "环保",
  "石材",
];

/** How an organisation's name ends, and the first two characters of its code. */
export const organisationForms = weighted([
  [{ ending: "有限公司", registration: "91" }, 66],
  [{ ending: "有限责任公司", registration: "91" }, 10],
  [{ ending: "股份有限公司", registration: "91" }, 4],
  [{ ending: "（集团）有限公司", registration: "91" }, 2],
  [{ ending: "有限公司第一分公司", registration: "91" }, 2],
  [{ ending: "商行", registration: "92" }, 10],
  [{ ending: "农民专业合作社", registration: "93" }, 3],
  [{ ending: "培训中心", registration: "52" }, 2],
  [{ ending: "股份经济合作社", registration: "N2" }, 1],
]);

export type Ground = "G1" | "G2" | "G3" | "G4" | "G5" | "G6" | "GX";

/** What art. 1 names, and how often; several grounds stand in one row. */
export const groundSets = weighted<readonly Ground[]>([
  [["G1"], 156],
  [["G4"], 18],
  [["G5"], 6],
  [["G3"], 3],
  [["G2"], 2],
  [["G6"], 2],
  [["G1", "G4"], 7],
  [["G4", "G5"], 4],
  [["GX"], 1],
  [["G1", "G3", "G5"], 1],
]);

const G1 = "有履行能力而拒不履行生效法律文书确定义务";
const G3 = "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行";
const G6 = "无正当理由拒不履行执行和解协议";

/** The wordings that occur for a ground, the plain one most often. */
export const groundWordings: Record<Ground, readonly string[]> = {
  G1: [G1, G1, G1, G1, `${G1}的`, `其他${G1}`, `其他${G1}的`],
  G2: ["以伪造证据、暴力、威胁等方法妨碍、抗拒执行"],
  G3: [G3, G3, "其它规避执行"],
  G4: ["违反财产报告制度"],
  G5: ["违反限制消费令", "违反限制消费令", "违反限制高消费令"],
  G6: [G6, `被执行人${G6}`],
  GX: ["其他情形"],
};

export const performances = weighted([
  ["全部未履行", 86],
  ["部分未履行", 13],
  ["全部已履行", 1],
]);

/** What the debtor owes, by the amount in yuan. */
export const obligations: readonly ((amount: number) => string)[] = [
  (amount) => `偿还借款人民币${amount}元及利息`,
  (amount) => `支付货款人民币${amount}元及逾期付款损失`,
  (amount) => `一、被告于本判决生效之日起十日内偿还借款本金人民币${amount}元；\r\n二、案件受理费由被告负担。`,
  (amount) => `支付工程款人民币${amount}元，"质保金"另计`,
  () => "调解",
];

/** What stands where there is no value. */
export const placeholders = weighted([
  ["暂无", 8],
  ["无", 1],
  ["/", 1],
  ["", 1],
]);

export const officerPosts = ["法定代表人", "主要负责人", "影响债务履行的直接责任人员", "实际控制人"];
