// Where court staff work: pages over the operations of the API, which permit, decide and write.
export { loadTones } from "./loads/words.ts";
export { workbenchPages } from "./routes.ts";
export { trailContent } from "./trail-page.ts";
