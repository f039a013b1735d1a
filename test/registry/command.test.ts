// The commands on listings: what is left for a court to do, and the end of terms.
import { Command } from "commander";
import { expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { addListingCommands } from "../../src/registry/index.ts";
import { useDatabase } from "../database.ts";
import { act, draftForm, openChambers, toPublication } from "./chambers.ts";

const connection = useDatabase();

async function run(day: string, ...words: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command("shixin").exitOverride().configureOutput({ writeErr: () => {} });
  addListingCommands(program, {
    withRuntime: (work) => work(connection),
    now: () => new Date(`${day}T09:00:00+08:00`),
    print: (text) => printed.push(text),
  });
  await program.parseAsync(["node", "shixin", "listing", ...words]);
  return printed.join("\n");
}

test("a term that is over is ended once, and is a task of its court until then and again afterwards", async () => {
  const term = { kind: "fixed", months: 24, extension: null, runsFrom: "publication" } as const;
  const chambers = openChambers(connection);
  const [listing, limit] = await chambers.draft(draftForm({ listing: { grounds: ["G4"], term } }));
  if (!listing || !limit) throw new Error("no drafts");
  await chambers.take(limit.id, act.decide());
  await chambers.takeAll(listing.id, toPublication);
  const id = publicId("lst", listing.id);
  const tasks = (day: string, task: string) => run(day, "tasks", "--court", "闽0203", "--task", task);

  expect(await tasks("2028-11-23", "expiry")).toBe("Nothing is left to do.");
  expect(await run("2028-11-23", "expire")).toBe("0 listings expired.");
  expect(await tasks("2028-11-24", "expiry")).toContain(id);
  expect(await run("2028-11-24", "expire", "--json")).toBe('{"expired":1,"left":[]}');
  expect(await run("2028-11-24", "expire")).toBe("0 listings expired.");
  expect(await tasks("2028-11-24", "expiry")).toBe("Nothing is left to do.");
  expect(await tasks("2028-11-24", "shield")).toContain(id);
  const json: unknown = JSON.parse(
    await run("2028-11-24", "tasks", "--court", "闽0203", "--task", "publication", "--json"),
  );
  expect(json).toMatchObject({ listings: [{ id: publicId("lst", limit.id), state: "decided" }] });
  await expect(tasks("2028-11-24", "unknown")).rejects.toThrow("Allowed choices");
});
