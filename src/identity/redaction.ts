// Free text without numbers: whatever looks like an identity, company, card or mobile phone number becomes stars.

const digit = "[0-9０-９]";
const letter = "[A-Za-zＡ-Ｚａ-ｚ]";
const alphanumeric = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]";
const gap = String.raw`[\s\p{Dash}]?`;
const monthAndDay = "(?:[0０][1-9１-９]|[1１][0-2０-２])[0-3０-３][0-9０-９]";
const mayHoldNumber = new RegExp(String.raw`${digit}(?:${gap}${digit}){5}`, "u");

const numbers = new RegExp(
  [
    // Any 15 digits and more: resident ids of both lengths, new residence cards, registration numbers, bank accounts.
    `${digit}{15,}[XxＸｘ]?`,
    // A resident id in its groups of area, birth date and sequence, as people type it.
    `${digit}{6}${gap}(?:${digit}{2})?${digit}{2}${gap}${monthAndDay}${gap}${digit}{3}${gap}[0-9０-９XxＸｘ]?`,
    // Social credit codes and old residence cards, unless they are a piece of a longer word such as a digest.
    `(?<!${alphanumeric})${alphanumeric}{2}${digit}{6}${alphanumeric}{10}(?!${alphanumeric})`,
    `(?<!${alphanumeric})${letter}{3}${digit}{12}(?!${alphanumeric})`,
    // Passports and travel permits, organisation codes, and shorter runs of digits that are no amount of money.
    `(?<!${alphanumeric})${letter}{1,2}${digit}{7,10}(?!${alphanumeric})`,
    String.raw`(?<!${alphanumeric})${alphanumeric}{8}\p{Dash}[0-9０-９XxＸｘ](?!${alphanumeric})`,
    String.raw`(?<!${alphanumeric})${digit}{11,14}(?![0-9０-９.,，]*\s*[元万亿])(?!${alphanumeric})`,
    String.raw`(?<!${digit})(?:\+?86${gap})?[1１][3-9３-９]${digit}${gap}${digit}{4}${gap}${digit}{4}(?!${digit})`,
  ].join("|"),
  "gu",
);

export function redactNumbers(text: string): string {
  return mayHoldNumber.test(text) ? text.replace(numbers, (number) => "*".repeat(number.length)) : text;
}
