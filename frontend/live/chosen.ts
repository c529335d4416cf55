// What got most dots in a work form stays in sight while one works with it, and whose it is may present it.
import { h, part } from "./dom";
import type { Scene } from "./screens";
import { heapHead } from "./seen";
import type { StepShown } from "./setting";
import type { Card, Heap } from "./sight";

/** What a step is about: what was chosen, and what was written since beside the cards that it was chosen from. */
export interface About {
  chosen: Heap[];
  written: Card[];
}

export function whatItIsAbout(scene: Scene, step: StepShown): About {
  const choice = choiceBefore(scene, step);
  const agrees = step.kind === "agree";
  if (!choice || (agrees && !decided(scene, step, choice))) return { chosen: [], written: [] };
  return { chosen: chosen(scene, step, choice), written: agrees ? written(scene, step) : [] };
}

/** Whether the group was asked to go on with what was chosen: what is agreed then is about that. */
function decided({ setting, sight }: Scene, step: StepShown, choice: StepShown): boolean {
  return setting.steps.slice(0, sight.at).some((one) => one.item === step.item && one.kind === "consent" && one.of === choice.of);
}

/** The last step of the same work form in which dots were given. */
function choiceBefore({ setting, sight }: Scene, step: StepShown): StepShown | undefined {
  return setting.steps.slice(0, sight.at).filter((one) => one.item === step.item && one.kind === "dots").at(-1);
}

/** Cards of talks beside those that were chosen from: a sentence that was bettered there is read as it is now. */
export function written(scene: Scene, step: StepShown): Card[] {
  const { setting, sight } = scene;
  const choice = choiceBefore(scene, step);
  if (!choice) return [];
  const since = setting.steps.slice(setting.steps.indexOf(choice), sight.at);
  return since.filter((one) => one.item === step.item && one.kind === "talk" && one.of === choice.of).flatMap((one) => sight.cards(one.key));
}

/** The card or pile that was chosen before this step of the same work form; more when they have as many dots. */
function chosen({ setting, sight }: Scene, step: StepShown, choice: StepShown): Heap[] {
  if (!["talk", "round", "write", "agree"].includes(step.kind)) return [];
  if (choice.of === step.of) return []; // beside the cards that it was chosen from, it lies on top of them
  const counts = sight.dots(choice.key) ?? {};
  const heaps = sight.heaps(choice.of);
  // Who was chosen may say no: then it is about the card of who presents instead.
  const presenter = sight.people.find((person) => person.roles.includes("presenter"))?.id;
  const theirs = heaps.find((heap) => counts[heap.id] && writer(heap) === presenter);
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
  part("live-about", [it, sight.people.map((person) => person.name)], () => (it ? aboutIt(scene, it) : []));
}

export function aboutIt(scene: Scene, it: About): HTMLElement[] {
  const list = (said: string, things: HTMLElement[][]): HTMLElement[] =>
    things.length ? [h("p", { class: "muted" }, scene.t(said)), h("ul", { class: "live-cards" }, ...things.map((thing) => h("li", {}, ...thing)))] : [];
  const written_ = it.written.map((card) => [h("p", {}, card.text)]);
  return [...list("chosen", it.chosen.map((heap) => heapHead(scene, heap))), ...list("written_since", written_)];
}

/** Who wrote all that lies there; undefined when that is more than one. */
function writer(heap: Heap): number | undefined {
  const [first, ...others] = new Set(heap.cards.map((card) => card.by));
  return first && !others.length ? first : undefined;
}

/** By these dots a form finds its presenter, when from then on there is one in it. */
function choosesPresenter(steps: StepShown[], choice: StepShown): boolean {
  const form = steps.filter((one) => one.item === choice.item);
  const presents = form.findIndex((one) => one.speaks === "presenter" || one.speaks === "others");
  return presents > form.indexOf(choice);
}

/** Who leads makes who wrote the card with most dots presenter: this asks for it, and then says so. */
export function presenting({ setting, sight, outbox, t }: Scene, step: StepShown, heap: Heap): HTMLElement | false {
  const person = sight.people.find((one) => one.id === writer(heap));
  if (!person || setting.board || !sight.me?.leads || !choosesPresenter(setting.steps, step)) return false;
  const is = person.roles.includes("presenter");
  const become = (): void => outbox.do("role", { role: "presenter", person: person.id });
  const words = t(is ? "is_presenter" : "become_presenter", { name: person.name });
  return h("button", { class: "btn quiet", type: "button", id: `presenter-${heap.id}`, "aria-disabled": is ? "true" : null, click: is ? null : become }, words);
}
