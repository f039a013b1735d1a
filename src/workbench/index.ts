// Where court staff work: pages over the operations of the API, which permit, decide and write.
export { workbenchPages } from "./routes.ts";
