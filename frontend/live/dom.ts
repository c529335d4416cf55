// A few lines to make elements, so that no text is ever read as HTML.

type Child = Node | string | false | null | undefined;
type Handler = (event: Event) => void;
type Value = string | number | boolean | null | undefined | Handler;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

const FIELDS = "input, select, textarea";

/** Of each part: what it was drawn from, and what that is about. */
const drawn = new WeakMap<HTMLElement, { key: string; about: string }>();

/** Draws a part of the page when what it depends on has changed, and leaves it alone otherwise: who is typing there, or
 * has it read out, is not disturbed. Where the focus was, it is again. The first of what it depends on is what it is
 * about: while that is the same, what somebody ticked, chose or typed and did not give yet is carried over. */
export function part(id: string, depends: unknown[], make: () => Child[]): boolean {
  const place = document.getElementById(id);
  if (!place) return false;
  const [key, about] = [JSON.stringify(depends), JSON.stringify([depends[0]])];
  const before = drawn.get(place);
  if (before?.key === key) return false;
  const left = [...place.querySelectorAll<HTMLElement>(`${FIELDS}, details`)];
  const focused = place.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  drawn.set(place, { key, about });
  const made = make().filter((child): child is Node | string => Boolean(child));
  const half = before?.about === about ? halfADay(place) : undefined;
  fill(place, made, half);
  const found = new Map([...place.querySelectorAll<HTMLElement>("[id], [name]")].map((one) => [nameOf(one), one]));
  if (before?.about === about) for (const one of left) carry(one, found.get(nameOf(one)));
  if (focused && focused !== document.activeElement) focus(found.get(nameOf(focused)), focused, before?.about !== about);
  return true;
}

/** A day that is being typed: of what is half there, the browser tells nothing that could be put into another field. */
function halfADay(place: HTMLElement): HTMLInputElement | undefined {
  const days = [...place.querySelectorAll<HTMLInputElement>("input[type=date]")];
  return days.find((day) => day === document.activeElement) ?? days.find((day) => day.validity.badInput);
}

/** Puts `made` in the place of what stands there. The field `kept` stays itself and is not taken out for a moment: what
 * is around it is made anew. */
function fill(place: Element, made: (Node | string)[], kept: HTMLInputElement | undefined): void {
  const old = kept && [...place.children].find((child) => child.contains(kept));
  const at = made.findIndex((one) => one instanceof Element && old && (one.id === kept.id || one.querySelector(`#${kept.id}`)));
  if (!old || at < 0) return place.replaceChildren(...made);
  for (const child of [...place.childNodes]) if (child !== old) child.remove();
  old.before(...made.slice(0, at));
  old.after(...made.slice(at + 1));
  if (old !== kept) fill(old, [...(made[at] as Element).childNodes], kept);
}

/** What an element is known by, before and after: of boxes with one name the value tells which. */
function nameOf(element: Element): string {
  return element.id || `${element.getAttribute("name")}=${element.getAttribute("value")}`;
}

/** Only what differs from how it was made: what has changed in the room is not put back. */
function carry(from: HTMLElement, to: HTMLElement | undefined): void {
  if (from instanceof HTMLDetailsElement && to instanceof HTMLDetailsElement) to.open = from.open;
  else if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) {
    const made = [...from.options].find((option) => option.defaultSelected) ?? from.options[0];
    const there = [...to.options].some((option) => option.value === from.value);
    if (from.value !== made?.value && there) to.value = from.value;
  } else if (from instanceof HTMLTextAreaElement && to instanceof HTMLTextAreaElement) {
    if (from.value !== from.defaultValue) to.value = from.value;
  } else if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    if (from.checked !== from.defaultChecked) to.checked = from.checked;
    if (from.value !== from.defaultValue) to.value = from.value;
  }
}

/** In another step the eye does not go along with it: what is asked there stands on top. */
function focus(to: HTMLElement | undefined, from: HTMLElement, preventScroll: boolean): void {
  to?.focus({ preventScroll });
  const typing = (one: unknown): one is HTMLInputElement | HTMLTextAreaElement =>
    one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && one.selectionStart !== null);
  if (typing(from) && typing(to)) to.setSelectionRange(from.selectionStart, from.selectionEnd, from.selectionDirection ?? undefined);
}

/** Where who pressed something that goes, reads on: what is asked. */
export function toQuestion(): void {
  document.getElementById("live-head")?.focus({ preventScroll: true });
}
