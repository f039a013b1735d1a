// Invented people who can sign in at once: those of the court of Siming with both administrators, officer and liaison of
// the demonstration's agency, the credit authority and its assessor.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAccount, createPasswordHasher, enrolAtOnce } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import type { Runtime } from "./runtime.ts";

const ACTOR = "system:demonstration";
/** The court where they work. */
export const STAFF_COURT = "闽0203";
const STAFF = [
  { login: "demo.clerk", name: "书记员（演示）", role: "clerk" },
  { login: "demo.judge", name: "执行法官（演示）", role: "judge" },
  { login: "demo.president", name: "院长（演示）", role: "president" },
  { login: "demo.system", name: "系统管理员（演示）", role: "system_admin" },
  { login: "demo.security", name: "安全管理员（演示）", role: "security_admin" },
] as const;

const AGENCY_STAFF = [
  { login: "demo.officer", name: "经办人（演示）", role: "agency_officer" },
  { login: "demo.liaison", name: "联络员（演示）", role: "agency_liaison" },
  { login: "demo.authority", name: "信用牵头部门（演示）", role: "credit_authority" },
  { login: "demo.assessor", name: "考核部门（演示）", role: "assessor" },
] as const;

type Newcomer = { login: string; enrolmentCode: string };
type Person = { login: string; name: string; password: string; secret: string };

/** `agencyId` is the demonstration's agency, where the authority's two have their accounts as well. */
export async function createDemonstrationStaff(
  tx: Transaction,
  { ring }: Runtime,
  agencyId: string,
): Promise<Newcomer[]> {
  const created: Newcomer[] = [];
  const people = [
    ...STAFF.map((person) => ({ ...person, court: STAFF_COURT })),
    ...AGENCY_STAFF.map((person) => ({ ...person, agencyId })),
  ];
  for (const draft of people) {
    const { enrolmentCode } = await createAccount(tx, ring, ACTOR, draft);
    created.push({ login: draft.login, enrolmentCode });
  }
  return created;
}

/** Enrols them, and keeps what they sign in with beside the data, mode 0600: it opens nothing but invented matters. */
export async function enrolDemonstrationStaff(
  { db, ring }: Runtime,
  newcomers: Newcomer[],
  dataDirectory: string,
): Promise<void> {
  const hasher = createPasswordHasher(ring.credentialKey);
  const people: Person[] = [];
  for (const { login, enrolmentCode } of newcomers) {
    const password = randomBytes(12).toString("base64url");
    const { account, secret } = await enrolAtOnce({ db, ring, hasher }, { enrolmentCode, password });
    people.push({ login, name: account.name, password, secret });
  }
  const path = pathIn(dataDirectory);
  writeFileSync(path, JSON.stringify(people), { mode: 0o600 });
  chmodSync(path, 0o600);
}

/** Prints how to sign in as the clerk, and what the others sign in with. */
export function introduceStaff(url: string, dataDirectory: string, print: (line: string) => void): void {
  const path = pathIn(dataDirectory);
  if (!existsSync(path)) return;
  const people = JSON.parse(readFileSync(path, "utf8")) as Person[];
  print("\nPeople who can sign in at /sign-in (login, password, secret for an authenticator app):");
  for (const { login, password, secret, name } of people) print(`  ${login}  ${password}  ${secret}  ${name}`);
  const [clerk] = people;
  if (clerk) print(`\nSign in:\n${signInLine(url, clerk)}`);
}

function signInLine(url: string, { login, password, secret }: Person): string {
  const body = `{"login":"${login}","password":"${password}","code":"'$(npm run -s shixin -- staff code ${secret})'"}`;
  return `curl -s -c data/cookies ${url}/v1/sessions -H 'Content-Type: application/json' -d '${body}'`;
}

function pathIn(dataDirectory: string): string {
  return join(dataDirectory, "demonstration-staff.json");
}
