import htmx from "htmx.org";
import { keepDrafts } from "./drafts";
import { sendOnce } from "./submits";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
// A refusal is an answer too: the server says where on the page it belongs (HX-Retarget).
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[234]..", swap: true },
  { code: "...", swap: false, error: true },
];

sendOnce();
keepDrafts();

/** Puts a text that the page carries in a <template> where a screen reader hears it. */
function say(template: string): void {
  const text = document.querySelector<HTMLTemplateElement>(`template#${template}`);
  const region = document.getElementById("messages");
  if (text && region) region.replaceChildren(text.content.cloneNode(true));
}

document.addEventListener("htmx:sendError", () => say("say-offline"));
document.addEventListener("htmx:responseError", () => say("say-failed"));

// Without a connection the browser would put its own page in the place of the form.
document.addEventListener(
  "submit",
  (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    say("say-offline");
  },
  true,
);

// An open menu closes at Escape and at a click elsewhere.
function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (except && menu.contains(except)) continue;
    menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target as Node));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  closeMenus(null);
  open?.querySelector("summary")?.focus();
});

// On a phone the tab of this page may lie outside the bar.
const current = document.querySelector<HTMLElement>(".tabs [aria-current]");
if (current?.parentElement) {
  const bar = current.closest<HTMLElement>(".tabs")!;
  bar.scrollLeft = current.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
}
