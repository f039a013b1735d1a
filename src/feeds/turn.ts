// Turns at writing one upload: a client whose connection hangs comes again, and its older request must end first.

export type Turns = {
  /** Runs `work` when nobody else has the turn at `id`; whoever has it is cut, and ends by itself. */
  take: <T>(id: string, cut: () => void, work: () => Promise<T>) => Promise<T>;
  /** Cuts everybody, and waits for their ends. */
  endAll: () => Promise<void>;
};

export function createTurns(): Turns {
  const turns = new Map<string, { cut: () => void; done: Promise<unknown> }>();
  return {
    async take(id, cut, work) {
      const earlier = turns.get(id);
      earlier?.cut();
      const running = (earlier?.done ?? Promise.resolve()).then(work);
      const turn = { cut, done: running.catch(() => {}) };
      turns.set(id, turn);
      try {
        return await running;
      } finally {
        if (turns.get(id) === turn) turns.delete(id);
      }
    },
    async endAll() {
      for (const { cut } of turns.values()) cut();
      await Promise.all([...turns.values()].map(({ done }) => done));
    },
  };
}
