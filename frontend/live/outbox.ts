// What was given on this device and the server does not have yet. It outlives a closed tab and an empty battery. It is
// of one person: who opens the room next on this device neither sees it nor sends it.
import { type Setting, say } from "./setting";

export interface Sent {
  key: string;
  kind: string;
  data?: Record<string, unknown>;
  step?: string;
  token?: number;
  text?: string;
}

/** What could not be done, with what was typed: it is given back. */
export interface Returned {
  key: string;
  why: string;
  text: string;
}

/** As it is kept: `at` says in which order, and never leaves the device. */
type Kept<T> = T & { at: number };
type Shelf = "out" | "back";

const AT_ONCE = 50;
/** Drafts that nobody typed: for whom one writes, which kind of insight, what was read. */
const CHOSEN = /^(for|kind|away):/;
const PAUSES = [500, 1000, 2000, 4000, 8000];

export class Outbox {
  changed: () => void = () => undefined;
  waiting: Kept<Sent>[] = [];
  returned: Kept<Returned>[] = [];
  /** The last thing tried did not arrive. */
  failing = false;
  /** The server says that this person is no longer in the room. */
  outside = false;
  stored = true;
  private sending = false;
  private tries = 0;
  private timer = 0;
  private last = 0;

  constructor(private readonly setting: Setting) {}

  begin(): void {
    this.look();
    for (const [where, event] of [[window, "online"], [document, "visibilitychange"]] as const) {
      where.addEventListener(event, () => {
        this.look();
        this.soon(0);
      });
    }
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.length && !this.stored) event.preventDefault();
    });
    this.soon(0);
  }

  /** Begins as all that is kept here does (`drafts.ts`), so that signing out forgets it. */
  private place(name: string): string {
    return `leerkring:live:${this.setting.live}:${this.setting.me}:${name}`;
  }

  private places(name: string): string[] {
    const prefix = this.place(name);
    try {
      return Object.keys(localStorage).filter((place) => place.startsWith(prefix));
    } catch {
      this.stored = false;
      return [];
    }
  }

  /** What is kept, also by another tab of this person that was closed since. */
  private look(): void {
    this.waiting = this.with(this.waiting, "out");
    this.returned = this.with(this.returned, "back");
  }

  private with<T extends { key: string; at: number }>(known: T[], shelf: Shelf): T[] {
    const found = new Map(known.map((one) => [one.key, one]));
    try {
      for (const place of this.places(`${shelf}:`)) {
        const one = JSON.parse(localStorage.getItem(place)!) as T;
        if (!found.has(one.key)) found.set(one.key, one);
      }
    } catch {
      this.stored = false;
    }
    return [...found.values()].sort((a, b) => a.at - b.at);
  }

  /** Each thing in a place of its own: two tabs do not overwrite what the other keeps. */
  private keep(shelf: Shelf, one: { key: string }): boolean {
    try {
      localStorage.setItem(this.place(`${shelf}:${one.key}`), JSON.stringify(one));
      this.stored = true;
    } catch {
      this.stored = false;
    }
    return this.stored;
  }

  private forget(name: string): void {
    try {
      localStorage.removeItem(this.place(name));
    } catch {
      this.stored = false;
    }
  }

  /** The meeting is over: what was being typed is given back, and when nothing waits any more, nothing of it stays on
   * the device. */
  drop(): void {
    this.look();
    this.handBack();
    if (this.waiting.length || this.returned.length) return;
    try {
      for (const place of this.places("")) localStorage.removeItem(place);
    } catch {
      this.stored = false;
    }
  }

  /** Each is removed when it is kept as what is given back, by the same name: wherever this breaks off, the text is there. */
  private handBack(): void {
    const before = this.returned.length;
    for (const place of this.places("draft:")) {
      const name = place.slice(this.place("draft:").length);
      const text = CHOSEN.test(name) ? "" : this.draft(name).trim();
      if (text) {
        const known = this.returned.find((one) => one.key === name);
        const back = known ?? { at: Date.now(), key: name, why: "half", text };
        if (!known) this.returned.push(back);
        if (!this.keep("back", back)) continue;
      }
      this.draft(name, "");
    }
    if (this.returned.length > before) this.changed();
  }

  /** What is being typed in a field of this meeting. */
  draft(name: string, value?: string): string {
    try {
      const place = this.place(`draft:${name}`);
      if (value === undefined) return (JSON.parse(localStorage.getItem(place) ?? "{}") as { text?: string }).text ?? "";
      if (value) localStorage.setItem(place, JSON.stringify({ at: Date.now(), text: value }));
      else localStorage.removeItem(place);
    } catch {
      this.stored = false;
    }
    return value ?? "";
  }

  do(kind: string, data: Record<string, unknown> = {}): void {
    this.put({ key: crypto.randomUUID?.() ?? random(), kind, data });
  }

  /** Something that nobody may be able to tell is ours: known by a number of chance, and by nothing else. */
  give(step: string, text: string): void {
    this.put({ key: random(), kind: "give", step, text, token: number() });
  }

  /** How many things of a kind are under way. */
  pending(kind: string): number {
    return this.waiting.filter((one) => one.kind === kind).length;
  }

  private put(sent: Sent): void {
    this.last = Math.max(Date.now(), this.last + 1);
    const kept = { at: this.last, ...sent };
    this.waiting.push(kept);
    this.keep("out", kept);
    this.changed();
    this.soon(0);
  }

  putAway(returned: Returned): void {
    this.returned = this.returned.filter((one) => one.key !== returned.key);
    this.forget(`back:${returned.key}`);
    this.draft(returned.key, ""); // where it could not be kept anywhere else
    this.changed();
  }

  private soon(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), milliseconds);
  }

  private async send(): Promise<void> {
    if (this.sending || !this.waiting.length) return;
    this.sending = true;
    const batch = this.waiting.slice(0, AT_ONCE);
    try {
      const answer = await fetch(`/live/${this.setting.live}/acts?me=${this.setting.me}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(batch.map(({ at: _at, ...sent }) => sent)),
        signal: AbortSignal.timeout(15_000),
      });
      if (answer.status === 403) this.outside = true;
      if (!answer.ok) throw new Error(String(answer.status));
      this.arrived(batch, ((await answer.json()) as { done: string[] }).done);
    } catch {
      this.failing = true;
      this.tries += 1;
    }
    this.sending = false;
    this.changed();
    if (this.waiting.length && !this.outside) {
      this.soon(this.failing ? PAUSES[Math.min(this.tries, PAUSES.length) - 1]! : 0);
    }
  }

  private arrived(batch: Kept<Sent>[], done: string[]): void {
    const keys = new Set(batch.map((one) => one.key));
    this.waiting = this.waiting.filter((one) => !keys.has(one.key));
    batch.forEach((one, place) => {
      const why = done[place];
      const settled = one.kind === "settle";
      const text = settled ? this.settled(one) : typed(one);
      if (why && text) {
        const back = { at: one.at, key: one.key, why: settled ? "settle" : why, text };
        this.returned.push(back);
        this.keep("back", back);
      }
      this.forget(`out:${one.key}`);
    });
    this.failing = false;
    this.tries = 0;
  }

  /** What somebody chose for an agreement, in words. */
  private settled({ data }: Sent): string {
    const agreement = this.setting.agreed.find((one) => one.id === data?.["agreement"])?.what ?? "";
    const became = data?.["became"];
    return `${agreement}: ${say(this.setting, became ? `became_${became}` : "undo")}`;
  }
}

/** The words in it that somebody typed, to give back. */
function typed(sent: Sent): string {
  const data = sent.data ?? {};
  const parts = [sent.kind === "give" && sent.text?.startsWith("{") ? "" : sent.text, data["text"], data["what"], data["why"], data["practice"]];
  return parts.filter((part) => typeof part === "string" && part.trim()).join("\n");
}

function number(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high! & 0xfffff) * 2 ** 32 + low! + 1;
}

const random = (): string => `${number().toString(36)}${number().toString(36)}`;
