// The board fills the screen before the class: the question, the time and the code stay in view, and what was given
// fills the rest. What is too much for it is set smaller, and then counted.
import { say, type Setting } from "./setting";

/** Sizes of type, each smaller (`live.css`). */
const SIZES = 5;
/** By itself a thing on the board: what holds no others. */
const THINGS = ":is(li, article, blockquote):not(:has(li))";

let setting: Setting | undefined;

export function begin(of: Setting): void {
  setting = of;
  const seen = document.getElementById("live-seen");
  if (!of.board || !seen) return;
  new ResizeObserver(fit).observe(seen);
  void document.fonts.ready.then(fit);
}

export function fit(): void {
  const seen = document.getElementById("live-seen");
  if (!seen || !setting) return;
  const things = [...seen.querySelectorAll<HTMLElement>(THINGS)];
  seen.querySelector(".live-rest")?.remove();
  seen.dataset["size"] = "0";
  show(seen, things, things.length);
  if (getComputedStyle(seen).overflowY !== "hidden") return; // a small screen scrolls
  const fits = (): boolean => seen.scrollHeight <= seen.clientHeight + 1;
  for (let size = 0; size < SIZES; size += 1) {
    seen.dataset["size"] = String(size);
    if (fits()) return;
  }
  const rest = document.createElement("p");
  rest.className = "live-rest";
  seen.append(rest);
  let [most, too] = [0, things.length];
  while (too - most > 1) {
    const middle = Math.floor((most + too) / 2);
    show(seen, things, middle);
    rest.textContent = say(setting, "and_more", { n: things.length - middle });
    if (fits()) most = middle;
    else too = middle;
  }
  show(seen, things, most);
  rest.textContent = say(setting, "and_more", { n: things.length - most });
}

/** The first of them, and of piles those in which something is left. */
function show(seen: HTMLElement, things: HTMLElement[], most: number): void {
  things.forEach((thing, place) => (thing.hidden = place >= most));
  for (const whole of seen.querySelectorAll<HTMLElement>(":is(section, li):has(li)")) {
    whole.hidden = !whole.querySelector("li:not([hidden])");
  }
}
