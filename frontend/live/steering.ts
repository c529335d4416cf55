// For who leads: the next step, the clock, showing the cards, who does what, and the end.
import { whereBettered } from "./chosen";
import { h, part, toQuestion } from "./dom";
import type { Scene } from "./screens";

/** At which step it was asked whether the meeting ends. */
let asked: number | undefined;

export function steering(scene: Scene): void {
  const { sight, setting, outbox, t } = scene;
  const me = sight.me;
  const keeps = me?.roles.includes("timekeeper") ?? false;
  const shows = Boolean(me && (me.leads || keeps) && !sight.closed);
  setting.root.classList.toggle("leading", shows);
  if (!me || !shows) {
    part("live-lead", ["no"], () => []);
    part("live-more", ["no"], () => []);
    return;
  }
  const step = sight.shownStep;
  const at = sight.step;
  const last = sight.at >= setting.steps.length - 1;
  const open = stillOpen(scene);
  part("live-lead", [sight.at, at?.shown, sight.turns?.place, sight.turns?.now, me.leads, asked, open], () => {
    if (!me.leads) return [];
    const first = opening(scene);
    const go = (): void => outbox.do("step", { was: sight.at, to: sight.at + 1 });
    const sentence = objectedTo(scene);
    const main = sentence < 0 && (!first || first.getAttribute("aria-disabled") === "true");
    const next = last ? ending(scene, main) : button("next", sight.at < 0 ? t("start") : t("next", { title: setting.steps[sight.at + 1]!.title }), go, main);
    if (open) next.setAttribute("aria-describedby", "still-open");
    return [h("div", { class: "live-go" }, first, next), open && h("p", { class: "muted", id: "still-open" }, open), back(scene, sentence), last && sure(scene)];
  });
  part("live-more", [sight.at, at?.since === null, sight.people, me.leads, asked], () => [
    step !== undefined &&
      h(
        "div",
        { class: "acts" },
        at?.since === null ? button("resume", t("resume"), () => outbox.do("resume")) : button("pause", t("pause"), () => outbox.do("pause")),
        button("stretch", t("stretch"), () => outbox.do("stretch", { minutes: 2 })),
      ),
    me.leads && h("details", { id: "lead-more" }, h("summary", {}, t("more")), choosing(scene), roles(scene), removing(scene), !last && ending(scene, false), !last && sure(scene)),
  ]);
}

/** Without `click` it stays where it was and does nothing: whoever presses it twice does nothing else by it. */
function button(id: string, words: string, click: (() => void) | undefined, main = false): HTMLElement {
  return h("button", { class: main ? "btn" : "btn quiet", type: "button", id, "aria-disabled": click ? null : "true", click }, words);
}

/** What comes before going on: showing what was written, or the next turn. */
function opening({ sight, outbox, t }: Scene): HTMLElement | undefined {
  const [step, at, turns] = [sight.shownStep, sight.step, sight.turns];
  if (step && at && step.hides && step.kind !== "exit") {
    const reveal = (): void => outbox.do("reveal", { step: step.key });
    return button("reveal", t(at.shown ? "all_see" : "reveal"), at.shown ? undefined : reveal, !at.shown);
  }
  if (!step || !turns) return undefined;
  const pass = (): void => outbox.do("turn", { step: step.key, was: turns.place });
  return turns.now === null ? button("next-turn", t("round_done"), undefined) : button("next-turn", t("next_turn"), pass, true);
}

/** With what consent is not there yet; who leads may go on all the same. */
function stillOpen({ sight, t }: Scene): string {
  const [step, at] = [sight.shownStep, sight.step];
  if (step?.kind !== "consent" || !at) return "";
  const objections = sight.consent(step.key)?.objections.length ?? 0;
  if (objections) return t(objections > 1 ? "open_objections" : "open_objection", { n: objections });
  return at.done < at.asked ? t("open_answers") : "";
}

/** With an objection: where the sentence is bettered; -1 when the form has no such step. */
function objectedTo(scene: Scene): number {
  const { sight } = scene;
  const step = sight.shownStep;
  return step?.kind === "consent" && sight.consent(step.key)?.objections.length ? whereBettered(scene, step) : -1;
}

function back({ sight, outbox, t }: Scene, to: number): HTMLElement | false {
  const go = (): void => {
    outbox.do("step", { was: sight.at, to });
    toQuestion();
  };
  return to >= 0 && button("back", t("back_to_sentence"), go, true);
}

function choosing({ setting, sight, outbox, t }: Scene): HTMLElement {
  const select = h("select", { id: "f-step" }, ...setting.steps.map((step, place) => h("option", { value: place, selected: place === sight.at }, `${place + 1}. ${step.title}`)));
  const go = (): void => outbox.do("step", { was: sight.at, to: Number(select.value) });
  return h("div", { class: "field" }, h("label", { for: "f-step" }, t("go_to")), select, h("button", { class: "btn quiet", type: "button", click: go }, t("go")));
}

function roles({ setting, sight, outbox, t }: Scene): HTMLElement {
  return h(
    "div",
    {},
    h("h2", {}, t("who_does_what")),
    ...Object.entries(setting.roles).map(([role, word]) => {
      const select = h("select", {
        id: `f-role-${role}`,
        change: () => outbox.do("role", { role, person: select.value ? Number(select.value) : null }),
      });
      select.append(h("option", { value: "" }, t("nobody")));
      for (const person of sight.people) {
        select.append(h("option", { value: person.id, selected: person.roles.includes(role) }, person.name));
      }
      return h("div", { class: "field" }, h("label", { for: `f-role-${role}` }, word), select);
    }),
  );
}

function removing({ sight, outbox, t }: Scene): HTMLElement | false {
  const others = sight.people.filter((person) => person.id !== sight.me?.id);
  if (!others.length) return false;
  const select = h("select", { id: "f-out" }, ...others.map((person) => h("option", { value: person.id }, person.name)));
  const out = (): void => outbox.do("remove", { person: Number(select.value) });
  return h("div", { class: "field" }, h("label", { for: "f-out" }, t("wrong_place")), select, h("button", { class: "btn quiet", type: "button", click: out }, t("take_out")));
}

function ending(scene: Scene, main: boolean): HTMLElement {
  return button("end", scene.t("end"), () => ask(scene, scene.sight.at), main && asked !== scene.sight.at);
}

/** Twice, the second time in another place: nobody ends a meeting by a slip, of a finger or of the enter key. */
function sure(scene: Scene): HTMLElement | false {
  const { sight, outbox, t } = scene;
  return (
    asked === sight.at &&
    h(
      "div",
      { class: "acts live-sure", id: "sure", role: "group", tabindex: -1, "aria-labelledby": "sure-end" },
      h("p", { id: "sure-end" }, t("sure_end")),
      h("button", { class: "btn", type: "button", id: "really-end", click: () => outbox.do("close") }, t("really_end")),
      h("button", { class: "btn quiet", type: "button", id: "not-yet", click: () => ask(scene, undefined) }, t("not_yet")),
    )
  );
}

function ask({ outbox }: Scene, at: number | undefined): void {
  asked = at;
  outbox.changed();
  document.getElementById(at === undefined ? "end" : "sure")?.focus();
}
