// Whose figure it is: an agency's, a court's, or that of the register as a whole.
export const figureScopes = ["agency", "court", "register"] as const;
export type FigureScope = (typeof figureScopes)[number];
