// Lets the visitor's browser ask a security key: what the key says goes into the form, which is sent as without a script.
// Browsers that lack these functions keep the code of the app.

/** Where forms say what they want of a key. */
const parts = document.querySelectorAll<HTMLElement>("[data-security-key]");

if (isAble()) for (const part of parts) offer(part);

function isAble(): boolean {
  return (
    "PublicKeyCredential" in globalThis &&
    "parseRequestOptionsFromJSON" in PublicKeyCredential &&
    "parseCreationOptionsFromJSON" in PublicKeyCredential
  );
}

/** `part` holds the button, a field for what the key says and a place for what went wrong; it is hidden until it works. */
function offer(part: HTMLElement): void {
  const form = part.closest("form");
  const button = part.querySelector("button");
  const field = part.querySelector<HTMLInputElement>("input[type=hidden]");
  const told = part.querySelector<HTMLElement>("[role=status]");
  if (!form || !button || !field || !told) return;
  part.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = "";
    button.disabled = true;
    send(form, field, part.dataset["securityKey"] === "create").catch(() => {
      told.textContent = told.dataset["failed"] ?? "";
      button.disabled = false;
    });
  });
}

async function send(form: HTMLFormElement, field: HTMLInputElement, isNew: boolean): Promise<void> {
  field.value = JSON.stringify(await ask(isNew));
  form.submit();
}

async function ask(isNew: boolean): Promise<unknown> {
  const credential = isNew ? await create() : await get();
  if (!(credential instanceof PublicKeyCredential)) throw new Error("the key said nothing");
  return credential.toJSON();
}

async function create(): Promise<Credential | null> {
  const options = await read("/v1/account/security-keys/options", "GET");
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  return navigator.credentials.create({ publicKey });
}

async function get(): Promise<Credential | null> {
  const options = await read("/v1/sessions/challenge", "POST");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return navigator.credentials.get({ publicKey });
}

async function read(path: string, method: string): Promise<unknown> {
  const answer = await fetch(path, { method });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}
