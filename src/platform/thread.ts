// A worker thread that answers questions, each after the one before it. However it ends, whoever waits for it learns of it.
import { type ResourceLimits, Worker } from "node:worker_threads";

export type Thread<Question, Answer> = {
  ask: (question: Question) => Promise<Answer>;
  waiting: () => number;
  close: () => Promise<unknown>;
};

/** `file` answers each message by one of its own, in their order. */
export function startThread<Question, Answer>(
  file: URL,
  workerData: unknown,
  resourceLimits?: ResourceLimits,
): Thread<Question, Answer> {
  const worker = new Worker(file, { workerData, ...(resourceLimits && { resourceLimits }) });
  let waiting: PromiseWithResolvers<Answer>[] = [];
  let ended: Error | null = null;

  function end(error: Error): void {
    ended ??= error;
    for (const { reject } of waiting) reject(ended);
    waiting = [];
  }
  worker.on("message", (answer: Answer) => waiting.shift()?.resolve(answer));
  worker.on("error", (error) => end(error instanceof Error ? error : new Error("a thread failed")));
  worker.on("exit", () => end(new Error("a thread ended early")));

  return {
    ask(question) {
      const asked = Promise.withResolvers<Answer>();
      // It may fail while an older answer is waited for.
      asked.promise.catch(() => {});
      waiting.push(asked);
      if (ended) end(ended);
      worker.postMessage(question, []);
      return asked.promise;
    },
    waiting: () => waiting.length,
    close: () => worker.terminate(),
  };
}

/** Of several threads the one that has the least to do. */
export function idlestOf<Question, Answer>(threads: readonly Thread<Question, Answer>[]): Thread<Question, Answer> {
  return threads.reduce((found, thread) => (thread.waiting() < found.waiting() ? thread : found));
}
