// Verifies a receipt in the visitor's own browser. Where a browser cannot, the form goes to the service as it does without
// this script.
import "./globals.ts";
import {
  isAbout,
  partySentences,
  type ReceiptReading,
  readReceiptFile,
  trustIn,
} from "../../../checks/reading/index.ts";
import type { Language } from "../../../platform/problem-catalogue.ts";
import { FILE_BYTES_MAX, type VerifyWording, wording } from "../wording.ts";
import { canVerify, settled } from "./crypto.ts";

const language: Language = document.documentElement.lang === "en" ? "en" : "zh";
const words: VerifyWording = wording[language];

const find = <Element extends HTMLElement>(id: string, kind: new () => Element): Element => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no #${id}`);
  return found;
};

const form = find("receipt-form", HTMLFormElement);
const file = find("receipt", HTMLInputElement);
const keys = find("keys", HTMLTextAreaElement);
const name = find("party-name", HTMLInputElement);
const number = find("party-number", HTMLInputElement);
const country = find("party-country", HTMLInputElement);
const where = find("where", HTMLElement);
const result = find("result", HTMLElement);
const purposes = JSON.parse(form.dataset["purposes"] ?? "{}") as Record<string, string>;

if (await canVerify()) {
  where.textContent = words.whereBrowser;
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void verifyHere().catch(() => showFault(file, words.faults.offline));
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    file.files = event.dataTransfer.files;
    void verifyHere().catch(() => showFault(file, words.faults.offline));
  });
  find("drop-hint", HTMLElement).hidden = false;
  // Fetched when somebody is about to need it: whoever then goes offline can still verify.
  name.closest("details")?.addEventListener("toggle", () => void loadIdentity().catch(() => {}), { once: true });
}

async function verifyHere(): Promise<void> {
  const [chosen] = file.files ?? [];
  if (!chosen) return showFault(file, words.faults.no_file);
  if (chosen.size > FILE_BYTES_MAX) return showFault(file, words.faults.too_large);
  const trust = await settled(() => trustIn(keys.value));
  if (!trust) return showFault(keys, words.faults.bad_key);
  if ((name.value === "") !== (number.value === "")) return showFault(name, words.faults.half_party);
  const bytes = Buffer.from(await chosen.arrayBuffer());
  const reading = await settled(() => readReceiptFile(bytes, trust, language, (code) => purposes[code]));
  show(reading, await readParty(reading));
}

const loadIdentity = () => import("../../../identity/index.ts");

/** What the party that was given has to do with the receipt; nothing of it leaves the browser. */
async function readParty({ opening }: ReceiptReading): Promise<keyof typeof partySentences | null> {
  if (!opening || name.value === "") return null;
  const { parseDocument } = await loadIdentity();
  const given = { name: name.value, number: number.value, ...(country.value && { country: country.value }) };
  return (await settled(() => isAbout(opening, given, parseDocument))) ? "agrees" : "differs";
}

function show({ verdict, sentence, details }: ReceiptReading, party: keyof typeof partySentences | null): void {
  const holds = verdict === "valid" && party !== "differs";
  const list = element("dl", ...details.flatMap(([label, value]) => [element("dt", label), element("dd", value)]));
  present(
    holds,
    element("h2", holds ? words.holds : words.fails),
    element("p", sentence),
    ...(party ? [element("p", partySentences[party][language])] : []),
    ...(details.length > 0 ? [list, element("p", words.limits)] : []),
  );
}

function showFault(field: HTMLElement, sentence: string): void {
  field.setAttribute("aria-invalid", "true");
  const link = element("a", sentence);
  link.href = `#${field.id}`;
  field.closest("details")?.setAttribute("open", "");
  present(false, element("h2", words.faults.title), element("p", link));
}

function present(holds: boolean, ...content: HTMLElement[]): void {
  if (holds) for (const field of [file, keys, name]) field.removeAttribute("aria-invalid");
  result.className = holds ? "card result result-good" : "card result result-bad";
  result.replaceChildren(...content);
  result.hidden = false;
  result.focus();
}

function element<Name extends keyof HTMLElementTagNameMap>(tag: Name, ...content: (Node | string)[]) {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}
