// What was agreed in earlier meetings: one by one, what became of it.
import { h } from "./dom";
import type { Scene } from "./screens";
import { type Earlier, dayInWords } from "./setting";
import type { End } from "./sight";

const ENDS: End[] = ["kept", "carried", "let_go"];

export function lookingBack(scene: Scene): HTMLElement | false {
  const { setting } = scene;
  return setting.agreed.length > 0 && h("ul", { class: "rows live-choose" }, ...setting.agreed.map((one) => earlier(scene, one)));
}

function earlier({ setting, sight, outbox, t }: Scene, one: Earlier): HTMLLIElement {
  const now = sight.became(one.id);
  const settle = (end: End) => (): void => outbox.do("settle", { agreement: one.id, became: end === now?.what ? "" : end });
  const button = (end: End): HTMLElement =>
    h("button", { class: "btn quiet", type: "button", id: `${end}-${one.id}`, "aria-pressed": end === now?.what ? "true" : "false", click: settle(end) }, t(`settle_${end}`));
  const day = one.by && t("before_day", { day: dayInWords(one.by) });
  return h(
    "li",
    {},
    h("p", { class: "live-said" }, one.what),
    h("p", { class: "muted" }, [one.who || t("all_of_us"), day].filter(Boolean).join(" · ")),
    setting.decides && !setting.board && !now?.elsewhere
      ? h("div", { class: "acts", role: "group", "aria-label": one.what.slice(0, 80) }, ...ENDS.map(button))
      : now && h("p", {}, h("span", { class: "tag done" }, t(`became_${now.what}`)), now.elsewhere && h("span", { class: "muted" }, ` ${t("said_elsewhere")}`)),
  );
}
