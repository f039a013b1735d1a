// Welch's test: whether two samples of times differ by more than chance.

/** Of its statistic: beyond it a difference is taken for real. */
export const T_MAX = 4.5;

/** Of two samples without their slowest tenth, which is the machine's own business. */
export function welch(left: number[], right: number[]): number {
  const [a, b] = [trimmed(left), trimmed(right)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

function trimmed(sample: number[]) {
  const kept = sample.toSorted((a, b) => a - b).slice(0, Math.ceil(sample.length * 0.9));
  const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
  const variance = kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (kept.length - 1);
  return { mean, variance, count: kept.length };
}
