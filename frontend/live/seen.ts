// What everyone sees of what was given: cards, piles and dots, who has the word, what is known and agreed.
import { fit } from "./board";
import { asking, away, drop } from "./away";
import { aboutIt, most, presenting, versions, whatItIsAbout } from "./chosen";
import { h, part } from "./dom";
import { lookingBack } from "./lookback";
import { type Scene, waitingCards } from "./screens";
import { type StepShown, dayInWords } from "./setting";
import type { Agreement, Card, Heap, Insight, Objection } from "./sight";

/** The questions at the end, with too few screens: nothing could ever come of them (docs/decisions/0054). */
export function unasked({ sight, setting }: Scene, step: StepShown): boolean {
  return step.kind === "exit" && sight.step!.asked < setting.fewest;
}

export function seen(scene: Scene): void {
  const { sight, outbox, t, setting } = scene;
  const step = sight.shownStep;
  const at = sight.step;
  if (!step || !at || sight.closed) return void part("live-seen", ["none"], () => []);
  const cards = sight.cards(step.key);
  const chosen = chosenIn(scene, step);
  const before_ = step.of ? sight.heaps(step.of) : [];
  const about = setting.board ? whatItIsAbout(scene, step) : undefined;
  const made_of_it = step.of ? versions(scene, step.of) : [];
  const waits = setting.board ? [] : waitingCards(outbox, step.key);
  const depends = [step.key, at.shown, at.asked, at.done, cards, before_, waits, sight.piles, sight.dots(step.key), chosen && sight.dots(chosen), sight.consent(step.key), sight.objections, sight.people.map((p) => p.name), about, made_of_it, sight.me?.leads, asking(), step.kind === "dots" && sight.people, sight.insights, sight.agreements];
  const became = step.looks_back && setting.agreed.map((one) => sight.became(one.id));
  const drawn = part("live-seen", [...depends, became], () => {
    const made: (HTMLElement | false)[] = [];
    if (step.hides && !at.shown && !unasked(scene, step)) made.push(h("p", { class: "muted", id: "progress" }, t("progress", { n: at.done, of: at.asked }), " ", !setting.board && step.kind === "write" && !step.anonymous && t("only_you")));
    if (about) made.push(...aboutIt(scene, about));
    const said = sight.consent(step.key);
    if (said) made.push(h("p", {}, t("yes_count", { n: said.yes })), ...objections(scene, said.objections));
    if (setting.board) made.push(...objections(scene, sight.objections));
    if (setting.board && step.looks_back) made.push(lookingBack(scene));
    if (step.kind === "order") made.push(...piled(scene, before_, step));
    else if (!made_of_it.length && (cards.length || waits.length)) made.push(grid(scene, cards, waits));
    // To choose from; who may give dots has them before them already.
    if (made_of_it.length) made.push(...asItReads(scene, made_of_it, waits, () => (chosen ? counted(scene, chosen, before_) : piled(scene, before_))));
    else if (step.kind === "dots" && setting.board && !at.shown) made.push(...piled(scene, before_));
    else if (step.kind === "dots") made.push(...counted(scene, step.key, before_));
    else if (chosen) made.push(...counted(scene, chosen, before_));
    else if (step.kind !== "order") {
      if (step.kind === "agree" && before_.length) made.push(h("h2", {}, setting.steps.find((one) => one.key === step.of)?.title));
      made.push(...piled(scene, before_));
    }
    if (setting.board && step.kind === "insight") made.push(...saidIn(scene, step, sight.insights).map((one) => told(scene, one)));
    if (setting.board && step.kind === "agree") made.push(...agreed(scene, step));
    return made;
  });
  if (setting.board && drawn) fit();
}

/** Why somebody cannot go on with a sentence, and who. */
export function objections({ sight, t }: Scene, against: Objection[]): HTMLElement[] {
  return against.map((one) => h("blockquote", {}, h("p", {}, h("strong", {}, t("objection"), ": "), one.text || t("no_words")), h("footer", {}, sight.name(one.by))));
}

/** In a round: who has the word, for how long, and who is next. */
export function word({ sight, setting, outbox, t }: Scene): void {
  const turns = sight.closed ? undefined : sight.turns;
  const step = sight.shownStep;
  const mine = turns?.now !== null && turns?.now === sight.me?.id;
  const next = turns?.next.map((id) => sight.name(id)).filter(Boolean) ?? [];
  part("live-turn", [turns?.place, turns?.now, mine, next, turns && sight.name(turns.now)], () => {
    if (!turns || !step) return [];
    if (turns.now === null) return [h("p", { class: "live-quiet" }, t("round_done"))];
    const pass = (): void => outbox.do("turn", { step: step.key, was: turns.place });
    return [
      h("p", { class: "muted" }, t("has_the_word")),
      h(
        "div",
        { class: "live-word" },
        h("strong", {}, mine ? t("you") : sight.name(turns.now)),
        h("span", { id: "turn-clock", role: "timer", "aria-label": t("turn_left") }),
      ),
      h("progress", { id: "turn-bar", "aria-label": t("time_spent") }),
      mine && !setting.board && h("button", { class: "btn quiet", type: "button", id: "pass", click: pass }, t("pass_turn")),
      next.length > 0 && h("p", { class: "muted" }, t("after_this", { names: next.join(", ") })),
    ];
  });
}

/** After it, who works with the keyboard is at that card where it can be laid elsewhere. */
function loosen({ outbox, t }: Scene, step: StepShown, cards: Card[], words: string, named: string): HTMLElement {
  const go = (): void => {
    outbox.do("loose", { step: step.key, cards: cards.map((card) => card.id) });
    document.querySelector<HTMLElement>(`[name=pile][value="${cards[0]!.id}"]`)?.focus({ preventScroll: true });
  };
  return h("button", { class: "linklike", type: "button", name: words, value: cards[0]!.id, click: go }, t(words), h("span", { class: "sr" }, `: ${named.slice(0, 40)}`));
}

function grid(scene: Scene, cards: Card[], waits: { text: string }[], lays?: StepShown): HTMLElement {
  return h(
    "ul",
    { class: "live-cards" },
    ...cards.map((card) => one(scene, card, lays)),
    ...waits.map((card) => h("li", { class: "mine" }, h("p", {}, card.text), h("p", { class: "muted" }, scene.t("not_sent")))),
  );
}

/** How a text reads now; how it read before, and what it was chosen from, is there for who looks for it. */
function asItReads(scene: Scene, versions: Card[], waits: { text: string }[], chosenFrom: () => HTMLElement[]): HTMLElement[] {
  const before = versions.slice(0, -1).reverse();
  const now = grid(scene, versions.slice(-1), waits);
  if (scene.setting.board) return [now];
  return [now, h("details", { id: "as-before" }, h("summary", {}, scene.t("as_before")), before.length > 0 && grid(scene, before, []), ...chosenFrom())];
}

/** Of which step it is laid together: there a card can go out of its pile. */
function one(scene: Scene, card: Card, lays?: StepShown): HTMLLIElement {
  const { sight, t, setting } = scene;
  const names = card.by !== null && !(card.hidden && card.mine) && !setting.board;
  return h(
    "li",
    { class: card.mine ? "mine" : null },
    h("p", {}, card.text),
    names && h("p", { class: "muted" }, sight.name(card.by)),
    card.late && h("p", { class: "muted" }, t("came_later")),
    lays !== undefined && card.pile !== null && h("div", {}, loosen(scene, lays, [card], "out_of_pile", card.text)),
    drop(scene, card),
    away(scene, card),
  );
}

/** The name of a pile and what lies under it, or the words of a card by itself. */
export function heapHead(scene: Scene, heap: Heap): HTMLElement[] {
  const { sight, setting, t } = scene;
  const by = (card: Card): string => (setting.board ? "" : sight.name(card.by));
  const said = (card: Card): HTMLElement[] =>
    [h("p", {}, card.text), by(card) && h("p", { class: "muted" }, by(card)), away(scene, card)].filter((part): part is HTMLElement => Boolean(part));
  if (heap.name === null) return said(heap.cards[0]!);
  return [h("h2", {}, heap.name || t("pile")), h("ul", { class: "live-pile" }, ...heap.cards.map((card) => h("li", {}, ...said(card))))];
}

/** As they lie: each pile under its name, and then the cards by themselves. On the board as close as they can be. */
function piled(scene: Scene, heaps: Heap[], lays?: StepShown): HTMLElement[] {
  if (scene.setting.board) return heaps.length ? [h("ul", { class: "live-cards" }, ...heaps.map((heap) => h("li", {}, ...heapHead(scene, heap))))] : [];
  const loose = heaps.filter((heap) => heap.name === null).flatMap((heap) => heap.cards);
  const beside = loose.length > 0 && loose.length < heaps.length; // under the last pile they would seem to be of it
  return [
    ...heaps.filter((heap) => heap.name !== null).map((heap) => {
      const name = heap.name || scene.t("pile");
      return h("section", {}, h("h2", {}, name), lays && loosen(scene, lays, heap.cards, "take_apart", name), grid(scene, heap.cards, [], lays));
    }),
    ...(beside ? [h("section", {}, h("h2", {}, scene.t("loose_cards")), grid(scene, loose, []))] : loose.length ? [grid(scene, loose, [])] : []),
  ];
}

/** The step before this one in which dots were given to the same cards: what was chosen there lies on top here. */
function chosenIn({ setting, sight }: Scene, step: StepShown): string | undefined {
  if (!step.of || step.kind === "dots" || step.kind === "order") return undefined;
  const given = setting.steps.slice(0, sight.at).filter((one) => one.kind === "dots" && one.of === step.of && sight.dots(one.key));
  return given.at(-1)?.key;
}

/** Most dots first. What nobody chose is there for who looks for it. */
function counted(scene: Scene, step: string, heaps: Heap[]): HTMLElement[] {
  const { sight, setting, t } = scene;
  const counts = sight.dots(step);
  if (!counts) return [];
  const number = (heap: Heap): number => counts[String(heap.id)] ?? 0;
  const chosen = heaps.filter(number).sort((a, b) => number(b) - number(a));
  const others = heaps.filter((heap) => !number(heap));
  const dotted = (heap: Heap): HTMLElement => h("p", { class: "live-dots" }, "●".repeat(number(heap)), h("span", { class: "sr" }, t("dots", { n: number(heap) })));
  const top = sight.shownStep?.kind === "dots" ? most(heaps, counts) : [];
  const presents = (heap: Heap): HTMLElement[] => (top.includes(heap) ? presenting(scene, sight.shownStep!, heap) : []);
  const list = (of: Heap[]): HTMLElement => h("ol", { class: "live-cards" }, ...of.map((heap) => h("li", {}, number(heap) > 0 && dotted(heap), ...heapHead(scene, heap), ...presents(heap))));
  if (setting.board) return [list([...chosen, ...others])];
  if (!chosen.length) return piled(scene, others);
  return [list(chosen), ...(others.length ? [h("details", { id: "not-chosen" }, h("summary", {}, t("not_chosen", { n: others.length })), ...piled(scene, others))] : [])];
}

/** Of a work form what was said in that one; at the end of the meeting all of it. */
export function saidIn<T extends { at: number }>({ setting }: Scene, step: StepShown, things: T[]): T[] {
  return step.house ? things : things.filter((one) => setting.steps[one.at]?.item === step.item);
}

/** What somebody knows, when it does not work, and from whom each is. */
export function told({ sight, setting, t }: Scene, one: Insight): HTMLElement {
  const because = setting.scaffolds.find((each) => each.key === one.kind)?.because;
  return h(
    "article",
    { class: "card" },
    h("p", { class: "live-said" }, one.what),
    one.why && h("p", { class: "live-said" }, `${because} ${one.why}`),
    h("p", { class: "muted" }, [one.of_all && t("of_all"), sight.name(one.by), one.practice].filter(Boolean).join(" · ")),
    ...one.limits.map((limit) => h("p", {}, h("strong", {}, t("when_not")), " ", limit.text, h("span", { class: "muted" }, ` · ${sight.name(limit.by)}`))),
  );
}

/** Who tries what, and what was agreed. */
function agreed(scene: Scene, step: StepShown): (HTMLElement | false)[] {
  const [agreements, insights] = [saidIn(scene, step, scene.sight.agreements), saidIn(scene, step, scene.sight.insights)];
  const tried = insights.filter((one) => !step.house || one.tries.some((each) => each.on));
  return [
    ...tried.map((one) => h("article", { class: "card" }, h("p", { class: "live-said" }, one.what), ...tries(scene, one))),
    agreements.length > 0 && h("ul", { class: "rows" }, ...agreements.map((one) => h("li", {}, one.what, " ", whoAndWhen(scene, one)))),
  ];
}

/** Who does it, and when. */
export function whoAndWhen({ t }: Scene, one: Agreement): HTMLElement {
  const names = one.names.join(", ") || t("all_of_us");
  return h("span", { class: "muted" }, [names, one.by && dayInWords(one.by)].filter(Boolean).join(" · "));
}

/** Who tries it, and when. */
export function tries({ sight, t }: Scene, one: Insight): HTMLElement[] {
  const tried = one.tries.filter((each) => each.on);
  return tried.map((each) => h("p", { class: "muted" }, t("tries", { name: sight.name(each.by), day: dayInWords(each.on) })));
}
