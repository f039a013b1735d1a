// Whoever signs in: accounts, their two factors, their sessions.
export { createAccount, type NewAccount } from "./account.ts";
export { findAccountByLogin } from "./account-queries.ts";
export { addStaffCommand } from "./command.ts";
export { enrolAtOnce } from "./enrolment.ts";
export { countSignIns } from "./metrics.ts";
export { accountOperations } from "./operations.ts";
export { createPasswordHasher, type PasswordHasher } from "./password.ts";
export { type AccountRole, isCourtRole } from "./role.ts";
export { accountRoutes, type AccountRoutesOptions } from "./routes.ts";
export { csrfTokenOf, isFromOwnPage, SESSION_COOKIE } from "./session-token.ts";
