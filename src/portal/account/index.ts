// Accounts in a browser: signing in, and the door that the pages of every area stand behind.
export { createPageDoor, type PageDoor, submitForm } from "./page-door.ts";
export { accountPages } from "./routes.ts";
