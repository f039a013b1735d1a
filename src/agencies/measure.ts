// The measures that the catalogue knows.
import catalogue from "./catalogue.json" with { type: "json" };

export const measureCodes: ReadonlySet<string> = new Set(catalogue.measures.map(({ code }) => code));
