// Merges sequences so that each is spread over the whole: the same order every time, and nothing is drawn.

export type Sequence<T> = { count: number; items: Iterable<T> };

/** Yields `count` items of every sequence: the one that lags furthest behind its share of the whole comes next. */
export function* evenly<T>(sequences: Sequence<T>[]): Generator<T> {
  const open = sequences.map(({ count, items }) => ({ count, items: items[Symbol.iterator](), due: 0.5 / count }));
  const total = sequences.reduce((sum, { count }) => sum + count, 0);
  for (let yielded = 0; yielded < total; yielded++) {
    const next = open.reduce((first, one) => (one.due < first.due ? one : first));
    const item = next.items.next();
    if (item.done) throw new RangeError("A sequence holds fewer items than it counts.");
    next.due += 1 / next.count;
    yield item.value;
  }
}

/** Divides a whole by weights, into whole numbers that add up to it. */
export function apportion(total: number, weights: number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed += weight;
    const part = Math.round((total * weighed) / sum) - given;
    given += part;
    return part;
  });
}
