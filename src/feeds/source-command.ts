// The command that says what a source is, and what its files may do by themselves.
import { type Command, InvalidArgumentError, Option } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId, wholeNumber } from "../platform/command-line.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { FeedCommandContext } from "./command-context.ts";
import { GateSettings } from "./gate.ts";
import { feedScopes } from "./schema.ts";
import { changeSource, type SourceChange } from "./source.ts";
import { findSource } from "./source-queries.ts";

type SourceOptions = CommonOptions &
  Omit<SourceChange, "agencyId" | "gates"> & { agency?: string; gate?: GateSettings };

export function addSourceCommand(feed: Command, { withRuntime }: FeedCommandContext): void {
  feed
    .command("source")
    .description("show or change a source")
    .argument("<name>")
    .addOption(new Option("--scope <scope>", "whose list it is").choices(feedScopes))
    .option("--scope-code <code>", "the area or court of the scope")
    .option("--precedence <n>", "of two sources that name a listing, the higher owns it", wholeNumber)
    .addOption(
      new Option("--activation <how>", "manual: a load that passed its gates waits for a release").choices([
        "automatic",
        "manual",
      ]),
    )
    .option("--agency <id>", "agy_…: whose keys may send files")
    .option("--gate <name=value...>", "thresholds of its own, such as shrink=0.1", gates)
    .addOption(actor)
    .addOption(json)
    .action((name: string, { agency, gate, json: asJson, actor: who, ...change }: SourceOptions) =>
      withRuntime(async ({ db }) => {
        const changes = {
          ...change,
          ...(agency === undefined ? {} : { agencyId: requireId("agy", agency) }),
          ...(gate === undefined ? {} : { gates: gate }),
        };
        const isAsked = Object.keys(changes).length === 0;
        const source = isAsked
          ? await findSource(db, name)
          : await db.transaction((tx) => changeSource(tx, actorOf(who), name, changes));
        if (!source) throw new AppError("not-found");
        const { agencyId, ...rest } = source;
        const view = { ...rest, agencyId: agencyId === null ? null : publicId("agy", agencyId) };
        print(JSON.stringify(view, null, asJson ? 0 : 2));
      }),
    );
}

function gates(text: string, given: GateSettings = {}): GateSettings {
  const [name = "", value = ""] = text.split("=");
  const parsed = GateSettings.safeParse({ ...given, [name]: value === "" ? NaN : Number(value) });
  if (!parsed.success) {
    throw new InvalidArgumentError(`It takes NAME=NUMBER with one of ${Object.keys(GateSettings.shape).join(", ")}.`);
  }
  return parsed.data;
}
