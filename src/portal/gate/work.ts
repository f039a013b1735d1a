// The work that a ticket asks for, as the service and browsers see it: a digest that begins with so many zero bits.

export function workText(ticket: string, solution: string): string {
  return `${ticket}.${solution}`;
}

export function hasZeroBits(digest: Uint8Array, bits: number): boolean {
  for (let bit = 0; bit < bits; bit++) if (((digest[bit >> 3] ?? 0xff) >> (7 - (bit & 7))) & 1) return false;
  return true;
}
