// What someone typed stays on their own machine until the server says it was kept, so that it outlives a closed
// laptop, a lost session and a failed request. Forms with a textarea take part; data-draft="off" stays out
// (anonymous answers), and signing out forgets everything.

/** All that is kept on a machine begins so; what was given in a live room too (`live/outbox.ts`). */
const OURS = "leerkring:";
const PREFIX = `${OURS}draft:`;
const LIVE = `${OURS}live:`;
const DAYS = 14;
const TYPED = "textarea[name], select[name], input[name]:is([type=text], [type=url], [type=number], [type=date], [type=time], :not([type]))";

type Field = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;
interface Draft {
  at: number;
  values: Record<string, string>;
  /** Sent along with the form; the server gives it back in a cookie when the text was kept. */
  token?: string;
}

const person = (): string => document.documentElement.dataset["user"] ?? "";

function keyOf(form: HTMLFormElement): string {
  const where = new URL(form.getAttribute("hx-post") ?? form.action, location.href).pathname;
  return `${PREFIX}${person()}:${form.dataset["draft"] ?? `${where}#${form.id}`}`;
}

function takesPart(form: HTMLFormElement): boolean {
  return form.method === "post" && form.dataset["draft"] !== "off" && form.querySelector("textarea[name]") !== null;
}

const fieldsOf = (form: HTMLFormElement): Field[] => [...form.querySelectorAll<Field>(TYPED)];

/** The storage may be full or forbidden; then there are no drafts, and nothing else breaks. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function read(key: string): Draft | undefined {
  const kept = quietly(() => localStorage.getItem(key));
  return kept ? quietly(() => JSON.parse(kept) as Draft) : undefined;
}

const write = (key: string, draft: Draft): void => void quietly(() => localStorage.setItem(key, JSON.stringify(draft)));
const forget = (key: string): void => void quietly(() => localStorage.removeItem(key));

function keys(prefix: string): string[] {
  return quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
}

function remember(form: HTMLFormElement, token?: string): void {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) values[field.name] = field.value;
  write(keyOf(form), { at: Date.now(), values, ...(token && { token }) });
}

/** The server named the forms it kept; those older than two weeks go too. */
function sweep(): void {
  const saved = /(?:^|; )saved=([0-9a-f-]+)/.exec(document.cookie)?.[1];
  for (const key of keys(PREFIX)) {
    const draft = read(key);
    const stale = !draft || Date.now() - draft.at > DAYS * 24 * 3600 * 1000;
    if (stale || (saved && draft.token === saved)) forget(key);
  }
  // Of a meeting nothing is taken in any more by then.
  for (const key of keys(LIVE)) if (!(Date.now() - (read(key)?.at ?? 0) < DAYS * 24 * 3600 * 1000)) forget(key);
  if (saved) document.cookie = "saved=; Max-Age=0; Path=/; SameSite=Lax";
}

function restore(form: HTMLFormElement): void {
  const key = keyOf(form);
  const draft = read(key);
  const notice = document.querySelector<HTMLTemplateElement>("template#draft-notice");
  if (!draft || !notice) return;
  const before = new Map<Field, string>();
  for (const field of fieldsOf(form)) {
    const typed = draft.values[field.name];
    if (typed === undefined || typed === field.value) continue;
    before.set(field, field.value);
    field.value = typed;
    const fold = field.closest("details");
    if (fold) fold.open = true;
  }
  if (before.size === 0) return forget(key);
  form.prepend(notice.content.cloneNode(true));
  const shown = form.firstElementChild!;
  shown.querySelector("button")?.addEventListener("click", () => {
    for (const [field, value] of before) field.value = value;
    forget(key);
    shown.remove();
    before.keys().next().value?.focus();
  });
}

function tokenFor(form: HTMLFormElement): string {
  const token = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  let field = form.querySelector<HTMLInputElement>("input[name=draft-token]");
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "draft-token";
    form.append(field);
  }
  field.value = token;
  return token;
}

export function keepDrafts(): void {
  sweep();
  const restoreIn = (root: ParentNode): void => {
    for (const form of root.querySelectorAll("form")) if (takesPart(form)) restore(form);
  };
  restoreIn(document);
  document.addEventListener("htmx:load", (event) => {
    const part = event.target as HTMLElement;
    if (part !== document.body) restoreIn(part.parentElement ?? part);
  });

  document.addEventListener("input", (event) => {
    const form = (event.target as Field).form;
    if (form && takesPart(form)) remember(form);
  });
  // In the capturing phase, so that the token is there before htmx gathers the fields.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.dataset["draft"] === "forget-all") {
        // Without a connection nobody is signed out: it stays.
        if (navigator.onLine) keys(OURS).forEach(forget);
      } else if (takesPart(form)) remember(form, tokenFor(form));
    },
    true,
  );
  // Without a page load the cookie is read when the answer is in.
  document.addEventListener("htmx:afterRequest", sweep);
}
