// Piles, dots and consent: what somebody does with what was written before.
import { h } from "./dom";
import { versions } from "./chosen";
import { need, needed } from "./needing";
import { emptied, field, line, onBehalf, taken, whom } from "./fields";
import type { Scene } from "./screens";
import { heapHead } from "./seen";
import type { StepShown } from "./setting";
import type { Person } from "./sight";

export function dots(scene: Scene, step: StepShown, by: Person): (HTMLElement | false)[] {
  const { t, sight, outbox } = scene;
  const mine = sight.ownDots(step.key, by.id);
  const isMe = by.id === sight.me!.id;
  // What everyone has seen does not move any more; who gave none yet, because they came late, still can.
  if (sight.step!.shown && mine.length) return [whom(scene)];
  const left = step.dots - mine.length;
  const rows = sight.heaps(step.of).filter((heap) => heap.id).map((heap) => {
    const own = mine.filter((id) => id === heap.id).length;
    const put = (on: boolean) => (): void => outbox.do("dot", { step: step.key, card: heap.cards[0]!.id, on, heap: true, ...onBehalf(scene, by) });
    const named = h("span", { class: "sr" }, `: ${(heap.name || heap.cards[0]!.text).slice(0, 40)}`);
    return h(
      "li",
      {},
      ...heapHead(scene, heap),
      h(
        "div",
        { class: "acts" },
        h("button", { class: "btn quiet", type: "button", id: `dot-${heap.id}`, disabled: left <= 0, click: put(true) }, t("give_dot"), named),
        own > 0 && h("span", { class: "live-dots" }, "●".repeat(own), h("span", { class: "sr" }, isMe ? t("own_dots", { n: own }) : t("dots", { n: own }))),
        own > 0 && h("button", { class: "linklike", type: "button", id: `dot-back-${heap.id}`, click: put(false) }, t("take_back"), named.cloneNode(true)),
      ),
    );
  });
  const words = isMe ? t("dots_left", { n: left }) : t("dots_left_for", { name: by.name, n: left });
  return [whom(scene), h("p", { class: "muted" }, words), h("ul", { class: "rows live-choose" }, ...rows)];
}

export function consent(scene: Scene, step: StepShown, by: Person): (HTMLElement | false)[] {
  const { t, sight, outbox } = scene;
  const given = sight.ownConsent(step.key, by.id);
  const said = given?.lapsed ? undefined : given;
  const isMe = by.id === sight.me!.id;
  const name = `objection:${step.key}`;
  const say = (goesOn: boolean, text: string): void => {
    need(outbox, "");
    const about = versions(scene, step.of).at(-1)?.id ?? 0;
    outbox.do("consent", { step: step.key, yes: goesOn, text, about, ...onBehalf(scene, by) });
  };
  const no = (): void => {
    const text = emptied(scene, name);
    if (text) say(false, text);
    else need(outbox, name);
    document.getElementById(`f-${name}`)?.focus();
  };
  const mine = (text: string): string => t(said?.yes ? "you_said_yes" : "you_objected", { text });
  const theirs = (text: string): string => t(said?.yes ? "they_said_yes" : "they_objected", { name: by.name, text });
  return [
    whom(scene),
    given?.lapsed === true && h("p", { class: "live-quiet" }, isMe ? t("say_again") : t("they_say_again", { name: by.name })),
    said !== undefined && h("p", { class: "muted" }, (isMe ? mine : theirs)(said.text)),
    h("button", { class: said?.yes ? "btn quiet" : "btn", type: "button", id: "yes", click: () => say(true, "") }, isMe ? t("can_go_on") : t("they_can_go_on", { name: by.name })),
    field(scene, name, t("or_objection"), 2, "", { lack: needed(name, t("objection_needed")) }),
    h("button", { class: "btn quiet", type: "button", id: "no", click: no }, t("object")),
  ];
}

export function piling(scene: Scene, step: StepShown): HTMLElement {
  const { t, sight, outbox } = scene;
  const cards = sight.cards(step.of).filter((card) => !card.hidden);
  const boxes = cards.map((card) =>
    h("label", {}, h("input", { type: "checkbox", name: "pile", value: card.id }), h("span", {}, card.text)),
  );
  const name = line(scene, `pile:${step.key}`, t("pile_name"), 120);
  name.querySelector("input")!.setAttribute("list", "piles");
  const together = (): void => {
    const ids = [...document.querySelectorAll<HTMLInputElement>("[name=pile]:checked")].map((box) => Number(box.value));
    if (!ids.length) return need(outbox, "pile");
    if (ids.length === 1 && !outbox.draft(`pile:${step.key}`).trim()) return need(outbox, "pile-of-one");
    need(outbox, "");
    for (const box of document.querySelectorAll<HTMLInputElement>("[name=pile]:checked")) box.checked = false;
    outbox.do("pile", { step: step.key, name: emptied(scene, `pile:${step.key}`), cards: ids });
  };
  const known = h("datalist", { id: "piles" }, ...sight.piles.map((pile) => h("option", { value: pile.name })));
  return h(
    "div",
    {},
    h("fieldset", { class: "choices" }, h("legend", {}, t("which_together")), ...boxes),
    name,
    needed("pile", t("tick_first")) || needed("pile-of-one", t("one_needs_name")),
    h("button", { class: "btn", type: "button", id: "together", click: together }, t("lay_together")),
    known,
  );
}
