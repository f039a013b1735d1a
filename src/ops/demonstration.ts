// The first run on an empty database: an invented list, ten fixed people that show the cases, an agency and its key, and
// a court's staff.
import { hash, randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgency, findAgencyByName, hasAgencies, issueKey } from "../agencies/index.ts";
import type { CourtActor } from "../courts/index.ts";
import { changeSource, importFile } from "../feeds/index.ts";
import { writeSynthetic } from "../feeds/synthetic/index.ts";
import type { Transaction } from "../platform/database.ts";
import { addDays, shanghaiDate } from "../platform/time.ts";
import {
  decideListing,
  draftListings,
  enterListing,
  grantGrace,
  hasListingsBeside,
  removeListing,
} from "../registry/index.ts";
import { takeInObjection } from "../remedies/index.ts";
import { demonstrationListings, GRACE, personInGrace } from "./demonstration-people.ts";
import { switchOnDemonstration } from "./demonstration-measures.ts";
import {
  createDemonstrationStaff,
  enrolDemonstrationStaff,
  introduceStaff,
  STAFF_COURT,
} from "./demonstration-staff.ts";
import type { Runtime } from "./runtime.ts";

const ACTOR = "system:demonstration";
const COURT = "court:演示法院";
const AGENCY_NAME = "演示单位（虚构）";
const SOURCE = "demonstration";
const LIST_ROWS = 500;
const PURPOSES = [
  "procurement.supplier_qualification",
  "tender.bid_evaluation",
  "housing_fund.loan",
  "company.director_filing",
  "travel.ticketing",
  "office.lease",
];

export type Demonstration = {
  /** Prints the key, who can sign in, and commands to try. */
  introduce: (url: string, print: (line: string) => void) => void;
};

/**
 * Fills an empty database with invented data, once, and says so. Null where the database holds anything else. The key is
 * kept beside the data, mode 0600, so that later starts can print it again: it opens nothing but invented people.
 */
export async function prepareDemonstration(
  runtime: Runtime,
  dataDirectory: string,
  print: (line: string) => void,
): Promise<Demonstration | null> {
  const keyPath = join(dataDirectory, "demonstration-key");
  const { db } = runtime;
  // An invented list alone is a first run that was cut short: loading it again changes nothing.
  if (!(await hasAgencies(db)) && !(await hasListingsBeside(db, SOURCE))) {
    print(`The database is empty: loading ${LIST_ROWS} invented rows and ten invented people (演示数据，均为虚构) …`);
    await loadInventedList(runtime);
    const { key, staff } = await db.transaction(async (tx) => {
      const { key, agencyId } = await createPeopleAndAgency(tx, runtime);
      return { key, staff: await createDemonstrationStaff(tx, runtime, agencyId) };
    });
    mkdirSync(dataDirectory, { recursive: true });
    await enrolDemonstrationStaff(runtime, staff, dataDirectory);
    writeFileSync(keyPath, key, { mode: 0o600 });
    chmodSync(keyPath, 0o600);
  } else if (!(await findAgencyByName(db, AGENCY_NAME))) return null;
  return {
    introduce(url, line) {
      introduce(url, keyPath, line);
      introduceStaff(url, dataDirectory, line);
      line("\nCtrl-C stops the service.");
    },
  };
}

async function loadInventedList({ url, ring }: Runtime): Promise<void> {
  const file = join(tmpdir(), `shixin-demonstration-${randomUUID()}.jsonl`);
  try {
    await writeSynthetic({ rows: LIST_ROWS, seed: 1, kind: "local", out: file });
    await importFile({
      url,
      keyRing: ring,
      actor: ACTOR,
      source: SOURCE,
      mode: "snapshot",
      file,
      expected: LIST_ROWS,
      rejectedTo: `${file}.rejected`,
    });
  } finally {
    for (const path of [file, `${file}.rejected`]) rmSync(path, { force: true });
  }
}

async function createPeopleAndAgency(tx: Transaction, { ring }: Runtime): Promise<{ key: string; agencyId: string }> {
  const today = shanghaiDate(new Date());
  await changeSource(tx, ACTOR, SOURCE, { scopeCode: STAFF_COURT });
  for (const { draft, afterwards } of demonstrationListings((days) => addDays(today, days))) {
    const { id, version } = await enterListing(tx, ring, COURT, draft);
    if (afterwards === "removed") {
      const exit = { operation: "delete", ground: { code: "R1" } } as const;
      const days = { reasonAroseOn: today, reachedCourtOn: today };
      const target = { id, version, now: new Date() };
      await removeListing(tx, officer("judge"), target, { exit, ...days, reason: "全部履行（演示）" });
    }
    if (afterwards === "under_objection") await applyForCorrection(tx, ring, id, today);
  }
  await createPersonInGrace(tx, ring, (days) => addDays(today, days));
  const agency = await createAgency(tx, ACTOR, { name: AGENCY_NAME, purposes: PURPOSES, liaison: "联络员（演示）" });
  await switchOnDemonstration(tx, { agencyId: agency.id, today, now: new Date() });
  const { key } = await issueKey(tx, ring, ACTOR, { agencyId: agency.id, note: "演示" });
  return { key, agencyId: agency.id };
}

/** At the court's window today: the court reviews it within its time, and every answer says so meanwhile. */
async function applyForCorrection(tx: Transaction, ring: Runtime["ring"], listingId: string, today: string) {
  const statement = "债务已于公布前履行完毕，请求撤销（演示）";
  const given = {
    kind: "correction",
    ground: "not_listable",
    channel: "window",
    applicant: "party",
    application: { party: null, statement, agent: null, contact: null },
  } as const;
  await takeInObjection(tx, ring, officer("clerk"), { ...given, listingId, receivedOn: today }, new Date());
}

/** Drafted, decided and given time as the law wants it, some days ago. */
async function createPersonInGrace(tx: Transaction, ring: Runtime["ring"], inDays: (days: number) => string) {
  const now = new Date(`${inDays(GRACE.decided)}T09:00:00+08:00`);
  const drafts = await draftListings(tx, ring, officer("clerk"), personInGrace(inDays), now);
  const paper = { number: "演示决定书1号", sha256: hash("sha256", "演示决定书1号") };
  // The limit first: whoever is listed must be limited.
  for (const { id, version } of drafts.toSorted((one, other) => one.list.localeCompare(other.list)))
    await decideListing(tx, officer("president"), { id, version, now }, { paper });
  const listing = drafts.find(({ list }) => list === "dishonest");
  if (!listing) throw new Error("the demonstration drafted no listing");
  const grace = { until: inDays(GRACE.ends), reason: "已部分履行（演示）" };
  await grantGrace(tx, officer("judge"), { id: listing.id, version: listing.version + 1, now }, grace);
}

function officer(role: "clerk" | "judge" | "president"): CourtActor {
  return { kind: "staff", id: `demonstration-${role}`, name: "演示人员", court: "闽0203", role, delegation: null };
}

function introduce(url: string, keyPath: string, print: (line: string) => void): void {
  print("演示数据，均为虚构 · every party in this register is invented");
  if (!existsSync(keyPath)) {
    print("The demonstration's key was printed by the first start; npm run -s shixin -- key issue makes another.");
    return;
  }
  const key = readFileSync(keyPath, "utf8");
  print(`API key of ${AGENCY_NAME}: ${key}`);
  print("\nListed:");
  print(curl(url, key, "测试甲", "110101190001010014"));
  print("\nClear:");
  print(curl(url, key, "测试乙", "35021119000102008X"));
}

function curl(url: string, key: string, name: string, number: string): string {
  const body = {
    purpose: PURPOSES[0],
    caseReference: "XM-ZC-2026-00123",
    operator: "officer 0417",
    subject: { name, document: { type: "resident_id", number } },
  };
  return `curl -s ${url}/v1/checks -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}
