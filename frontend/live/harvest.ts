// The closing of a meeting: what do we know now, what do we agree, how was it.
import { askFirst, asking } from "./away";
import { h, part } from "./dom";
import { lacks, need, needed } from "./needing";
import type { Scene } from "./screens";
import { emptied, field, giver, line, LONGEST, onBehalf, taken, whom } from "./fields";
import { saidIn, told, tries, unasked, whoAndWhen } from "./seen";
import type { Scaffold, StepShown } from "./setting";
import type { Agreement, Insight, Person } from "./sight";

/** Chosen where somebody would be: all together. */
const ALL = "all";

export function closing(scene: Scene, step: StepShown, depends: unknown[]): void {
  const { sight, outbox } = scene;
  if (step.kind === "insight") {
    const by = giver(scene)!;
    depends.push(sight.insights, sight.people, by, lacks(), outbox.draft(`kind:${step.key}`), outbox.pending("insight"));
    part("live-doing", depends, () => insight(scene, step, by));
  } else if (step.kind === "agree") {
    const by = giver(scene)!;
    depends.push(sight.agreements, sight.insights, sight.people, by, lacks(), asking(), outbox.pending("agreement"));
    part("live-doing", depends, () => agree(scene, step, by));
  } else {
    depends.push(sight.given(step.key), sight.step?.asked, outbox.pending("give"));
    part("live-doing", depends, () => exit(scene, step));
  }
}

function insight(scene: Scene, step: StepShown, by: Person): (HTMLElement | false)[] {
  const { setting, sight, outbox, t } = scene;
  const kept = outbox.draft(`kind:${step.key}`) || setting.scaffolds[0]!.key;
  const scaffold = setting.scaffolds.find((one) => one.key === kept) ?? setting.scaffolds[0]!;
  const kinds = setting.scaffolds.map((one) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name: "insight-kind",
        id: `kind-${one.key}`,
        checked: one.key === scaffold.key,
        change: () => {
          outbox.draft(`kind:${step.key}`, one.key);
          outbox.changed();
        },
      }),
      h("span", {}, one.choice),
    ),
  );
  const keep = (): void => {
    const what = whole(scaffold, taken(scene, "insight-what"));
    if (!what) return;
    const [why, practice] = [emptied(scene, "insight-why"), emptied(scene, "insight-practice")];
    const choose = document.getElementById("f-whose") as HTMLSelectElement | null;
    const of = choose?.value;
    if (choose) choose.value = "";
    outbox.do("insight", { kind: scaffold.key, what, why, practice, of: Number(of) || null, of_all: of === ALL, ...onBehalf(scene, by) });
  };
  const form = [
    h("fieldset", { class: "choices" }, h("legend", {}, t("what_kind")), ...kinds),
    whom(scene),
    field(scene, "insight-what", scaffold.what, 2, scaffold.example, { autocapitalize: "none" }),
    field(scene, "insight-why", scaffold.why, 2),
    whose(scene, by),
    line(scene, "insight-practice", t("which_practice"), 200),
    h("button", { class: "btn", type: "button", id: "keep-insight", click: keep }, t("keep_insight")),
    ...outbox.waiting.filter((one) => one.kind === "insight").map((one) => h("p", { class: "muted" }, `${String(one.data?.["what"])} · ${t("not_sent")}`)),
  ];
  // Who tries it is asked where something is agreed, when that comes after this.
  const asked = setting.steps.slice(sight.at + 1).some((one) => one.kind === "agree");
  const known = saidIn(scene, step, sight.insights).map((one) => captured(scene, one, by, !asked));
  // In a second step of this kind one works on with what was written in the first.
  const again = known.length > 0 && setting.steps.slice(0, sight.at).some((one) => one.kind === "insight" && (step.house || one.item === step.item));
  return again ? [...known, h("h2", {}, t("another")), ...form] : [...form, ...known];
}

/** As it is read by itself: who went on from how it begins, gets that before it. So does a page (`insights.scaffolds`). */
function whole({ stem }: Scaffold, text: string): string {
  const goesOn = text[0] !== text[0]?.toUpperCase() && text.split(/\s/)[0] !== stem.toLowerCase().split(" ")[0];
  const said = `${stem} ${text}`;
  return stem && goesOn && said.length <= LONGEST ? said : text;
}

/** Out of whose practice it is: at first of who says it. Only who has an account can be asked whether they may be named. */
function whose({ sight, setting, t }: Scene, by: Person): HTMLElement | false {
  if (!setting.member) return false;
  const others = sight.people.filter((person) => person.member && person.id !== by.id).map((person) => [String(person.id), person.name]);
  const options = [["", by.id === sight.me!.id ? t("of_me") : by.name], ...others, [ALL, t("of_all")]];
  const choose = h("select", { id: "f-whose", "aria-describedby": "h-whose" }, ...options.map(([value, words]) => h("option", { value }, words)));
  return h("div", { class: "field" }, h("label", { for: "f-whose" }, t("whose")), h("p", { class: "hint", id: "h-whose" }, t("whose_how")), choose);
}

function captured(scene: Scene, one: Insight, by: Person, asksWho: boolean): HTMLElement {
  const { outbox, sight, t } = scene;
  const own = one.by === by.id;
  const name = `limit:${one.id}`;
  const limit = (): void => {
    const text = taken(scene, name);
    if (text) outbox.do("limit", { insight: one.id, text, ...onBehalf(scene, by) });
  };
  const made = told(scene, one);
  const add = (...parts: (HTMLElement | false)[]): void => made.append(...parts.filter((each): each is HTMLElement => each !== false));
  add(...tries(scene, one));
  if (own) add(!one.limits.length && h("p", { class: "muted" }, t("colleague_asks")));
  else add(field(scene, name, t("ask_when_not"), 2, t("ask_author", { name: sight.name(one.by) })), h("button", { class: "btn quiet", type: "button", id: `limit-${one.id}`, click: limit }, t("add_limit")));
  if (asksWho) add(...trying(scene, one, by));
  return made;
}

/** On which day somebody tries it, who does not do so already. */
function trying(scene: Scene, one: Insight, by: Person): HTMLElement[] {
  const { outbox, sight, setting, t } = scene;
  if (one.by === by.id || (one.of_me && by.id === sight.me!.id)) return [];
  const isMe = by.id === sight.me!.id;
  const id = `f-try-${one.id}-${by.id}`;
  const say = (on: string): void => outbox.do("try", { insight: one.id, on, ...onBehalf(scene, by) });
  if (one.tries.some((each) => each.by === by.id && each.on)) {
    const back = h("span", { class: "sr" }, `: ${one.what.slice(0, 40)}`);
    return [h("p", {}, h("button", { class: "linklike", type: "button", id: `try-${one.id}`, click: () => say("") }, t("undo"), back))];
  }
  const attempt = (): void => {
    const day = document.getElementById(id) as HTMLInputElement;
    const on = day.value;
    if (!on) {
      need(outbox, id);
      return document.getElementById(id)?.focus();
    }
    day.value = "";
    need(outbox, "");
    say(on);
  };
  const lack = needed(id, t("day_needed"));
  return [
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, isMe ? t("try_on") : t("they_try_on", { name: by.name })),
      h("input", { type: "date", id, min: setting.today, "aria-invalid": lack ? "true" : null, "aria-describedby": lack ? lack.id : null }),
      lack,
    ),
    h("button", { class: "btn quiet", type: "button", id: `try-${one.id}`, click: attempt }, isMe ? t("i_try") : t("they_try", { name: by.name })),
  ];
}

/** Who tries what we know now. */
function whoTries(scene: Scene, by: Person, step: StepShown): (HTMLElement | false)[] {
  const { sight, t } = scene;
  const insights = saidIn(scene, step, sight.insights);
  if (!insights.length) return [];
  const known = insights.map((one) => h("article", { class: "card" }, h("p", { class: "live-said" }, one.what), h("p", { class: "muted" }, sight.name(one.by)), ...tries(scene, one), ...trying(scene, one, by)));
  return [step.house && h("h2", {}, t("who_tries")), whom(scene), ...known];
}

function agree(scene: Scene, step: StepShown, by: Person): (HTMLElement | false)[] {
  const { sight, outbox, t } = scene;
  // Where only who presents has the word, it is theirs: with nobody ticked it would be of all.
  const theirs = (person: Person): boolean => step.speaks === "presenter" && person.roles.includes("presenter");
  const who = sight.people.map((person) =>
    h("label", {}, h("input", { type: "checkbox", name: "agree-who", value: person.id, checked: theirs(person) }), h("span", {}, person.name)),
  );
  const keep = (): void => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>("[name=agree-who]:checked")];
    const day = document.getElementById("f-agree-by") as HTMLInputElement;
    const on = day.value;
    const what = taken(scene, `agree:${step.key}`);
    if (!what) return;
    for (const box of boxes) box.checked = box.defaultChecked;
    day.value = "";
    outbox.do("agreement", { what, who: boxes.map((box) => Number(box.value)), by: on });
  };
  const undo = (one: Agreement): HTMLElement =>
    askFirst(scene, {
      name: "undo",
      value: String(one.id),
      words: t("undo"),
      text: one.what,
      question: t("sure_undo"),
      go: () => outbox.do("undo", { agreement: one.id }),
    });
  const waits = outbox.waiting.filter((one) => one.kind === "agreement");
  const rows = [
    ...saidIn(scene, step, sight.agreements).map((one) => h("li", {}, h("p", {}, one.what), h("p", {}, whoAndWhen(scene, one)), one.may_undo && undo(one))),
    ...waits.map((one) => h("li", {}, h("p", {}, String(one.data?.["what"])), h("p", { class: "muted" }, t("not_sent")))),
  ];
  const form = [
    field(scene, `agree:${step.key}`, t("agree_what"), 2),
    h("fieldset", { class: "choices", "aria-describedby": "h-agree-who" }, h("legend", {}, t("agree_who")), h("p", { class: "hint", id: "h-agree-who" }, t("agree_all")), ...who),
    h("div", { class: "field" }, h("label", { for: "f-agree-by" }, t("agree_by")), h("input", { type: "date", id: "f-agree-by", min: scene.setting.today })),
    h("button", { class: "btn", type: "button", id: "keep-agreement", click: keep }, t("keep_agreement")),
    rows.length > 0 && h("ul", { class: "rows" }, ...rows),
  ];
  const asked = whoTries(scene, by, step);
  // A work form that ends with who tries it asks that first; at the end of a meeting it comes after what we agree.
  return step.house || !asked.length ? [...form, ...asked] : [...asked, h("h2", {}, t("agree_too")), ...form];
}

function exit(scene: Scene, step: StepShown): (HTMLElement | false)[] {
  const { sight, outbox, t } = scene;
  if (sight.given(step.key) + outbox.pending("give") > 0) return [h("p", { class: "live-quiet" }, t("exit_thanks"))];
  if (unasked(scene, step)) return [h("p", { class: "live-quiet" }, t("exit_few"))];
  const scale = ["1", "2", "3", "4", "5"];
  const asked = step.asks.map((ask) =>
    h(
      "fieldset",
      { class: "live-scale" },
      h("legend", {}, ask.text),
      ...[...scale, ""].map((value) =>
        h("label", {}, h("input", { type: "radio", name: `exit-${ask.key}`, value }), h("span", {}, value ? t(`scale_${value}`) : t("dont_know"))),
      ),
    ),
  );
  const give = (): void => {
    const said: Record<string, number> = {};
    for (const ask of step.asks) {
      const box = document.querySelector<HTMLInputElement>(`[name="exit-${ask.key}"]:checked`);
      if (box?.value) said[ask.key] = Number(box.value);
    }
    outbox.give(step.key, JSON.stringify(said));
  };
  return [...asked, h("button", { class: "btn", type: "button", id: "give-exit", click: give }, t("give_exit"))];
}
