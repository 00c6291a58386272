"""What axe-core finds in every frame of a page: WCAG 2.2 A and AA, and best practice, light and dark."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.web.visitor import wait_until

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
BY_COLOUR = ("color-contrast", "link-in-text-block")  # The only rules that dark colours can change.
_RUN = "(options) => axe.run(document, { ...options, resultTypes: ['violations'] })"
_STILL = "document.getAnimations().every((one) => one.effect.getTiming().iterations === Infinity)"


def faults(page: Page) -> list[str]:
    """Return every violation in light colours and what dark colours add, with the elements at fault."""
    found = _violations(page, {"runOnly": RULES, "rules": {"target-size": {"enabled": True}}})
    page.emulate_media(color_scheme="dark")
    found += _violations(page, {"runOnly": {"type": "rule", "values": BY_COLOUR}})
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, options: dict[str, object]) -> list[str]:
    wait_until(page, _STILL)
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, options)["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
