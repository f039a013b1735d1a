// Readings of values that recur in a file by the thousand: dates, courts, labels. Kept up to a bound, as files may be hostile.
const REMEMBERED_MAX = 10_000;
const LENGTH_MAX = 60;

export function remember<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  const readings = new Map<string, Reading>();
  return (text) => {
    if (text.length > LENGTH_MAX) return read(text);
    const known = readings.get(text);
    if (known !== undefined) return known;
    const reading = read(text);
    if (readings.size < REMEMBERED_MAX) readings.set(text, reading);
    return reading;
  };
}
