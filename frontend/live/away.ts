// Who leads takes a card away for everybody, as when a pupil is named in it; once more is asked first, for it is for good.
import { h } from "./dom";
import type { Scene } from "./screens";
import type { Card } from "./sight";

/** Of which card it was asked. */
let asked = "";

/** A part in which cards stand depends on it. */
export const asking = (): string => asked;

export function away({ setting, sight, outbox, t }: Scene, card: Card): HTMLElement | false {
  if (setting.board || sight.closed || !sight.me?.leads || card.mine || card.hidden) return false;
  const key = String(card.token ?? card.id);
  const ask = (what: string, to: string): void => {
    asked = what;
    outbox.changed();
    document.querySelector<HTMLElement>(to)?.focus();
  };
  const here = `button[name=away][value="${key}"]`;
  if (asked !== key) {
    const named = h("span", { class: "sr" }, `: ${card.text.slice(0, 40)}`);
    return h("button", { class: "linklike", type: "button", name: "away", value: key, click: () => ask(key, "#sure-away") }, t("away_card"), named);
  }
  const go = (): void => {
    const to = beside();
    outbox.do("away", { card: card.id || null, token: card.token ?? null });
    ask("", to);
  };
  return h(
    "div",
    { class: "acts live-sure", id: "sure-away", role: "group", tabindex: -1, "aria-labelledby": "sure-away-words" },
    h("p", { id: "sure-away-words" }, t(card.token === undefined ? "sure_away" : "sure_away_no_ones")),
    h("button", { class: "btn", type: "button", id: "really-away", click: go }, t("really_away")),
    h("button", { class: "btn quiet", type: "button", id: "keep-card", click: () => ask("", here) }, t("keep_card")),
  );
}

/** Where one is when the card is gone: at the next that can be taken away, or the one before it, or else at the question. */
function beside(): string {
  const here = document.getElementById("sure-away");
  const others = [...document.querySelectorAll<HTMLButtonElement>("button[name=away]")];
  const after = others.find((one) => here && here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const to = after ?? others.at(-1);
  return to ? `button[name=away][value="${to.value}"]` : "#live-head";
}
