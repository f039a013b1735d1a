// What pages share: their frame, their headers, their stylesheet.
export { demonstrationBanner, type Markup, page, PAGE_HEADERS, type PageOptions } from "./page.ts";
export { assetRoutes } from "./routes.ts";
