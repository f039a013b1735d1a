// The command that shows and sets how much an agency may ask.
import { type Command, InvalidArgumentError, Option } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId } from "../platform/command-line.ts";
import type { AgencyCommandContext } from "./catalogue-command.ts";
import { type NewLimits, readLimits, setLimits } from "./limit.ts";
import { limitNames, type Limits, type LimitsByScope, type LimitScope, limitScopes } from "./limit-settings.ts";

/** Commander takes null for an option without a value. */
const AS_CONFIGURED = "default";
type Given = Partial<Record<keyof Limits, number | typeof AS_CONFIGURED>>;
type Options = CommonOptions & Given & { scope: LimitScope; reason?: string };
export type LimitCommandContext = AgencyCommandContext & { limits: () => LimitsByScope };

export function addLimitCommand(agency: Command, { withRuntime, limits: standard }: LimitCommandContext): void {
  agency
    .command("limits")
    .description("show how much an agency may ask, or set it; running processes follow within seconds")
    .argument("<agency>", "agy_…")
    .addOption(
      new Option("--scope <scope>", "whose: the agency's, or each key's").choices(limitScopes).default("agency"),
    )
    .option("--burst <n>", "identities at once; default: as configured", limit)
    .option("--burst-seconds <n>", "in how many seconds so many are there again", limit)
    .option("--checks-per-day <n>", "identities a day", limit)
    .option("--persons-per-day <n>", "different parties a day", limit)
    .option("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((given: string, { scope, reason, actor, json: asJson, ...limits }: Options) =>
      withRuntime(async ({ db }) => {
        const agencyId = requireId("agy", given);
        if (Object.keys(limits).length > 0) {
          if (!reason) throw new InvalidArgumentError("Whoever changes limits says why: --reason.");
          await db.transaction((tx) =>
            setLimits(tx, actorOf(actor), { agencyId, scope, limits: limitsIn(limits), reason }),
          );
        }
        const held = await readLimits(db, agencyId, standard());
        print(
          asJson ? JSON.stringify(held) : limitScopes.map((scope) => `${scope}: ${sentence(held[scope])}`).join("\n"),
        );
      }),
    );
}

function sentence({ burst, burstSeconds, checksPerDay, personsPerDay }: Limits): string {
  return `${burst} in ${burstSeconds} s, ${checksPerDay} checks and ${personsPerDay} persons a day`;
}

function limitsIn(given: Given): NewLimits["limits"] {
  const limits: NewLimits["limits"] = {};
  for (const name of limitNames) {
    const value = given[name];
    if (value !== undefined) limits[name] = value === AS_CONFIGURED ? null : value;
  }
  return limits;
}

function limit(text: string): number | typeof AS_CONFIGURED {
  if (text === AS_CONFIGURED) return text;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It takes a number from 1, or default.");
  return Number(text);
}
