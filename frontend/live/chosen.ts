// What got most dots in a work form stays in sight while one works with it, and whose it is may present it.
import { asking } from "./away";
import { h, part, toQuestion } from "./dom";
import type { Scene } from "./screens";
import { heapHead, objections } from "./seen";
import type { StepShown } from "./setting";
import type { Card, Heap } from "./sight";

/** What a step is about: what was chosen, or what became of it since. */
export function whatItIsAbout(scene: Scene, step: StepShown): Heap[] {
  const choice = choiceBefore(scene, step);
  const agrees = step.kind === "agree";
  if (!choice || (agrees && !step.of && !decided(scene, step, choice))) return [];
  const now = agrees ? versions(scene, choice.of).at(-1) : undefined;
  return now ? [{ id: now.id, name: null, cards: [now] }] : chosen(scene, step, choice);
}

/** Whether the group was asked to go on with what was chosen: what is agreed then is about that. */
function decided({ setting, sight }: Scene, step: StepShown, choice: StepShown): boolean {
  return setting.steps.slice(0, sight.at).some((one) => one.item === step.item && one.kind === "consent" && one.of === choice.of);
}

/** The last step of the same work form in which dots were given. */
function choiceBefore({ setting, sight }: Scene, step: StepShown): StepShown | undefined {
  return setting.steps.slice(0, sight.at).filter((one) => one.item === step.item && one.kind === "dots").at(-1);
}

/** What was made of one of these cards since, the last one last. What came late nobody had before them. */
export function versions({ setting, sight }: Scene, of: string): Card[] {
  const held = setting.steps.slice(0, sight.at + 1).filter((one) => one.of === of && one.betters);
  const cards = held.flatMap((one) => sight.cards(one.key)).filter((card) => !card.late);
  return cards.sort((a, b) => a.id - b.id);
}

/** Where the sentence is bettered that is decided on in this step. */
export function whereBettered({ setting }: Scene, step: StepShown): number {
  const place = setting.steps.indexOf(step);
  return setting.steps.findLastIndex((one, at) => at < place && one.of === step.of && one.betters);
}

/** How it reads now, to go on from; "" when that is not known yet. */
export function asItIsNow(scene: Scene, step: StepShown): string {
  const { sight } = scene;
  if (!step.betters) return "";
  const now = versions(scene, step.of).at(-1);
  if (now) return now.text;
  const counts = sight.dots(choiceBefore(scene, step)?.key ?? "") ?? {};
  const top = most(sight.heaps(step.of), counts);
  return top.length === 1 ? top[0]!.cards[0]!.text : "";
}

/** The card or pile that was chosen before this step of the same work form; more when they have as many dots. */
function chosen({ setting, sight }: Scene, step: StepShown, choice: StepShown): Heap[] {
  if (!["talk", "round", "write", "agree"].includes(step.kind)) return [];
  if (choice.of === step.of) return []; // beside the cards that it was chosen from, it lies on top of them
  const counts = sight.dots(choice.key) ?? {};
  const heaps = sight.heaps(choice.of);
  // Who was chosen may say no: then it is about the card of who presents instead.
  const presenter = sight.people.find((person) => person.roles.includes("presenter"))?.id;
  const theirs = heaps.find((heap) => counts[heap.id] && heap.cards.some((card) => presenter && card.by === presenter));
  return choosesPresenter(setting.steps, choice) && theirs ? [theirs] : most(heaps, counts);
}

export function most(heaps: Heap[], counts: Record<string, number>): Heap[] {
  const top = Math.max(0, ...heaps.map((heap) => counts[heap.id] ?? 0));
  return top ? heaps.filter((heap) => counts[heap.id] === top) : [];
}

/** On the board it is among what was given, so that all of it fits. */
export function about(scene: Scene): void {
  const { setting, sight } = scene;
  const step = sight.shownStep;
  const it = step && !sight.closed && !setting.board ? whatItIsAbout(scene, step) : undefined;
  const choice = it?.length ? choiceBefore(scene, step!) : undefined;
  const nobody = !sight.people.some((person) => person.roles.includes("presenter"));
  const against = setting.board ? [] : sight.objections;
  part("live-about", [it, sight.people, sight.me?.leads, asking(), against], () => {
    const asked = choice && nobody ? it!.flatMap((heap) => presenting(scene, choice, heap)) : [];
    const ask = asked.length > 0 && h("div", { class: "card", id: "no-presenter" }, h("p", {}, scene.t("no_presenter")), h("div", { class: "acts" }, ...asked));
    return [ask, ...(it ? aboutIt(scene, it) : []), ...objections(scene, against)];
  });
}

export function aboutIt(scene: Scene, it: Heap[]): HTMLElement[] {
  if (!it.length) return [];
  return [h("p", { class: "muted" }, scene.t("chosen")), h("ul", { class: "live-cards" }, ...it.map((heap) => h("li", {}, ...heapHead(scene, heap))))];
}

/** By these dots a form finds its presenter, when from then on there is one in it. */
function choosesPresenter(steps: StepShown[], choice: StepShown): boolean {
  const form = steps.filter((one) => one.item === choice.item);
  const presents = form.findIndex((one) => one.speaks === "presenter" || one.speaks === "others");
  return presents > form.indexOf(choice);
}

/** Who leads makes who wrote the card with most dots presenter: this asks for it, and then says so. Of a pile it can be
 * anyone who wrote in it. */
export function presenting({ setting, sight, outbox, t }: Scene, step: StepShown, heap: Heap): HTMLElement[] {
  if (setting.board || !sight.me?.leads || !choosesPresenter(setting.steps, step)) return [];
  const writers = sight.people.filter((person) => heap.cards.some((card) => card.by === person.id));
  return writers.map((person) => {
    const is = person.roles.includes("presenter");
    const become = (): void => {
      outbox.do("role", { role: "presenter", person: person.id });
      if (sight.shownStep !== step) toQuestion(); // where it is asked it goes, once there is one
    };
    const words = t(is ? "is_presenter" : "become_presenter", { name: person.name });
    return h("button", { class: is ? "btn quiet" : "btn", type: "button", id: `presenter-${heap.id}-${person.id}`, "aria-disabled": is ? "true" : null, click: is ? null : become }, words);
  });
}
