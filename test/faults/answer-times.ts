// Whether the time of an answer tells what the answer does not: a number that nobody has, beside one that was on the list and
// left it, and one that nobody has reason to ask about. Row 20 of the fault table.
import { median } from "../../bench/check-rounds.ts";
import { createLoadClient } from "../../bench/http-client.ts";
import { T_MAX, welch } from "../../bench/welch.ts";
import { addCanaries } from "../../src/checks/misuse/canary.ts";
import { connect } from "../../src/platform/database.ts";
import { enterListing } from "../../src/registry/index.ts";
import { endByCourt } from "../registry/ending.ts";
import { listingOf } from "../service.ts";
import { fill } from "./journal.ts";
import { partyAt, singleOf } from "./party.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";

export type TimesPlan = { questions: number };
export type Timing = { kind: Kind; medianMs: number; t: number; share: number };
export type TimesReport = { timings: Timing[]; violations: string[] };

/** `listed` is told by the answer itself, and is the control: its time may differ, and with enough questions does. */
const kinds = ["nobody", "ended", "canary", "listed"] as const;
export type Kind = (typeof kinds)[number];
const SECRET: readonly Kind[] = ["ended", "canary"];

const PARTIES = 20;
const WARM = 200;
/** A difference of the medians that nobody measures over a network. */
const SHARE_MAX = 0.01;
/** Parties of `fill` are the first ones: those that are listed, and others. */
const PLACE_OF: Record<Kind, number> = { listed: 0, ended: 10_000, canary: 20_000, nobody: 30_000 };

export async function compareAnswerTimes({ questions }: TimesPlan): Promise<TimesReport> {
  const service = await createServiceProcess();
  try {
    await service.start();
    const key = await fill(service);
    await prepare(service);
    const times = await ask(service, key, questions);
    const timings = kinds.map((kind): Timing => {
      const [own, plain] = [median(times[kind]), median(times.nobody)];
      return { kind, medianMs: own, t: welch(times[kind], times.nobody), share: Math.abs(own - plain) / plain };
    });
    const violations = timings
      .filter(({ kind, t, share }) => SECRET.includes(kind) && Math.abs(t) >= T_MAX && share >= SHARE_MAX)
      .map(({ kind }) => `the time tells ${kind} from nobody`);
    return { timings, violations };
  } finally {
    await service.remove();
  }
}

/** Parties whose listings have ended, and canaries. */
async function prepare(service: ServiceProcess): Promise<void> {
  const { db, end } = connect(await service.databaseUrl(), { name: "fault test" });
  for (let count = 0; count < PARTIES; count++) {
    const { name, number } = partyAt(PLACE_OF.ended + count);
    const draft = listingOf(
      { name, document: { kind: "resident_id", number } },
      { caseNumber: `(2019)闽0203执${91_000_000 + count}号` },
    );
    const listing = await db.transaction((tx) => enterListing(tx, service.ring, "court:test", draft));
    await db.transaction((tx) => endByCourt(tx, listing.id));
  }
  const numbers = Array.from({ length: PARTIES }, (_, count) => partyAt(PLACE_OF.canary + count).number);
  const given = { kind: "resident_id" as const, numbers, reason: "警示号码" };
  await db.transaction((tx) => addCanaries(tx, service.ring, "operator:test", given));
  await end();
}

/** One question at a time, the kinds in turns: what else the machine does hits all of them alike. */
async function ask({ port }: ServiceProcess, key: string, questions: number): Promise<Record<Kind, number[]>> {
  const headers = { Authorization: `Bearer ${key}` };
  const client = createLoadClient({ host: "127.0.0.1", port, connections: 1, headers });
  const times: Record<Kind, number[]> = { nobody: [], ended: [], canary: [], listed: [] };
  for (let question = -WARM; question < questions; question++)
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(turn + Math.abs(question)) % kinds.length] ?? "nobody";
      const body = singleOf(partyAt(PLACE_OF[kind] + (Math.abs(question) % PARTIES)), "times");
      const sentAt = performance.now();
      const reply = await client.post("/v1/checks", body);
      const took = performance.now() - sentAt;
      const expected = kind === "listed" ? '"outcome":"listed"' : '"outcome":"clear"';
      if (reply.status !== 200 || !reply.body.includes(expected))
        throw new Error(`${kind} is answered ${reply.status}`);
      if (question >= 0) times[kind].push(took);
    }
  client.close();
  return times;
}
