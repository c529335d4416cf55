// The one clock is the server's: every screen shows the same time, whatever its own clock says.
import type { Sight } from "./sight";
import { type Setting, say } from "./setting";

interface Timed {
  allotted: number;
  ran: number;
  since: number | null;
}

export class Clock {
  private skew = 0;
  private spoken = "";

  /** The server said that it was `now`, in seconds. */
  set(now: number): void {
    this.skew = now - Date.now() / 1000;
  }

  get now(): number {
    return Date.now() / 1000 + this.skew;
  }

  spent(step: Timed): number {
    return step.ran + (step.since === null ? 0 : Math.max(0, this.now - step.since));
  }

  tick(setting: Setting, sight: Sight): void {
    const step = sight.step;
    if (!step) return;
    const turns = sight.turns;
    const left = step.allotted - this.spent(step);
    show("step-clock", left);
    bar("step-bar", step.allotted - left, step.allotted);
    if (turns) {
      const spent = this.spent(step) - turns.ran;
      show("turn-clock", turns.seconds - spent);
      bar("turn-bar", spent, turns.seconds);
    }
    this.speak(setting, sight.at, left);
  }

  /** A screen reader hears when there is a minute left, and when it is time; not every second. */
  private speak(setting: Setting, at: number, left: number): void {
    const word = left <= 0 ? "time_is_up" : left <= setting.minute && left > setting.minute - 5 ? "one_minute" : "";
    const key = `${at}:${word}`;
    if (!word || this.spoken === key) return;
    this.spoken = key;
    const region = document.getElementById("live-said");
    if (region) region.textContent = say(setting, word);
  }
}

function show(id: string, seconds: number): void {
  const place = document.getElementById(id);
  if (!place) return;
  const whole = Math.ceil(Math.abs(seconds));
  const text = `${seconds < 0 && whole ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("over", seconds < 0);
}

function bar(id: string, value: number, max: number): void {
  const place = document.getElementById(id) as HTMLProgressElement | null;
  if (!place) return;
  place.max = Math.max(1, max);
  place.value = Math.min(value, max);
}
