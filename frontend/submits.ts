// A slow answer must not become two of the same: while a form is under way, a second press of its button does
// nothing. It can be sent again when the answer is in, when the page comes back, or when none came for a while.

const WAIT = 8000;

interface Sent {
  button: HTMLElement | null;
  timer: number;
}

const underWay = new Map<HTMLFormElement, Sent>();

function release(form: HTMLFormElement): void {
  const sent = underWay.get(form);
  if (!sent) return;
  clearTimeout(sent.timer);
  sent.button?.removeAttribute("aria-disabled");
  underWay.delete(form);
}

export function sendOnce(): void {
  // In the capturing phase and first of all, so that nothing else takes the second press for a new text.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (underWay.has(form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (navigator.onLine) {
        const button = event.submitter;
        button?.setAttribute("aria-disabled", "true");
        underWay.set(form, { button, timer: window.setTimeout(() => release(form), WAIT) });
      }
    },
    true,
  );
  document.addEventListener("htmx:afterRequest", (event) => release(event.target as HTMLFormElement));
  window.addEventListener("pageshow", () => [...underWay.keys()].forEach(release));
}
