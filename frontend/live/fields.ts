// What somebody types, and for whom: a field whose text stays on the device until it is sent.
import { h } from "./dom";
import type { Scene } from "./screens";
import type { Person } from "./sight";

/** Characters of what somebody types. */
export const LONGEST = 600;

/** A field whose text stays on the device until it is sent. `begins`: what one goes on from; `lack`: that it is
 * needed, when it was left out. */
export function field(scene: Scene, name: string, label: string, rows = 3, hint = "", { begins = "", autocapitalize = "", lack = false }: { begins?: string; autocapitalize?: string; lack?: HTMLElement | false } = {}): HTMLDivElement {
  const text = h("textarea", {
    id: `f-${name}`,
    rows,
    maxlength: LONGEST,
    autocapitalize: autocapitalize || null,
    "aria-describedby": [hint && `h-${name}`, lack && lack.id].filter(Boolean).join(" ") || null,
    "aria-invalid": lack ? "true" : null,
    input: () => void scene.outbox.draft(name, text.value),
  });
  text.defaultValue = begins;
  text.value = scene.outbox.draft(name) || begins;
  return h("div", { class: "field" }, h("label", { for: `f-${name}` }, label), hint && h("p", { class: "hint", id: `h-${name}` }, hint), text, lack);
}

/** One line that may stay empty; kept in the same way. */
export function line(scene: Scene, name: string, label: string, longest: number): HTMLDivElement {
  const text = h("input", { id: `f-${name}`, maxlength: longest, autocomplete: "off", input: () => void scene.outbox.draft(name, text.value) });
  text.value = scene.outbox.draft(name);
  return h("div", { class: "field" }, h("label", { for: `f-${name}` }, label), text);
}

/** What was typed in it; the field is as it began after that. "" when there is nothing. */
export function emptied(scene: Scene, name: string): string {
  const text = document.getElementById(`f-${name}`) as HTMLInputElement | HTMLTextAreaElement | null;
  const value = text?.value.trim() && text.value;
  if (text && value) {
    text.value = text.defaultValue;
    scene.outbox.draft(name, "");
  }
  return value || "";
}

/** The same of a field that is needed, and where more may come. */
export function taken(scene: Scene, name: string): string {
  const value = emptied(scene, name);
  document.getElementById(`f-${name}`)?.focus();
  return value;
}

/** By whom this is given: by this person, or by somebody without a device. It is asked in every step anew. */
export function whom(scene: Scene, among: Person[] = scene.sight.people): HTMLElement | false {
  const { sight, outbox, t } = scene;
  const step = sight.shownStep!;
  const me = sight.me!.id;
  const people = writtenFor(scene).filter((person) => among.includes(person));
  if (!people.length) return false;
  const now = giver(scene, among)?.id;
  const choose = h("select", {
    id: "f-for",
    change: () => {
      outbox.draft(`for:${step.key}`, choose.value);
      outbox.changed();
    },
  });
  for (const person of [...among.filter((one) => one.id === me), ...people]) {
    choose.append(h("option", { value: person.id, selected: person.id === now }, person.id === me ? t("for_me") : person.name));
  }
  return h("div", { class: "field" }, h("label", { for: "f-for" }, t("for_whom")), choose);
}

/** Who is chosen there; at first this person. */
export function giver(scene: Scene, among: Person[] = scene.sight.people): Person | undefined {
  const { sight, outbox } = scene;
  const chosen = Number(outbox.draft(`for:${sight.shownStep!.key}`));
  const people = among.filter((person) => person.id === sight.me!.id || writtenFor(scene).includes(person));
  return people.find((person) => person.id === chosen) ?? people.find((person) => person.id === sight.me!.id) ?? people[0];
}

/** As an act says it: nothing when it is this person. */
export function onBehalf({ sight }: Scene, person: Person): { for?: number } {
  return person.id === sight.me!.id ? {} : { for: person.id };
}

/** Who has no device, when this person writes for them. */
export function writtenFor({ sight }: Scene): Person[] {
  const me = sight.me;
  const writes = me && (me.leads || me.roles.includes("scribe"));
  return writes ? sight.people.filter((person) => person.written_for) : [];
}
