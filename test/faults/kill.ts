// kill -9 under load: clients keep a journal of what was answered while service and PostgreSQL are killed and come back,
// and at the end every answered check is in the record exactly once, as it was answered.
import { setTimeout as delay } from "node:timers/promises";
import {
  askMeanwhile,
  BACK_MS_MAX,
  compareWithRecord,
  fill,
  firstAnswer,
  type Journal,
  losesOne,
  summaryOf,
} from "./journal.ts";
import { createChance } from "./party.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";

/**
 * Who is hit: the service's process, PostgreSQL with all its processes, everything at once as by a power cut; or
 * PostgreSQL stands still, with its connections open, for longer than any deadline.
 */
export type Victim = "service" | "postgres" | "both" | "frozen";
export type KillPlan = { victims: Victim[]; clients: number; seed: number };
export type Kill = { victim: Victim; backMs: number };
export type KillReport = {
  kills: Kill[];
  answered: number;
  refused: number;
  unanswered: number;
  /** Answers that came from the record, because the first try under their key was carried out. */
  repeated: number;
  recorded: number;
  /** The control: whether a record that is taken away is missed. */
  lossIsNoticed: boolean;
  slowestRefusalMs: number;
  /** The same for keys that the process does not remember. */
  slowestStrangerMs: number;
  violations: string[];
};

const FROZEN_MS = 5_000;
const LOAD_MS_MIN = 300;
const LOAD_MS_RANGE = 1_200;

export async function killUnderLoad({ victims, clients, seed }: KillPlan): Promise<KillReport> {
  const service = await createServiceProcess();
  try {
    await service.start();
    const key = await fill(service);
    const kills: Kill[] = [];
    const journal = await askMeanwhile(service, key, { clients, seed }, async (journal) => {
      const chance = createChance(seed);
      for (const victim of victims) {
        await delay(LOAD_MS_MIN + chance() * LOAD_MS_RANGE);
        kills.push({ victim, backMs: await killOnce(service, victim, journal) });
      }
      await delay(LOAD_MS_MIN);
    });
    const recorded = await compareWithRecord(service, journal);
    const lossIsNoticed = await losesOne(service, journal);
    return { kills, recorded, lossIsNoticed, ...summaryOf(journal) };
  } finally {
    await service.remove();
  }
}

/** Kills, waits for the return, and returns the milliseconds it took from the kill to the first answer after it. */
async function killOnce(service: ServiceProcess, victim: Victim, journal: Journal): Promise<number> {
  if (victim === "service") {
    await service.kill();
    return service.start();
  }
  if (victim === "both") {
    await service.kill();
    await service.killPostgres();
    return service.start();
  }
  if (victim === "frozen") {
    await service.freezePostgres(FROZEN_MS);
    const thawedAt = performance.now();
    return (await firstAnswer(journal, thawedAt)).answeredAt - thawedAt;
  }
  const killedAt = performance.now();
  const { isBack } = await service.killPostgres();
  const downFrom = performance.now();
  let downUntil = downFrom;
  for (let look = downFrom; !(await isBack()); look = performance.now()) {
    downUntil = look;
    if (look - killedAt > BACK_MS_MAX) throw new Error("PostgreSQL does not come back");
    await delay(1);
  }
  const first = await firstAnswer(journal, downFrom);
  if (first.answeredAt < downUntil) journal.violations.add("a check was answered without PostgreSQL");
  return first.answeredAt - killedAt;
}
