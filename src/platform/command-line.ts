// Ground of the command line: where results and warnings go, and the options that commands share.
import { userInfo } from "node:os";
import { InvalidArgumentError, Option } from "commander";
import { AppError } from "./error.ts";
import { type IdPrefix, uuidOf } from "./id.ts";

export type CommonOptions = { actor: string; json?: boolean };

export const print = (text: string) => process.stdout.write(`${text}\n`);
export const warn = (text: string) => process.stderr.write(`${text}\n`);

export const json = new Option("--json", "print one JSON document");
export const actor = new Option("--actor <name>", "who acts, for the audit trail").default(accountName());

/** The account of the terminal; a container may run under a number without a name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}

export function actorOf(name: string): string {
  return `operator:${name}`;
}

export function requireId(prefix: IdPrefix, id: string): string {
  const uuid = uuidOf(prefix, id);
  if (uuid === null) throw new AppError("not-found");
  return uuid;
}

export function commaList(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("It takes a share from 0 to 1.");
  return value;
}

export function time(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime())) throw new InvalidArgumentError("It takes a time of ISO 8601.");
  return value;
}
