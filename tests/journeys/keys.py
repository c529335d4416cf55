"""Going through pages with no mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

#: More stops than any page has.
MOST = 90
_STOP = """target => {
  const here = document.activeElement;
  if (here === target) here.dataset.reached = "yes";
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    reached: here === target,
    where: here.outerHTML.slice(0, 100),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Tab on until `target` has the focus; every stop on the way can be seen."""
    wanted = target.element_handle()
    for _stop in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP, wanted)
        if stop["where"].startswith("<body"):
            continue  # past the last one, and on to the first
        assert stop["outlined"], f"no visible focus: {stop['where']}"
        assert stop["inView"], f"the focus is out of sight: {stop['where']}"
        if stop["reached"]:
            return
    raise AssertionError(f"Tab does not lead to {target}")


def enter(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")
