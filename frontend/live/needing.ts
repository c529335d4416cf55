// What is needed before what somebody pressed can be done: one sentence where they pressed, that is read out too.
import { h } from "./dom";
import type { Outbox } from "./outbox";

let lacking = "";

/** At what something is needed; a part in which `needed` stands depends on it. */
export const lacks = (): string => lacking;

/** `at` "": nothing any more. */
export function need(outbox: Outbox, at: string): void {
  lacking = at;
  outbox.changed();
}

export function needed(at: string, words: string): HTMLElement | false {
  return lacking === at && h("p", { class: "error", role: "alert", id: `need-${at}` }, words);
}
