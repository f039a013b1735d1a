// Single keys on the pages behind the sign-in: / to the search, j and k through the rows of lists, ? shows them. They never
// act while something is typed, and everybody can switch them off on the page of their account (WCAG 2.2, 2.1.4).

const SWITCHED = "shortcuts";
const TYPED_IN = "input, select, textarea, [contenteditable]";
/** The way into a row: the browser itself opens it with Enter. */
const WAYS = "a[href], summary, button";

const keys = document.querySelector<HTMLDialogElement>("dialog#shortcut-keys");
const acts: Readonly<Record<string, () => boolean>> = {
  "/": goToSearch,
  j: () => goToRow(1),
  k: () => goToRow(-1),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  // What an input method composes is text, whichever key it begins with.
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isOff() || keys?.open || (event.target instanceof Element && event.target.closest(TYPED_IN))) return;
  if (Object.hasOwn(acts, event.key) && acts[event.key]?.()) event.preventDefault();
});
keys?.querySelector("button")?.addEventListener("click", () => keys.close());
offerSwitch();

function isOff(): boolean {
  return localStorage.getItem(SWITCHED) === "off";
}

function showKeys(): boolean {
  keys?.showModal();
  return keys !== null;
}

/** The search of this page, or the page of the area that has one. */
function goToSearch(): boolean {
  const field = document.querySelector<HTMLElement>("main [role=search] input:not([type=hidden])");
  if (field) field.focus();
  else document.querySelector<HTMLElement>("nav.area a[href$='/search'], nav.area a[href$='/checks']")?.click();
  return true;
}

function goToRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("main tbody tr")].filter((row) => row.querySelector(WAYS));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? rows.at(step > 0 ? 0 : -1) : rows[at + step];
  const way = next?.querySelector<HTMLElement>("a[href]") ?? next?.querySelector<HTMLElement>(WAYS);
  way?.focus();
  way?.scrollIntoView({ block: "nearest" });
  return way !== undefined;
}

/** On the page of the account: hidden where no script could heed it. */
function offerSwitch(): void {
  const part = document.querySelector<HTMLElement>("#shortcut-switch");
  const box = part?.querySelector("input");
  if (!part || !box) return;
  box.checked = !isOff();
  box.addEventListener("change", () => localStorage.setItem(SWITCHED, box.checked ? "on" : "off"));
  part.hidden = false;
}
