// A witness of logs for another organisation to run: it cosigns only what continues the tree that it saw last.
export { witnessRoutes } from "./routes.ts";
export { openWitnessState, type WitnessState } from "./state.ts";
export { createWitness, type Witness } from "./witness.ts";
