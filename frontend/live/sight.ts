// What there is to see, as the server told it: at first all of it, then what changes. By a stream; when that does not
// come through, by asking every few seconds.
import type { Clock } from "./clock";
import type { Setting, StepShown } from "./setting";

type Values = Record<string, unknown>;

interface Told {
  v: number;
  now: number;
  whole?: boolean;
  all: { set?: Values; gone?: string[] };
  own: { set?: Values; gone?: string[] };
}

export interface Person {
  id: number;
  name: string;
  roles: string[];
  member: boolean;
  written_for: boolean;
  /** May write in the step that is on. */
  writes: boolean;
}

export interface StepNow {
  key: string;
  shown: boolean;
  asked: number;
  done: number;
  allotted: number;
  ran: number;
  since: number | null;
}

export interface Turns {
  place: number;
  now: number | null;
  next: number[];
  seconds: number;
  ran: number;
}

export interface Card {
  id: number;
  step: string;
  by: number | null;
  text: string;
  /** Of one that is no one's, which has no number. */
  token?: number;
  pile: number | null;
  late: boolean;
  mine: boolean;
  /** Only who wrote it sees it. */
  hidden: boolean;
}

/** What lies together as one, or a card by itself. */
export interface Heap {
  id: number;
  /** Of a pile, "" when it has no name yet; null of a card by itself. */
  name: string | null;
  cards: Card[];
}

export type End = "kept" | "carried" | "let_go";

/** `elsewhere`: somebody said so on a page of the group, and it is so. */
export interface Became {
  what: End;
  elsewhere?: boolean;
}

export interface Insight {
  id: number;
  by: number;
  kind: string;
  what: string;
  why: string;
  practice: string;
  /** It is of all together. */
  of_all: boolean;
  /** It is out of the practice of whose screen this is, whoever wrote it down. */
  of_me: boolean;
  /** The place of the step in which it was said. */
  at: number;
  limits: { by: number; text: string }[];
  tries: { by: number; on: string }[];
}

export interface Agreement {
  id: number;
  what: string;
  /** Who does it, also who is not here any more; nobody: all of us. */
  names: string[];
  by: string;
  /** The place of the step in which it was agreed. */
  at: number;
  /** This person may say that it is none after all. */
  may_undo: boolean;
}

export interface Objection {
  by: number;
  text: string;
}

export interface Me {
  id: number;
  leads: boolean;
  roles: string[];
  writes: boolean;
  speaks: boolean;
  ready: boolean;
  gone?: boolean;
}

const ASK_EVERY = 3000;
const QUIET = 40_000;

export class Sight {
  changed: () => void = () => undefined;
  /** Something was heard lately. */
  connected = false;
  outside = false;
  private all = new Map<string, unknown>();
  private own = new Map<string, unknown>();
  private heard = 0;
  private stream: EventSource | undefined;

  constructor(
    private readonly setting: Setting,
    private readonly clock: Clock,
  ) {}

  begin(): void {
    this.listen();
    setInterval(() => void this.look(), ASK_EVERY);
    window.addEventListener("offline", () => {
      this.stream?.close();
      this.lost();
    });
    window.addEventListener("online", () => this.listen());
  }

  private get query(): string {
    return `?me=${this.setting.me}${this.setting.board ? "&bord=1" : ""}`;
  }

  private listen(): void {
    this.stream?.close();
    const stream = new EventSource(`/live/${this.setting.live}/stream${this.query}`);
    stream.onmessage = (event) => this.hear(JSON.parse(event.data as string) as Told);
    stream.onerror = () => this.lost();
    stream.onopen = () => this.alive();
    this.stream = stream;
  }

  private alive(): void {
    this.heard = Date.now();
    if (!this.connected) {
      this.connected = true;
      this.changed();
    }
  }

  private lost(): void {
    if (!this.connected) return;
    this.connected = false;
    this.changed();
  }

  /** Without a stream: ask. With one that says nothing, it may be dead. */
  private async look(): Promise<void> {
    const streams = this.stream?.readyState === EventSource.OPEN;
    if (streams && Date.now() - this.heard < QUIET) return;
    if (this.outside) return;
    try {
      const answer = await fetch(`/live/${this.setting.live}/state${this.query}`, { signal: AbortSignal.timeout(8000) });
      if (answer.status === 403) {
        this.outside = true;
        this.changed();
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.hear((await answer.json()) as Told);
      if (this.stream?.readyState === EventSource.CLOSED) this.listen();
    } catch {
      this.lost();
    }
  }

  private hear(told: Told): void {
    this.clock.set(told.now);
    if (told.whole) {
      this.all.clear();
      this.own.clear();
    }
    merge(this.all, told.all);
    merge(this.own, told.own);
    this.connected = true;
    this.heard = Date.now();
    this.changed();
  }

  private get<T>(key: string): T | undefined {
    return (this.own.get(key) ?? this.all.get(key)) as T | undefined;
  }

  private list<T>(prefix: string): (T & { id: number })[] {
    const found = [...this.all].filter(([key]) => key.startsWith(prefix));
    return found.map(([key, value]) => ({ id: Number(key.slice(prefix.length)), ...(value as T) }));
  }

  get known(): boolean {
    return this.all.size > 0;
  }

  get at(): number {
    return this.get<{ at: number }>("room")?.at ?? -1;
  }

  get closed(): boolean {
    return this.get<{ closed: boolean }>("room")?.closed ?? false;
  }

  get step(): StepNow | undefined {
    return this.get<StepNow>("step");
  }

  get shownStep(): StepShown | undefined {
    return this.setting.steps[this.at];
  }

  get turns(): Turns | undefined {
    return this.get<Turns>("turns");
  }

  get people(): Person[] {
    return this.get<Person[]>("people") ?? [];
  }

  name(id: number | null): string {
    return this.people.find((person) => person.id === id)?.name ?? "";
  }

  get me(): Me | undefined {
    return this.get<Me>("me");
  }

  /** Cards of a step, those that only this person sees too. */
  cards(step: string): Card[] {
    const found: Card[] = [];
    for (const [from, hidden] of [[this.all, false], [this.own, true]] as const) {
      for (const [key, value] of from) {
        if (!key.startsWith("card:")) continue;
        const card = value as Omit<Card, "id" | "mine" | "hidden">;
        if (card.step === step) found.push({ ...card, id: Number(key.slice(5)), mine: card.by === this.me?.id, hidden });
      }
    }
    for (const [key, value] of this.all) {
      if (!key.startsWith(`unsigned:${step}:`)) continue;
      const { text } = value as { text: string };
      found.push({ id: 0, token: Number(key.split(":").at(-1)), step, by: null, text, pile: null, late: false, mine: false, hidden: false });
    }
    return found;
  }

  get piles(): { id: number; step: string; name: string }[] {
    return this.list<{ step: string; name: string }>("pile:");
  }

  /** The cards of a step that everyone sees, as they were laid together: piles first. */
  heaps(step: string): Heap[] {
    const cards = this.cards(step).filter((card) => !card.hidden);
    const piles = this.piles.filter((pile) => cards.some((card) => card.pile === pile.id));
    const loose = cards.filter((card) => !piles.some((pile) => pile.id === card.pile));
    return [
      ...piles.map(({ id, name }) => ({ id, name, cards: cards.filter((card) => card.pile === id) })),
      ...loose.map((card) => ({ id: card.id, name: null, cards: [card] })),
    ];
  }

  /** What became of an agreement of an earlier meeting. */
  became(agreement: number): Became | undefined {
    return this.get<Became>(`became:${agreement}`);
  }

  get insights(): Insight[] {
    return this.list<Omit<Insight, "id" | "of_me">>("insight:").map((one) => ({ ...one, of_me: this.own.has(`of-me:${one.id}`) }));
  }

  /** Cards of this person that who leads took away. */
  get away(): { id: number; step: string }[] {
    const found = [...this.own].filter(([key]) => key.startsWith("away:"));
    return found.map(([key, value]) => ({ id: Number(key.slice(5)), ...(value as { step: string }) }));
  }

  get agreements(): Agreement[] {
    return this.list<Omit<Agreement, "id" | "may_undo">>("agreement:").map((one) => ({ ...one, may_undo: this.own.has(`may-undo:${one.id}`) }));
  }

  dots(step: string): Record<string, number> | undefined {
    return this.get<Record<string, number>>(`dots:${step}`);
  }

  /** Of this person, or of who has no device and is written for: on which piles and cards. */
  ownDots(step: string, person: number): number[] {
    return this.get<number[]>(`own-dots:${step}:${person}`) ?? [];
  }

  consent(step: string): { yes: number; objections: Objection[] } | undefined {
    return this.get(`consent:${step}`);
  }

  /** What stands against the sentence that is bettered now. */
  get objections(): Objection[] {
    return (!this.closed && this.get<Objection[]>("objections")) || [];
  }

  /** `lapsed`: the sentence has changed since. */
  ownConsent(step: string, person: number): { yes: boolean; text: string; lapsed?: boolean } | undefined {
    return this.get(`own-consent:${step}:${person}`);
  }

  given(step: string): number {
    return this.get<number>(`my-given:${step}`) ?? 0;
  }
}

function merge(into: Map<string, unknown>, told: { set?: Values; gone?: string[] }): void {
  for (const key of told.gone ?? []) into.delete(key);
  for (const [key, value] of Object.entries(told.set ?? {})) into.set(key, value);
}
