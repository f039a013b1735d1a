// Sends the year over HTTP and holds every answer against the truth.
import { uuidOf } from "../../src/platform/id.ts";
import { createProgress } from "../../src/platform/progress.ts";
import { createLoadClient, type LoadClient } from "../http-client.ts";
import type { Agency } from "./agencies.ts";
import type { Request } from "./plan.ts";
import type { Outcome, Question } from "./questions.ts";

/** Requests under way at once. */
const LANES = 64;
/** Connections that a system keeps open: enough that its requests wait for the service and not for each other. */
const CONNECTIONS = { automatic: 48, embedded: 4, uploading: 1 };
const OPERATORS = { automatic: "system", embedded: "system", uploading: "officer 0417" };

export type Tally = {
  checks: number;
  hits: number;
  reviews: number;
  /** Answered `listed` and not listed; listed and answered otherwise; other answers than the truth. */
  falseHits: number;
  misses: number;
  wrongReviews: number;
};
export type Asked = {
  tally: Tally;
  /** What was answered under which id. */
  outcomes: Map<string, Outcome>;
  seconds: number;
  /** Of single checks and of batches, in milliseconds, ascending. */
  singlesMs: number[];
  batchesMs: number[];
};

type Answer = { id: string; outcome: Outcome };
type Target = { host: string; port: number; checks: number };

export async function askAll(requests: Generator<Request>, agencies: Agency[], target: Target): Promise<Asked> {
  const clients = new Map(agencies.map((agency) => [agency, clientOf(agency, target)]));
  const progress = createProgress("check", "checks");
  const tally: Tally = { checks: 0, hits: 0, reviews: 0, falseHits: 0, misses: 0, wrongReviews: 0 };
  const outcomes = new Map<string, Outcome>();
  const singlesMs: number[] = [];
  const batchesMs: number[] = [];
  let sent = 0;

  async function work(): Promise<void> {
    for (const request of requests) {
      const client = clients.get(request.agency);
      if (!client) throw new Error("a request of an unknown agency");
      const body = JSON.stringify(bodyOf(request, ++sent));
      const isSingle = request.agency.manner !== "uploading";
      const sentAt = performance.now();
      const answers = await (isSingle ? askOne(client, body) : askMany(client, body));
      (isSingle ? singlesMs : batchesMs).push(performance.now() - sentAt);
      if (answers.length !== request.questions.length) throw new Error("A batch was answered in part.");
      for (const [index, question] of request.questions.entries()) judge(question, answers[index]);
      progress.update(tally.checks, target.checks);
    }
  }

  function judge({ outcome: truth }: Question, answer: Answer | undefined): void {
    const id = answer && uuidOf("chk", answer.id);
    if (!id) throw new Error("A check was answered without an id.");
    const { outcome } = answer;
    outcomes.set(id, outcome);
    tally.checks++;
    if (outcome === "listed") tally.hits++;
    if (outcome === "review") tally.reviews++;
    if (outcome === truth) return;
    if (outcome === "listed") tally.falseHits++;
    else if (truth === "listed") tally.misses++;
    else tally.wrongReviews++;
  }

  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: LANES }, work));
  } finally {
    for (const client of clients.values()) client.close();
  }
  const seconds = (performance.now() - started) / 1000;
  progress.finish();
  const ascending = (times: number[]) => times.sort((a, b) => a - b);
  return { tally, outcomes, seconds, singlesMs: ascending(singlesMs), batchesMs: ascending(batchesMs) };
}

function clientOf({ key, manner }: Agency, { host, port }: Target): LoadClient {
  const headers = { Authorization: `Bearer ${key}` };
  return createLoadClient({ host, port, connections: CONNECTIONS[manner], headers });
}

function bodyOf({ agency, questions }: Request, number: number): object {
  const { purpose, role, manner } = agency;
  const subjects = questions.map(({ check }) => ({ ...check, role }));
  const question = { purpose, caseReference: `XM-2018-${number}`, operator: OPERATORS[manner] };
  return manner === "uploading" ? { ...question, subjects } : { ...question, subject: subjects[0] };
}

async function askOne(client: LoadClient, body: string): Promise<Answer[]> {
  return [(await ask(client, "/v1/checks", body)) as Answer];
}

async function askMany(client: LoadClient, body: string): Promise<Answer[]> {
  return ((await ask(client, "/v1/checks/batch", body)) as { results: Answer[] }).results;
}

async function ask(client: LoadClient, path: string, body: string): Promise<unknown> {
  const reply = await client.post(path, body);
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${reply.body}`);
  return JSON.parse(reply.body);
}
