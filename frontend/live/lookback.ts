// What was agreed in earlier meetings: one by one, what became of it.
import { h } from "./dom";
import type { Scene } from "./screens";
import { type Earlier, dayInWords } from "./setting";
import type { Became } from "./sight";

const ENDS: Became[] = ["kept", "carried", "let_go"];

export function lookingBack(scene: Scene): HTMLElement | false {
  const { setting } = scene;
  return setting.agreed.length > 0 && h("ul", { class: "rows live-choose" }, ...setting.agreed.map((one) => earlier(scene, one)));
}

function earlier({ setting, sight, outbox, t }: Scene, one: Earlier): HTMLLIElement {
  const now = sight.became(one.id);
  const settle = (became: Became) => (): void => outbox.do("settle", { agreement: one.id, became: became === now ? "" : became });
  const button = (became: Became): HTMLElement =>
    h("button", { class: "btn quiet", type: "button", id: `${became}-${one.id}`, "aria-pressed": became === now ? "true" : "false", click: settle(became) }, t(`settle_${became}`));
  const day = one.by && t("before_day", { day: dayInWords(one.by) });
  return h(
    "li",
    {},
    h("p", { class: "live-said" }, one.what),
    h("p", { class: "muted" }, [one.who || t("all_of_us"), day].filter(Boolean).join(" · ")),
    setting.decides && !setting.board
      ? h("div", { class: "acts", role: "group", "aria-label": one.what.slice(0, 80) }, ...ENDS.map(button))
      : now !== undefined && h("p", { class: "tag done" }, t(`became_${now}`)),
  );
}
