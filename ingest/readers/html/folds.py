"""The buttons of a page that unfold the answer to a question, whatever element is used as one."""

import re

from lxml import etree
from lxml.html import HtmlElement

from ingest.readers.html.content import Content

_FOLDS = re.compile(r"accordi?on|collaps|faq|toggle|uitklap", re.IGNORECASE)
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "href")
_USED_AS_BUTTONS = (
    ".//a[@aria-expanded or @data-toggle='collapse' or @data-bs-toggle='collapse'][not(ancestor::p)]"
    " | .//*[self::div or self::span or self::p][@role='button'][@aria-expanded]"
)


def name_buttons(root: HtmlElement, content: Content) -> None:
    """Make a button of each link or box that is used as one: a question whose answer it unfolds."""
    for element in root.xpath(_USED_AS_BUTTONS):
        if unfolds(element, content) and not content.is_links(_panel(element, content)):
            element.tag = "button"


def unfolds(button: HtmlElement, content: Content) -> bool:
    """Return whether a button is a question whose answer it unfolds."""
    if not button.text_content().strip() or button.get("role") == "tab":
        return False
    named = " ".join(button.get(name, "") for name in ("class", "data-toggle", "data-bs-toggle"))
    if button.get("aria-expanded") is None and not _FOLDS.search(named):
        return False
    if any(True for _ in button.iterancestors("nav", "header", "summary")):
        return False
    panel = _panel(button, content)
    return panel is not None and bool(" ".join(panel.itertext()).strip())


def _panel(button: HtmlElement, content: Content) -> HtmlElement | None:
    """Return what a button unfolds: what it names, else what is behind it."""
    target = next(filter(None, map(button.get, _TARGETS)), "")
    found = content.page.xpath("//*[@id=$name]", name=target.lstrip("#")) if target else []
    return found[0] if found else next(button.itersiblings(etree.Element), None)
