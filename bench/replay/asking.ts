// Sends the year over HTTP and holds every answer against the truth.
import { uuidOf } from "../../src/platform/id.ts";
import { createProgress } from "../../src/platform/progress.ts";
import { createLoadClient, type LoadClient } from "../http-client.ts";
import type { Agency } from "./agencies.ts";
import type { Request } from "./plan.ts";
import type { Outcome, Question } from "./questions.ts";

/** Each carries one request at a time, of whichever agency is next. */
const CONNECTIONS = 64;
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
type BatchAnswer = { results: Answer[] };
type Target = { host: string; port: number; checks: number };

export async function askAll(requests: Generator<Request>, { host, port, checks }: Target): Promise<Asked> {
  const client = createLoadClient({ host, port, connections: CONNECTIONS });
  const progress = createProgress("check", "checks");
  const tally: Tally = { checks: 0, hits: 0, reviews: 0, falseHits: 0, misses: 0, wrongReviews: 0 };
  const outcomes = new Map<string, Outcome>();
  const singlesMs: number[] = [];
  const batchesMs: number[] = [];
  let sent = 0;

  async function work(): Promise<void> {
    for (const request of requests) {
      const body = JSON.stringify(bodyOf(request, ++sent));
      const isBatch = request.agency.manner === "uploading";
      const sentAt = performance.now();
      const answer = await ask(client, request.agency, isBatch ? "/v1/checks/batch" : "/v1/checks", body);
      (isBatch ? batchesMs : singlesMs).push(performance.now() - sentAt);
      const answers = "results" in answer ? answer.results : [answer];
      if (answers.length !== request.questions.length) throw new Error("A batch was answered in part.");
      for (const [index, question] of request.questions.entries()) judge(question, answers[index]);
      progress.update(tally.checks, checks);
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
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  } finally {
    client.close();
  }
  const seconds = (performance.now() - started) / 1000;
  progress.finish();
  const ascending = (times: number[]) => times.sort((a, b) => a - b);
  return { tally, outcomes, seconds, singlesMs: ascending(singlesMs), batchesMs: ascending(batchesMs) };
}

function bodyOf({ agency, questions }: Request, number: number): object {
  const { purpose, role, manner } = agency;
  const subjects = questions.map(({ check }) => ({ ...check, role }));
  const question = { purpose, caseReference: `XM-2018-${number}`, operator: OPERATORS[manner] };
  return manner === "uploading" ? { ...question, subjects } : { ...question, subject: subjects[0] };
}

async function ask(client: LoadClient, { key }: Agency, path: string, body: string): Promise<Answer | BatchAnswer> {
  const reply = await client.post(path, body, { Authorization: `Bearer ${key}` });
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${reply.body}`);
  return JSON.parse(reply.body) as Answer | BatchAnswer;
}
