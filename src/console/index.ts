// The console: what an agency's officers ask, report and lift, and what its liaison administers; and those of its pages
// that whoever oversees agencies uses as well.
export { type Administered } from "./administered.ts";
export { type ConsoleDoor, createConsoleDoor } from "./console-door.ts";
export { type AgencyMonth, assessmentContent, ratioWords, totalOf } from "./figures/figures-page.ts";
export { filterLinks } from "./filter-page.ts";
export { addKeyPages } from "./keys/routes.ts";
export { approveForm, measureCard } from "./measures/measure-page.ts";
export { addMeasurePages } from "./measures/routes.ts";
export { alertsTable, chosenMisuse, misuseFilters } from "./misuse/misuse-page.ts";
export { withFaults, withNotification } from "./notified-page.ts";
export { addPeoplePages } from "./people/routes.ts";
export { consolePages } from "./routes.ts";
