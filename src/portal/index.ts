// What the public sees without signing in, and the door behind which everybody else works.
export { accountPages, createPageDoor, type PageDoor, submitForm } from "./account/index.ts";
export { figurePages } from "./figures/routes.ts";
export { listPages } from "./list/routes.ts";
export { partyPages } from "./party/routes.ts";
export { searchOperations } from "./search/operations.ts";
export { searchRoutes } from "./search/routes.ts";
export { createSearch, type Search, SEARCH_POOL } from "./search/search.ts";
export { verifyRoutes } from "./verify/routes.ts";
