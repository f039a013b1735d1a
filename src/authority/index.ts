// The credit authority's pages: agencies admitted, measures approved, everything overdue, figures; the assessor reads them.
export { authorityPages } from "./routes.ts";
