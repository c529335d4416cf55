// What got most dots in a work form stays in sight while one works with it, and whose it is may present it.
import { h, part } from "./dom";
import type { Scene } from "./screens";
import { heapHead } from "./seen";
import type { StepShown } from "./setting";
import type { Heap } from "./sight";

/** The card or pile that was chosen before this step of the same work form; more when they have as many dots. */
export function chosen({ setting, sight }: Scene, step: StepShown): Heap[] {
  if (!["talk", "round", "write"].includes(step.kind)) return [];
  const choice = setting.steps.slice(0, sight.at).filter((one) => one.item === step.item && one.kind === "dots").at(-1);
  if (!choice || choice.of === step.of) return []; // beside the cards that it was chosen from, it lies on top of them
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
  const heaps = step && !sight.closed && !setting.board ? chosen(scene, step) : [];
  part("live-about", [heaps, sight.people.map((person) => person.name)], () => aboutThem(scene, heaps));
}

export function aboutThem(scene: Scene, heaps: Heap[]): HTMLElement[] {
  if (!heaps.length) return [];
  return [h("p", { class: "muted" }, scene.t("chosen")), h("ul", { class: "live-cards" }, ...heaps.map((heap) => h("li", {}, ...heapHead(scene, heap))))];
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
