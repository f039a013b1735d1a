// What pages share: their frame, their headers, their stylesheet, and how modules of ours reach a browser.
export { demonstrationBanner, type Markup, page, PAGE_HEADERS, type PageOptions } from "./page.ts";
export { type BrowserModules, collectBrowserModules } from "./browser-modules.ts";
export { assetRoutes, browserModuleRoutes } from "./routes.ts";
