// A client-side deadline: postgres.js has none, and a cut link would leave a query unsettled for minutes.

/** Settles as `work` does, or throws what `expired` makes after `afterMs`. The work itself goes on unseen. */
export async function withDeadline<T>(work: PromiseLike<T>, afterMs: number, expired: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(expired()), afterMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
