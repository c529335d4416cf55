// Passkeys: the browser makes one, or shows that it has one, and its answer travels in the form like any other field.
//
// A form says what it is for with data-passkey: "create" or "show" (what the server asks stands in #passkey-options)
// or "enter" (signing in; what it asks is fetched at the press of the button). Where no passkey can be used the form
// stays hidden, and the page says so.

type Json = Record<string, unknown>;

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");

/** The named fields of the server's question are bytes for the browser. */
function asked(question: Json, names: string[]): Json {
  const read = (value: unknown): unknown => (typeof value === "string" ? bytes(value) : value);
  const found: Json = { ...question };
  for (const name of names) if (found[name] !== undefined) found[name] = read(found[name]);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    const known = found[list] as Json[] | undefined;
    if (known) found[list] = known.map((each) => ({ ...each, id: read(each["id"]) }));
  }
  return found;
}

/** Everything of the browser's answer that is bytes is text for the server. */
function answered(credential: PublicKeyCredential): Json {
  const response: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = (credential.response as unknown as Record<string, ArrayBuffer | null | undefined>)[name];
    if (value) response[name] = text(value);
  }
  if ("getTransports" in credential.response) {
    response["transports"] = (credential.response as AuthenticatorAttestationResponse).getTransports();
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function create(question: Json): Promise<Json> {
  const publicKey = asked(question, ["challenge"]);
  publicKey["user"] = asked(question["user"] as Json, ["id"]);
  // One that signs in by itself: it knows who it is of, and that it is them.
  publicKey["authenticatorSelection"] = {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  const made = await navigator.credentials.create({ publicKey } as unknown as CredentialCreationOptions);
  return answered(made as PublicKeyCredential);
}

async function show(question: Json): Promise<Json> {
  const publicKey = asked(question, ["challenge"]);
  const shown = await navigator.credentials.get({ publicKey } as unknown as CredentialRequestOptions);
  return answered(shown as PublicKeyCredential);
}

async function fetched(address: string): Promise<Json> {
  const answer = await fetch(address, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Json;
}

async function go(form: HTMLFormElement): Promise<void> {
  const what = form.dataset["passkey"];
  const options =
    what === "enter"
      ? await fetched(form.action)
      : (JSON.parse(document.getElementById("passkey-options")!.textContent) as Json);
  const question = (options["creation_options"] ?? options["request_options"]) as { publicKey: Json };
  const answer = await (what === "create" ? create : show)(question.publicKey);
  form.querySelector<HTMLInputElement>("[name=credential]")!.value = JSON.stringify(answer);
  form.submit();
}

function sayFailed(): void {
  const said = document.querySelector<HTMLTemplateElement>("template#passkey-failed");
  if (said) document.getElementById("messages")?.replaceChildren(said.content.cloneNode(true));
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const button = form.querySelector<HTMLButtonElement>("button[type=button]")!;
    for (const part of document.querySelectorAll<HTMLElement>("[data-passkey-part]")) part.hidden = false;
    for (const part of document.querySelectorAll<HTMLElement>("[data-no-passkey]")) part.hidden = true;
    button.addEventListener("click", () => {
      button.disabled = true;
      go(form)
        .catch(sayFailed)
        .finally(() => (button.disabled = false));
    });
    // Enter in the name is a press of the button.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      button.click();
    });
  }
}
