// What the public sees without signing in.
export { verifyRoutes } from "./verify/routes.ts";
