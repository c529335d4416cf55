// What the page says beforehand: the steps and the words in the reader's language, and where things are.

export interface StepShown {
  key: string;
  kind: "talk" | "write" | "round" | "order" | "dots" | "consent" | "insight" | "agree" | "exit";
  minutes: number;
  title: string;
  prompt: string;
  hint: string;
  /** The hint holds for everyone. */
  hint_to_all: boolean;
  speaks: string;
  cards: number;
  dots: number;
  of: string;
  /** What is written in it is how a sentence reads now, that is decided on later. */
  betters: boolean;
  anonymous: boolean;
  /** What is given in it is seen when it is shown to all at once. */
  hides: boolean;
  /** The place of what it belongs to on the agenda: all steps of one work form have the same. */
  item: number;
  /** Of the house's own, and not of something on the agenda. */
  house: boolean;
  /** Agreements of earlier meetings are looked at in it. */
  looks_back: boolean;
  asks: { key: string; text: string }[];
}

/** An agreement of an earlier meeting that stood open when this one began. */
export interface Earlier {
  id: number;
  what: string;
  who: string;
  by: string;
}

export interface Scaffold {
  key: string;
  choice: string;
  what: string;
  why: string;
  /** The word that ties why to what. */
  because: string;
  /** With what the sentence begins; "" when it is to be said whole. */
  stem: string;
  example: string;
}

export interface Setting {
  root: HTMLElement;
  live: number;
  /** Whose screen this is, by their number in the room. */
  me: number;
  board: boolean;
  member: boolean;
  minute: number;
  today: string;
  minutes: string;
  keep: string;
  /** Where a goal begins with what the group made of it; "" when no work form is for that. */
  goal: string;
  steps: StepShown[];
  agreed: Earlier[];
  /** Has a say in what the group agrees. */
  decides: boolean;
  scaffolds: Scaffold[];
  /** Who can answer the questions at the end: fewer are not asked. */
  fewest: number;
  roles: Record<string, string>;
  words: Record<string, string>;
}

export function begin(): Setting | undefined {
  const root = document.getElementById("live");
  const said = document.getElementById("live-setting");
  if (!root || !said?.textContent) return undefined;
  return { root, ...(JSON.parse(said.textContent) as Omit<Setting, "root">) };
}

/** donderdag 3 december, in the language of the page. */
export function dayInWords(iso: string): string {
  return new Date(`${iso}T12:00`).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
}

/** A sentence with %(name)s in it. */
export function say(setting: Setting, key: string, values: Record<string, string | number> = {}): string {
  return (setting.words[key] ?? key).replace(/%\((\w+)\)s/g, (_all, name: string) => String(values[name] ?? ""));
}
