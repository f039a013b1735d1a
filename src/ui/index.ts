// What pages share: their frames, forms and parts, their headers and stylesheet, the frame of printed papers, how modules
// of ours reach a browser, and how pages ask the register.
export { demonstrationBanner, type Markup, PAGE_HEADERS } from "./page.ts";
export { type Site, SiteFooter, sitePage } from "./site-page.ts";
export { INSIDE_HEADERS, type InsidePage, insidePage, type Reader } from "./inside-page.ts";
export { type Bar, barChart, columnChart } from "./chart.ts";
export { box, type Choice, choices, emptyForm, errorSummary, type FormState, refusedForm } from "./form.ts";
export { field, hiddenFields, select, submit, textArea } from "./form.ts";
export { type FieldKinds, readValues } from "./form-values.ts";
export { type AnswerOf, createOwnApi, type Given, type Operation, type OwnApi, type PageContext } from "./own-api.ts";
export { type Cell, countOf, day, type Fact, figureLinks, moment, nextPage, nothing } from "./parts.ts";
export { notification, summaryList, table, tag, type Tone } from "./parts.ts";
export { type Paper, PAPER_HEADERS, printPaper, printSheet, type Sheet } from "./paper.ts";
export { bindPapers, SHEAF_HEADERS } from "./sheaf-page.ts";
export { answerProblemPage, wantsPage } from "./problem-page.ts";
export { type Refusal, Refused } from "./refused.ts";
export { choicesOf, doneOf, wordOf, type Words, wordsFor } from "./words.ts";
export { type BrowserModules, collectBrowserModules } from "./browser-modules.ts";
export { shortcutSwitch } from "./shortcut-page.ts";
export { assetRoutes, browserModuleRoutes } from "./routes.ts";
