// What somebody takes away for everybody: once more is asked first, where that cannot be mended by writing it again.
import { versions } from "./chosen";
import { h } from "./dom";
import type { Scene } from "./screens";
import type { Card } from "./sight";

/** `name` and `value` are of its button; `text` says of what it is, to who cannot see that. */
interface Goes {
  name: string;
  value: string;
  words: string;
  text: string;
  question: string;
  go: () => void;
}

/** Of what it was asked. */
let asked = "";

/** A part in which something can be taken away depends on it. */
export const asking = (): string => asked;

export function askFirst({ outbox, t }: Scene, it: Goes): HTMLElement {
  const key = `${it.name}:${it.value}`;
  const ask = (what: string, to: string): void => {
    asked = what;
    outbox.changed();
    document.querySelector<HTMLElement>(to)?.focus();
  };
  if (asked !== key) return link(it, () => ask(key, "#sure-away"));
  const go = (): void => {
    const to = beside(it.name);
    it.go();
    ask("", to);
  };
  return h(
    "div",
    { class: "acts live-sure", id: "sure-away", role: "group", tabindex: -1, "aria-labelledby": "sure-away-words" },
    h("p", { id: "sure-away-words" }, it.question),
    h("button", { class: "btn", type: "button", id: "really-away", click: go }, t("really_away")),
    h("button", { class: "btn quiet", type: "button", id: "keep-card", click: () => ask("", `button[name=${it.name}][value="${it.value}"]`) }, t("keep_card")),
  );
}

function link({ name, value, words, text }: Omit<Goes, "question">, click: () => void): HTMLElement {
  return h("button", { class: "linklike", type: "button", name, value, click }, words, h("span", { class: "sr" }, `: ${text.slice(0, 40)}`));
}

/** Where one is when it is gone: at the next that can be taken away, or the one before it, or else at the question. */
function beside(name: string): string {
  const here = document.getElementById("sure-away");
  const others = [...document.querySelectorAll<HTMLButtonElement>(`button[name=${name}]`)];
  const after = others.find((one) => here && here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const to = after ?? others.at(-1);
  return to ? `button[name=${name}][value="${to.value}"]` : "#live-head";
}

/** Who leads takes a card of another away, as when a pupil is named in it: it is for good. */
export function away(scene: Scene, card: Card): HTMLElement | false {
  const { setting, sight, outbox, t } = scene;
  if (setting.board || sight.closed || !sight.me?.leads || card.mine || card.hidden) return false;
  return askFirst(scene, {
    name: "away",
    value: String(card.token ?? card.id),
    words: t("away_card"),
    text: card.text,
    question: t(card.token === undefined ? "sure_away" : "sure_away_no_ones"),
    go: () => outbox.do("away", { card: card.id || null, token: card.token ?? null }),
  });
}

/** A card of one's own goes at once; not where others answered to how it reads, and not where the same button asks at
 * the cards of others. */
export function drop(scene: Scene, card: Card): HTMLElement | false {
  const { setting, sight, outbox, t } = scene;
  if (setting.board || !(card.mine || card.hidden) || card.id <= 0) return false;
  const step = setting.steps.find((one) => one.key === card.step);
  const go = (): void => outbox.do("drop", { card: card.id });
  const isNow = step?.betters && versions(scene, step.of).at(-1)?.id === card.id;
  const it = { name: "drop", value: String(card.id), words: t("away_card"), text: card.text, go };
  if (!step?.betters && (card.hidden || !sight.me?.leads)) return link(it, go);
  return askFirst(scene, { ...it, question: t(isNow ? "sure_drop_sentence" : "sure_drop") });
}
