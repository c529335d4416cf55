// What stands on a screen: one question, one field, one button. The parts are in the page (`live.html`); each is drawn
// anew only when what it shows has changed.
import { asking } from "./away";
import { about, asItIsNow } from "./chosen";
import type { Clock } from "./clock";
import { h, part } from "./dom";
import { emptied, field, giver, onBehalf, taken, whom, writtenFor } from "./fields";
import { closing } from "./harvest";
import { lookingBack } from "./lookback";
import { lacks } from "./needing";
import type { Outbox, Sent } from "./outbox";
import { seen, unasked, word } from "./seen";
import { type Setting, type StepShown, say } from "./setting";
import type { Person, Sight } from "./sight";
import { steering } from "./steering";
import { consent, dots, piling } from "./voting";

export interface Scene {
  setting: Setting;
  sight: Sight;
  outbox: Outbox;
  clock: Clock;
  /** A sentence of the page in the reader's language. */
  t: (key: string, values?: Record<string, string | number>) => string;
}

/** A question of more characters is set smaller on the board. */
const LONG = 70;
let before = -2;
/** The step of which it was said that all see what was given. */
let said = "";

export function draw(setting: Setting, sight: Sight, outbox: Outbox, clock: Clock): void {
  const scene: Scene = { setting, sight, outbox, clock, t: (key, values) => say(setting, key, values) };
  const moves = before !== -2 && before !== sight.at && !isTyping();
  state(scene);
  heading(scene);
  setting.root.classList.toggle("closed", sight.closed);
  const door = document.getElementById("live-door");
  if (door) door.hidden = sight.at >= 0;
  if (setting.board) board(scene);
  else if (sight.closed) ended(scene);
  else doing(scene);
  about(scene);
  word(scene);
  seen(scene);
  inOrder(scene);
  people(scene);
  if (!setting.board) {
    given_back(scene);
    steering(scene);
  }
  if (moves) window.scrollTo(0, 0); // what is asked now stands on top
}

/** Under the question comes what is decided on, and what was given once all see it; then what one may still give. */
function inOrder({ sight, setting }: Scene): void {
  const [doing, seen_] = [document.getElementById("live-doing"), document.getElementById("live-seen")];
  if (setting.board || !doing || !seen_) return;
  const step = sight.shownStep;
  const decides = step?.kind === "consent" || step?.kind === "agree";
  const first = !sight.closed && Boolean(decides ? step.of : step?.hides && sight.step?.shown);
  if (first === (seen_.nextElementSibling === doing)) return;
  const focused = seen_.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  doing[first ? "before" : "after"](seen_);
  focused?.focus();
}

function state({ setting, sight, outbox, t }: Scene): void {
  const outside = sight.outside || outbox.outside || sight.me?.gone === true;
  const count = outbox.waiting.length;
  const away = !sight.connected || outbox.failing;
  part("live-net", [outside, count, away, outbox.stored], () => {
    if (outside) return [h("span", { class: "net away" }, t("outside"))];
    const words = away ? (outbox.stored ? t("away") : t("away_unsafe")) : t("connected");
    const waiting = count > 0 && t(count === 1 ? "waits_one" : "waits", { n: count });
    return [h("span", { class: away ? "net away" : "net" }, words, " "), waiting && h("span", { class: "muted" }, waiting)];
  });
  document.documentElement.toggleAttribute("data-unsent", count > 0);
  setting.root.setAttribute("data-state", outside ? "outside" : away ? "away" : "connected");
}

function heading(scene: Scene): void {
  const { setting, sight, t } = scene;
  const step = sight.shownStep;
  const names = (role: string): string =>
    sight.people.filter((person) => person.roles.includes(role)).map((person) => person.name).join(", ");
  const roles = Object.entries(setting.roles).flatMap(([role, word]) => (names(role) ? [`${word} ${names(role)}`] : []));
  const tells = step && (step.kind === "exit" ? howWasIt(scene, step) : (step.hint_to_all || (!setting.board && sight.me?.leads)) && step.hint);
  part("live-head", [sight.known, sight.closed, sight.at, roles, tells], () => {
    if (!sight.known) return [h("p", { class: "muted" }, t("coming"))];
    if (sight.closed) return [h("h1", {}, t("closed"))];
    if (!step) return [h("h1", {}, t("before")), h("p", { class: "lead" }, t("before_how"))];
    const place = t("place", { n: sight.at + 1, of: setting.steps.length });
    return [
      h("p", { class: "muted" }, [place, step.title].join(" · ")),
      setting.board && roles.length > 0 && h("p", { class: "muted" }, roles.join(" · ")),
      h("h1", { class: step.prompt.length > LONG ? "long" : null }, step.prompt),
      tells && h("p", { class: "hint" }, tells),
    ];
  });
  part("live-steps", [sight.at, sight.closed], () =>
    setting.steps.map((_one, place) => {
      const now = place === sight.at && !sight.closed;
      return h("li", { class: now ? "now" : place < sight.at || sight.closed ? "done" : "", "aria-current": now && "step" });
    }),
  );
  part("live-time", [sight.at >= 0, sight.closed, Boolean(sight.turns), sight.step?.since === null], () => {
    if (!step || sight.closed) return [];
    const paused = sight.step?.since === null && h("span", { class: "tag" }, t("paused"));
    return [
      h("p", { class: "live-clock" }, h("span", { id: "step-clock", role: "timer", "aria-label": t("time_left") }), paused),
      h("progress", { id: "step-bar", "aria-label": t("time_spent") }),
    ];
  });
  const region = document.getElementById("live-said");
  if (region && step?.hides && sight.step?.shown && step.kind !== "exit" && said !== step.key) {
    region.textContent = t("all_see");
    said = step.key;
  }
  if (before !== sight.at && sight.known) {
    if (region && step && before !== -2) region.textContent = `${t("place", { n: sight.at + 1, of: setting.steps.length })}: ${step.prompt}`;
    before = sight.at;
  }
}

/** With the questions at the end stands that they are without a name; where there are too few screens for that, the board
 * says what to do, and a phone why, under it. */
function howWasIt(scene: Scene, step: StepShown): string | false {
  if (!scene.sight.step) return false;
  return unasked(scene, step) ? scene.setting.board && scene.t("exit_tell") : scene.t("exit_asked");
}

function isTyping(): boolean {
  const at = document.activeElement;
  const types = at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && !["checkbox", "radio"].includes(at.type));
  return types && Boolean(at.value);
}

// -- what one does -----------------------------------------------------------------------------------

function doing(scene: Scene): void {
  const { sight, outbox, setting } = scene;
  const step = sight.shownStep;
  const me = sight.me;
  const at = sight.step;
  if (!step || !me || !at) return void part("live-doing", ["before"], () => []);
  const depends: unknown[] = [step.key, me.writes, me.speaks, at.shown];
  if (step.looks_back) depends.push(setting.agreed.map((one) => sight.became(one.id)));
  switch (step.kind) {
    case "write":
    case "talk":
    case "round":
    case "order": {
      const able = givers(scene);
      const by = giver(scene, able);
      depends.push(able, sight.turns?.now, by, by && isFull(scene, step, by), me.ready, isFull(scene, step, me), sight.given(step.key), outbox.pending("give"));
      const now = standing(scene, step);
      depends.push(now, writers(scene));
      depends.push(step.kind === "order" ? [sight.cards(step.of).map((card) => [card.id, card.pile]), lacks()] : 0);
      return void part("live-doing", depends, () => [
        step.looks_back && lookingBack(scene),
        ...(step.anonymous ? unsigned(scene, step) : writing(scene, step, by, now)),
        step.kind === "order" && piling(scene, step),
        step.kind === "write" && me.writes && ready(scene, step, by),
      ]);
    }
    case "dots":
    case "consent": {
      const by = giver(scene)!;
      depends.push(writtenFor(scene), by, outbox.pending(step.kind === "dots" ? "dot" : "consent"));
      if (step.kind === "dots") {
        depends.push(sight.heaps(step.of), sight.ownDots(step.key, by.id), me.leads, asking());
        return void part("live-doing", depends, () => dots(scene, step, by));
      }
      depends.push(sight.ownConsent(step.key, by.id), lacks());
      return void part("live-doing", depends, () => consent(scene, step, by));
    }
    default:
      return closing(scene, step, depends);
  }
}

/** Who may give a card now: this person, and for whom they write. */
const givers = (scene: Scene): Person[] => {
  const known = [...writtenFor(scene).map((person) => person.id), scene.sight.me!.id];
  return scene.sight.people.filter((person) => known.includes(person.id) && person.writes);
};

function ownCards({ sight, outbox }: Scene, step: StepShown, person: number): { text: string }[] {
  const own = sight.cards(step.key).filter((card) => card.by === person);
  const waits = outbox.waiting.filter((one) => isCard(one, step.key) && (one.data?.["for"] ?? sight.me?.id) === person);
  return [...own, ...waits.map(textOf)];
}

export function waitingCards(outbox: Outbox, step: string): { text: string }[] {
  return outbox.waiting.filter((one) => isCard(one, step) || (one.kind === "give" && one.step === step)).map(textOf);
}

const isCard = (one: Sent, step: string): boolean => one.kind === "card" && one.data?.["step"] === step;
const textOf = (one: Sent): { text: string } => ({ text: String(one.data?.["text"] ?? one.text) });

/** Of a text that is bettered: how it reads now, also when that is still on its way. */
function standing(scene: Scene, step: StepShown): string {
  const now = asItIsNow(scene, step);
  return (now && waitingCards(scene.outbox, step.key).at(-1)?.text) || now;
}

function writing(scene: Scene, step: StepShown, by: Person | undefined, now: string): (HTMLElement | false)[] {
  const { t, outbox, sight } = scene;
  const me = sight.me!;
  if (!by) {
    if (step.kind === "order") return [];  // what lies there is to be laid together
    if (sight.turns && (sight.turns.now ?? me.id) === me.id) return [];  // who has the word, and when all have had it
    const listens = step.speaks === "others" && !me.speaks;
    const names = writers(scene);
    const talks = step.kind === "talk" && step.speaks !== "nobody" && !listens;
    if (talks && names.length) return [h("p", { class: "live-quiet" }, t(names.length > 1 ? "write_along" : "writes_along", { names: names.join(", ") }))];
    if (step.looks_back) return []; // it is said in it what becomes of each
    const silent = step.speaks === "nobody" ? "just_read" : step.kind === "round" ? "just_listen" : "just_talk";
    return [h("p", { class: "live-quiet" }, t(listens ? "you_listen" : silent))];
  }
  const choose = whom(scene, givers(scene));
  if (isFull(scene, step, by)) {
    const words = by.id === me.id ? t("full", { n: step.cards }) : t("full_for", { name: by.name, n: step.cards });
    return [choose, h("p", { class: "muted" }, words)];
  }
  const name = `card:${step.key}`;
  const own = by.id === me.id ? t("your_card") : t("card_of", { name: by.name });
  if (step.betters) {
    const better = (): void => {
      const text = taken(scene, name);
      if (text.trim() !== now.trim()) give(scene, step, by, text);
    };
    return [choose, field(scene, name, t("as_now"), 3, "", { begins: now }), h("button", { class: "btn", type: "button", id: "better", click: better }, t("better"))];
  }
  return [choose, field(scene, name, step.kind === "talk" ? t("note") : own), h("button", { class: "btn", type: "button", click: () => give(scene, step, by, taken(scene, name)) }, t("add_card"))];
}

/** Who writes in this step, on a device of their own. */
const writers = ({ sight }: Scene): string[] => sight.people.filter((person) => person.writes && !person.written_for).map((person) => person.name);

function give(scene: Scene, step: StepShown, by: Person | undefined, text: string): void {
  if (!text) return;
  if (step.anonymous) scene.outbox.give(step.key, text);
  else if (by) scene.outbox.do("card", { step: step.key, text, ...onBehalf(scene, by) });
}

/** Has given all that the step allows. */
function isFull(scene: Scene, step: StepShown, by: { id: number }): boolean {
  if (step.anonymous) return scene.sight.given(step.key) + scene.outbox.pending("give") >= Math.max(1, step.cards);
  return step.cards > 0 && ownCards(scene, step, by.id).length >= step.cards;
}

function unsigned(scene: Scene, step: StepShown): (HTMLElement | false)[] {
  const { t, sight } = scene;
  if (!sight.me!.writes) return [h("p", { class: "live-quiet" }, t("just_talk"))];
  if (isFull(scene, step, sight.me!)) return [h("p", { class: "muted" }, t("given"))];
  const name = `give:${step.key}`;
  const add = (): void => give(scene, step, undefined, taken(scene, name));
  return [field(scene, name, t("your_card"), 3, t("unsigned")), h("button", { class: "btn", type: "button", click: add }, t("add_card"))];
}

/** Who says so is not asked whether what stands in the box belongs to it: it goes along. Who gave all they may, is. */
function ready(scene: Scene, step: StepShown, by: Person | undefined): HTMLElement {
  const { t, outbox, sight } = scene;
  const full = isFull(scene, step, sight.me!);
  const is = full || sight.me!.ready;
  const press = (): void => {
    if (!is) give(scene, step, by, emptied(scene, `${step.anonymous ? "give" : "card"}:${step.key}`));
    outbox.do("ready", { step: step.key, ready: !is });
  };
  return h("button", { class: "btn quiet", type: "button", id: "ready", "aria-pressed": is ? "true" : "false", "aria-disabled": full ? "true" : null, click: full ? null : press }, t("ready"));
}

function people({ sight, t, setting }: Scene): void {
  const shows = sight.people.length > 0 && !(setting.board && sight.at >= 0);
  part("live-people", [shows, sight.people], () => {
    if (!shows) return [];
    const roles = (person: Person): string => [...(person.member ? [] : [t("guest")]), ...person.roles.map((role) => setting.roles[role] ?? role)].join(", ");
    return [
      h("h2", {}, t("who", { n: sight.people.length })),
      h("ul", { class: "live-names" }, ...sight.people.map((person) => h("li", {}, person.name, roles(person) && h("span", { class: "muted" }, ` ${roles(person)}`)))),
    ];
  });
}

/** The other steps in which somebody began a text that is not given. What we know now is one text in all steps that ask
 * it: of these the last one before this. */
function begun({ setting, sight, outbox }: Scene): string[] {
  const now = sight.shownStep;
  const fields = ({ kind, key }: StepShown): string[] =>
    kind === "insight" ? ["insight-what", "insight-why"] : ["card", "give", "objection", "agree"].map((name) => `${name}:${key}`);
  const others = [...setting.steps.slice(sight.at + 1), ...setting.steps.slice(0, sight.at)];
  const kept = others.filter((step) => fields(step).some((name) => outbox.draft(name).trim()));
  const titles = new Map(kept.map((step) => [step.kind === "insight" ? step.kind : step.key, step.title]));
  if (now?.kind === "insight") titles.delete("insight");
  return [...titles.values()];
}

/** What could not be taken in is given back, to be kept elsewhere: no word that was typed is thrown away. */
function given_back(scene: Scene): void {
  const { setting, sight, outbox, t } = scene;
  const away = sight.closed ? [] : sight.away.filter((one) => !outbox.draft(`away:${one.id}`));
  const read = (id: number) => (): void => {
    outbox.draft(`away:${id}`, "read");
    outbox.changed();
  };
  const titles = sight.closed || !sight.step ? [] : begun(scene);
  part("live-back", ["back", outbox.returned, away, titles], () => [
    ...titles.map((title) => h("p", { class: "muted" }, t("begun", { title }))),
    ...away.map((one) =>
      h(
        "div",
        { class: "problems", role: "alert" },
        h("p", {}, t("was_away", { title: setting.steps.find((step) => step.key === one.step)?.title ?? "" })),
        h("button", { class: "linklike", type: "button", name: "read", value: one.id, click: read(one.id) }, t("put_away")),
      ),
    ),
    ...outbox.returned.map((returned) =>
      h(
        "div",
        { class: "problems", role: "alert" },
        h("p", {}, t(`why_${returned.why}`)),
        h("blockquote", {}, h("p", {}, returned.text)),
        h("button", { class: "linklike", type: "button", click: () => outbox.putAway(returned) }, t("put_away")),
      ),
    ),
  ]);
}

function ended({ t, setting, sight, outbox }: Scene): void {
  const chose = setting.steps.some((step) => step.kind === "consent" && sight.cards(step.of).length);
  const goal = chose && setting.decides && sight.me?.leads && setting.goal;
  part("live-doing", ["closed", outbox.waiting.length, goal], () => [
    outbox.waiting.length > 0 && h("p", { class: "problems" }, t("wait_to_leave")),
    h("p", { class: "lead" }, t(setting.member ? "thanks_member" : "thanks_name")),
    goal && h("p", {}, h("a", { class: "btn", href: goal }, t("make_goal"))),
    h("p", {}, h("a", { class: goal ? "btn quiet" : "btn", href: setting.member ? setting.minutes : setting.keep }, t(setting.member ? "to_minutes" : "keep_it"))),
  ]);
}

function board({ sight, t }: Scene): void {
  part("live-doing", [sight.at, sight.closed], () => [sight.closed && h("p", { class: "lead" }, t("thanks_board"))]);
}
