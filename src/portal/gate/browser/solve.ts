// Does the work that the page's ticket asks for, and sends the form with it. Where a browser cannot, the page says how
// long to wait, as it does without this script.
import { hasZeroBits, workText } from "../work.ts";

/** So many digests are under way at once: one by one a browser would mostly wait for itself. */
const AT_ONCE = 256;

const form = document.querySelector("form[data-ticket]");
const state = document.getElementById("challenge-state");
const solution = document.getElementById("challenge-solution");

if (form instanceof HTMLFormElement && solution instanceof HTMLInputElement && state && globalThis.crypto.subtle) {
  const { ticket = "", bits = "", busy = "" } = form.dataset;
  state.textContent = busy;
  solution.value = String(await solve(ticket, Number(bits)));
  form.submit();
}

async function solve(ticket: string, bits: number): Promise<number> {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += AT_ONCE) {
    const tried = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, at) => {
        const digest = await crypto.subtle.digest("SHA-256", encoder.encode(workText(ticket, String(first + at))));
        return hasZeroBits(new Uint8Array(digest), bits);
      }),
    );
    const found = tried.indexOf(true);
    if (found >= 0) return first + found;
  }
}
