// What agencies owe a party whose listing has ended: sanctions to lift, past refusals to look at again.
export { addLiftCommands } from "./command.ts";
export { alignDueDates } from "./due.ts";
export { compareToday, liftingFollower, startLifting } from "./follower.ts";
export { watchLifting } from "./metrics.ts";
export { settleObligation } from "./obligation-queries.ts";
export { liftingOperations } from "./operations.ts";
export { type Standing, standings } from "./plan.ts";
export { liftingRoutes } from "./routes.ts";
export { readStandings } from "./standing.ts";
