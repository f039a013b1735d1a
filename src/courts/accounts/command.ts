// The commands on accounts: creating them, and what a security administrator does about them.
import { type Command, Option } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId } from "../../platform/command-line.ts";
import type { Connection, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { accountRoles } from "../schema.ts";
import {
  changeRole,
  createAccount,
  delegateAuthority,
  disableAccount,
  enableAccount,
  endDelegation,
  type Enrolling,
  resetAccount,
  signEverybodyOut,
  signOut,
} from "./account.ts";
import { findAccountByLogin, listStaff } from "./account-queries.ts";
import { accountView } from "./resource.ts";
import type { AccountRole } from "./role.ts";
import type { AccountRow } from "./session-queries.ts";
import { bytesOfBase32, totpCode, totpStep } from "./totp.ts";

type Place = Pick<Connection, "db"> & { ring: KeyRing };
type Context = { withRuntime: (work: (runtime: Place) => Promise<void>) => Promise<void> };

/** Far more than a court has people. */
const ROWS_MAX = 10_000;
const role = new Option("--role <role>", "what they may do").choices(accountRoles).makeOptionMandatory();

export function addStaffCommand(program: Command, context: Context): void {
  const staff = program.command("staff").description("accounts of people at courts and agencies (人员账号)");
  addCreation(staff, context);
  addReading(staff, context);
  addChanges(staff, context);
  addEnrolments(staff, context);
  addGeneralSignOut(staff, context);
  addCodeCommand(staff);
}

type NewStaff = { login: string; name: string; role: AccountRole; court?: string; agency?: string };

function addCreation(staff: Command, { withRuntime }: Context): void {
  staff
    .command("create")
    .description("create an account; its owner signs in first with the code that is printed")
    .requiredOption("--login <login>", "what they type to sign in, such as a staff number")
    .requiredOption("--name <name>", "who it is")
    .addOption(role)
    .option("--court <code>", "their court, such as 闽0203")
    .option("--agency <id>", "or their agency, agy_…")
    .addOption(actor)
    .addOption(json)
    .action((options: CommonOptions & NewStaff) =>
      withRuntime(async ({ db, ring }) => {
        const { login, name, role, court, agency } = options;
        const agencyId = agency === undefined ? undefined : requireId("agy", agency);
        const draft = { login, name, role, court, agencyId };
        const created = await db.transaction((tx) => createAccount(tx, ring, actorOf(options.actor), draft));
        printEnrolling(created, options.json);
      }),
    );
}

function addReading(staff: Command, { withRuntime }: Context): void {
  staff
    .command("list")
    .description("the accounts of courts")
    .option("--court <code>", "only those of this court")
    .addOption(json)
    .action((options: CommonOptions & { court?: string }) =>
      withRuntime(async ({ db }) => {
        const rows = await listStaff(db, options.court === undefined ? null : [options.court], null, ROWS_MAX);
        const accounts = rows.map(accountView);
        if (options.json) print(JSON.stringify({ accounts }));
        else for (const account of accounts) print(lineOf(account));
      }),
    );
}

function addChanges(staff: Command, context: Context): void {
  change(staff, context, "disable", "end the sessions of an account, which can no longer sign in", disableAccount);
  change(staff, context, "sign-out", "end the sessions of an account, which signs in again", signOut);
  change(staff, context, "end-delegation", "end the president's authority to a judge", endDelegation);
  named(staff, "role", "give another role; open sessions go on with it")
    .addOption(role)
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((login: string, options: CommonOptions & { role: AccountRole; reason: string }) =>
      changed(context, login, options, (tx, actor, id) => changeRole(tx, actor, id, options.role, options.reason)),
    );
  named(staff, "delegate", "record the president's written authority to a judge")
    .requiredOption("--from <date>", "its first day, YYYY-MM-DD")
    .requiredOption("--until <date>", "its last day")
    .requiredOption("--document <number>", "the number of the paper")
    .action((login: string, options: CommonOptions & { from: string; until: string; document: string }) =>
      changed(context, login, options, (tx, actor, id) => delegateAuthority(tx, actor, id, options)),
    );
}

function addEnrolments(staff: Command, context: Context): void {
  enrol(staff, context, "reset", "forget password and second factor; their owner enrols again", resetAccount);
  enrol(staff, context, "enable", "bring a disabled account back; its owner enrols again", enableAccount);
}

function addGeneralSignOut(staff: Command, { withRuntime }: Context): void {
  staff
    .command("sign-everybody-out")
    .description("end every session there is")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((options: Reasoned) =>
      withRuntime(async ({ db }) => {
        const sessions = await db.transaction((tx) => signEverybodyOut(tx, actorOf(options.actor), options.reason));
        print(options.json ? JSON.stringify({ sessions }) : `${sessions} sessions ended.`);
      }),
    );
}

/** What an authenticator app does, for whoever tries the register in a terminal. */
function addCodeCommand(staff: Command): void {
  staff
    .command("code")
    .description("the one-time code of a secret at this moment")
    .argument("<secret>", "as enrolling showed it")
    .action((secret: string) => {
      const bytes = bytesOfBase32(secret);
      if (!bytes) throw new AppError("validation", { note: "the secret is not in base32" });
      print(totpCode(bytes, totpStep(new Date())));
    });
}

function named(staff: Command, name: string, description: string): Command {
  return staff.command(name).description(description).argument("<login>").addOption(actor).addOption(json);
}

type Reasoned = CommonOptions & { reason: string };
type Verb<T> = (tx: Transaction, actor: string, id: string, reason: string) => Promise<T>;

function change(staff: Command, context: Context, name: string, description: string, verb: Verb<AccountRow>): void {
  named(staff, name, description)
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((login: string, options: Reasoned) =>
      changed(context, login, options, (tx, actor, id) => verb(tx, actor, id, options.reason)),
    );
}

function changed(
  { withRuntime }: Context,
  login: string,
  { actor, json: asJson }: CommonOptions,
  work: (tx: Transaction, actor: string, id: string) => Promise<AccountRow>,
): Promise<void> {
  return withRuntime(async ({ db }) => {
    const row = await db.transaction(async (tx) => work(tx, actorOf(actor), await idOf(tx, login)));
    const account = accountView(row);
    print(asJson ? JSON.stringify({ account }) : lineOf(account));
  });
}

type EnrolVerb = (tx: Transaction, ring: KeyRing, actor: string, id: string, reason: string) => Promise<Enrolling>;

function enrol(staff: Command, { withRuntime }: Context, name: string, description: string, verb: EnrolVerb): void {
  named(staff, name, description)
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((login: string, { actor, reason, json: asJson }: Reasoned) =>
      withRuntime(async ({ db, ring }) => {
        const enrolling = await db.transaction(async (tx) =>
          verb(tx, ring, actorOf(actor), await idOf(tx, login), reason),
        );
        printEnrolling(enrolling, asJson);
      }),
    );
}

async function idOf(tx: Transaction, login: string): Promise<string> {
  const found = await findAccountByLogin(tx, login);
  if (!found) throw new AppError("not-found", { note: "no such account" });
  return found.id;
}

function printEnrolling({ row, enrolmentCode }: Enrolling, asJson = false): void {
  const account = accountView(row);
  if (asJson) print(JSON.stringify({ account, enrolmentCode }));
  else print(`${lineOf(account)}\n${enrolmentCode}\nThe code is shown this once, and opens the account for 72 hours.`);
}

function lineOf({ login, role, court, agency, state, name }: ReturnType<typeof accountView>): string {
  return [login, role, court ?? agency, state, name].join("\t");
}
