// The page /verify: receipts, which a browser verifies by itself where it can, and codes of printed certificates.
import { findPurpose, purposeCodes } from "../../agencies/index.ts";
import { formatVerifierKey, knownKeysOf, type LogIdentity } from "../../audit/index.ts";
import {
  confirmCertificate,
  isAbout,
  parseCode,
  partySentences,
  readReceiptFile,
  trustIn,
} from "../../checks/index.ts";
import { parseDocument } from "../../identity/index.ts";
import { clientAddress, type ProxyList } from "../../platform/client-address.ts";
import type { Database } from "../../platform/database.ts";
import { readForm, textOf } from "../../platform/form-request.ts";
import { newRouter, type RequestContext } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { languageOf } from "../../platform/language.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import { confirmRedress } from "../../sanctions/index.ts";
import {
  browserModuleRoutes,
  type BrowserModules,
  collectBrowserModules,
  type Site,
  sitePage,
} from "../../ui/index.ts";
import { PUBLIC_HEADERS } from "../portal-page.ts";
import { createGuessLimit } from "./guess-limit.ts";
import { type Fault, type Finding, isGood, verifyContent } from "./verify-page.ts";
import { FILE_BYTES_MAX, wording } from "./wording.ts";

/** A receipt, keys, and what frames the parts of a form. */
const FORM_BYTES_MAX = FILE_BYTES_MAX + 16 * 1024;
const CODE_FORM_BYTES_MAX = 1024;

const titleOfPurpose = (code: string) => findPurpose(code)?.title;
const purposes = JSON.stringify(Object.fromEntries(purposeCodes.map((code) => [code, titleOfPurpose(code)])));

export type VerifyRoutesOptions = {
  db: Database;
  ring: KeyRing;
  identity: LogIdentity;
  proxies: ProxyList;
  site: Site;
};

export function verifyRoutes({ db, ring, identity, proxies, site }: VerifyRoutesOptions) {
  const router = newRouter();
  const modules = browserModules();
  const ownKeys = knownKeysOf(identity).map(formatVerifierKey).join("\n");
  const guesses = createGuessLimit();
  router.route("/", browserModuleRoutes(modules));

  router.get("/verify", (c) => answer(c, null));

  router.post("/verify", async (c) => {
    const form = await readForm(c, FORM_BYTES_MAX);
    const keys = textOf(form, "keys") || ownKeys;
    return answer(c, await readReceipt(form, keys, languageOf(c.req.header("accept-language"))), keys);
  });

  router.post("/verify/certificate", async (c) => {
    const code = parseCode(textOf(await readForm(c, CODE_FORM_BYTES_MAX), "code"));
    if (code === null) return answer(c, fault("bad_code", "code"));
    const address = clientAddress(c.env.incoming, proxies);
    const wait = guesses.secondsToWait(address);
    if (wait > 0) {
      c.header("Retry-After", String(wait));
      return answer(c, fault("too_many", "code"));
    }
    const redress = await confirmRedress(db, ring, code);
    if (redress) return answer(c, { kind: "redress", redress });
    const record = await confirmCertificate(db, ring, code);
    if (!record) guesses.countWrong(address);
    return answer(c, { kind: "certificate", record });
  });

  return router;

  function answer(c: RequestContext, finding: Finding | null, keys = ownKeys) {
    const language = languageOf(c.req.header("accept-language"));
    const { title, fails, faults } = wording[language];
    const state = finding?.kind === "fault" ? `${faults.title}：` : finding && !isGood(finding) ? `${fails}：` : "";
    const content = verifyContent({ language, keys, purposes, finding });
    const shown = { title: state + title, content, language, current: "/verify", module: modules.entry };
    return c.html(sitePage(site, shown), statusOf(finding), {
      ...PUBLIC_HEADERS,
      "Cache-Control": "no-store",
      "Content-Language": language === "zh" ? "zh-CN" : "en",
      Vary: "Accept-Language",
    });
  }
}

let collected: BrowserModules | null = null;

/** Collected once a process: stripping the types takes a tenth of a second. */
function browserModules(): BrowserModules {
  const place = (name: string) => new URL(`browser/${name}`, import.meta.url);
  collected ??= collectBrowserModules(place("verify.ts"), { "node:crypto": place("crypto.ts") });
  return collected;
}

function fault(what: Fault, field: string): Finding {
  return { kind: "fault", fault: what, field };
}

function statusOf(finding: Finding | null): 200 | 422 | 429 {
  if (finding?.kind !== "fault") return 200;
  return finding.fault === "too_many" ? 429 : 422;
}

/** What browsers do by themselves (`browser/verify.ts`), for those that cannot. */
async function readReceipt(form: FormData, keys: string, language: Language): Promise<Finding> {
  const file = form.get("receipt");
  if (!(file instanceof File) || file.size === 0) return fault("no_file", "receipt");
  if (file.size > FILE_BYTES_MAX) return fault("too_large", "receipt");
  const trust = trustIn(keys);
  if (!trust) return fault("bad_key", "keys");
  const [name, number, country] = [textOf(form, "name"), textOf(form, "number"), textOf(form, "country")];
  if ((name === "") !== (number === "")) return fault("half_party", "party-name");
  const reading = readReceiptFile(Buffer.from(await file.arrayBuffer()), trust, language, titleOfPurpose);
  if (!reading.opening || name === "") return { kind: "receipt", reading, party: null };
  const agrees = isAbout(reading.opening, { name, number, ...(country && { country }) }, parseDocument);
  return {
    kind: "receipt",
    reading,
    party: { agrees, sentence: partySentences[agrees ? "agrees" : "differs"][language] },
  };
}
