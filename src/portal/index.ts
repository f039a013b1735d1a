// What the public sees without signing in, and the door behind which everybody else works.
export { accountPages, createPageDoor, type PageDoor, submitForm } from "./account/index.ts";
export { verifyRoutes } from "./verify/routes.ts";
