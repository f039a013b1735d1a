// The papers of a whole list at once, each printed again and held to the hash of its first printing.
import type { CourtActor } from "../../courts/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { uuidOf } from "../../platform/id.ts";
import { bindPapers } from "../../ui/index.ts";
import { printCourtPaper } from "./paper.ts";
import { listPapersNamed } from "./queries.ts";

/** What these say is in the register; of the others the reasons are on paper alone. */
const ofListings = ["decision", "limit_order", "removal_notice"];

/** In the order of `ids` (`pap_…`). A paper that the actor may not print, or whose text is no longer the same, stops all. */
export async function printSheaf(
  tx: Transaction,
  actor: CourtActor,
  ids: readonly string[],
  { demonstration }: { demonstration: boolean },
): Promise<string> {
  const uuids = ids.map((id) => uuidOf("pap", id) ?? "");
  const known = new Map((await listPapersNamed(tx, uuids.filter(Boolean))).map((row) => [row.id, row]));
  const papers: string[] = [];
  for (const id of uuids) {
    const row = known.get(id);
    if (!row) throw new AppError("not-found");
    if (!ofListings.includes(row.kind)) throw new AppError("conflict", { note: "a paper of another kind" });
    const { kind, subject, number, datedOn } = row;
    papers.push((await printCourtPaper(tx, actor, { kind, subject, number, datedOn }, { demonstration })).html);
  }
  return bindPapers(`文书 ${papers.length} 件`, papers);
}
