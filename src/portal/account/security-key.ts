// What pages need for security keys: the module that their browsers run, and forms that hold what a key said.
import { type BrowserModules, collectBrowserModules, readValues } from "../../ui/index.ts";

let collected: BrowserModules | undefined;

export function securityKeyModules(): BrowserModules {
  collected ??= collectBrowserModules(new URL("browser/security-key.ts", import.meta.url));
  return collected;
}

/** The form with what the key said under `name` as the JSON that it is; what is none is left for the API to refuse. */
export function bodyWithKey(form: FormData, name: string): Record<string, unknown> {
  const { [name]: said, ...values } = readValues(form);
  if (typeof said !== "string") return values;
  try {
    return { ...values, [name]: JSON.parse(said) as unknown };
  } catch {
    return { ...values, [name]: {} };
  }
}
