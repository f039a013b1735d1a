// ISO 7064 MOD 11-2, the check character that resident identity numbers and the new permanent residence cards share.

/** The check character of a run of decimal digits; a remainder of 10 is written X. */
export function mod112CharacterOf(digits: string): string {
  let remainder = 0;
  for (let i = 0; i < digits.length; i++) remainder = (remainder * 2 + digits.charCodeAt(i) - 48) % 11;
  return "10X98765432".charAt((remainder * 2) % 11);
}
