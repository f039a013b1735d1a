// What pages share: their frame, their headers, their stylesheet, the frame of printed papers, and how modules of ours
// reach a browser.
export { demonstrationBanner, type Markup, page, PAGE_HEADERS, type PageOptions } from "./page.ts";
export { type Paper, PAPER_HEADERS, printPaper, printSheet, type Sheet } from "./paper.ts";
export { type BrowserModules, collectBrowserModules } from "./browser-modules.ts";
export { assetRoutes, browserModuleRoutes } from "./routes.ts";
