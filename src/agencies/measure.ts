// The measures that the catalogue knows.
import catalogue from "./catalogue.json" with { type: "json" };

export const measureCodes: ReadonlySet<string> = new Set(catalogue.measures.map(({ code }) => code));

/** The nine items of the consumption limit, as its order names them. */
export const limitItems: readonly string[] = catalogue.measures
  .filter(({ instrument }) => instrument === "LIM2015")
  .map(({ title }) => title);
