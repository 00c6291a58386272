"""What axe-core finds on a page, in every frame of it: WCAG 2.2 A and AA, and best practice."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RUN = """(tags) => axe.run(document, {
  runOnly: tags, resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
})"""


def faults(page: Page) -> list[str]:
    """Return every violation with the elements it is about."""
    page.wait_for_function(
        "document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)"
    )
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, list(RULES))
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"]]
