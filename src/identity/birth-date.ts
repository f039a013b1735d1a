// Birth dates as identity numbers hold them, and the age of majority.
const adultAge = 18;
const digitsOfDate = /^(18|19|20)\d{6}$/;

/** `YYYYMMDD` as `YYYY-MM-DD`, or null when the calendar has no such day. No age is too high: numbers are for life. */
export function birthDateOf(digits: string): string | null {
  if (!digitsOfDate.test(digits)) return null;
  const month = Number(digits.slice(4, 6));
  const day = Number(digits.slice(6));
  if (month < 1 || month > 12 || day < 1 || day > daysOf(Number(digits.slice(0, 4)), month)) return null;
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** Art. 4: whoever is under 18 on that day may not be listed. Both dates are `YYYY-MM-DD`. */
export function isMinor(birthDate: string, onDate: string): boolean {
  const comesOfAge = String(Number(birthDate.slice(0, 4)) + adultAge) + birthDate.slice(4);
  return onDate < comesOfAge;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
