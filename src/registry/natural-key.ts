// The natural key of a listing: enforcing court, case number and party, within a list and a capacity.
import { hash } from "node:crypto";
import { type ListingContent, uuidText } from "./content.ts";

type KeyedContent = Pick<ListingContent, "list" | "capacity" | "courtCode" | "courtName" | "caseNumber">;

/** Legacy case numbers carry no court code, and their court short names were not unique: the court's name takes its place. */
export function naturalKey(content: KeyedContent, partyIndex: Buffer): string {
  const court = content.courtCode ?? content.courtName.normalize("NFKC").replace(/\s+/g, "");
  const parts = [content.list, content.capacity, court, content.caseNumber, partyIndex.toString("hex")];
  return uuidText(hash("sha256", parts.join("\u001f"), "hex"));
}
