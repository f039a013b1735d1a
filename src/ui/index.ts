// What pages share: their frame, their headers, their stylesheet; and the frame of printed papers.
export { demonstrationBanner, type Markup, page, PAGE_HEADERS, type PageOptions } from "./page.ts";
export { type Paper, PAPER_HEADERS, printPaper } from "./paper.ts";
export { assetRoutes } from "./routes.ts";
