"""What of a web page is its content: not menus, banners and what is hidden for good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

_DROPPED_TAGS = frozenset(
    "canvas datalist dialog embed footer head iframe input map menu meter nav noframes noscript object "
    "option progress script select style svg template textarea title video audio".split()
)
_DROPPED_ROLES = frozenset(
    "alertdialog banner contentinfo dialog menu menubar navigation search tablist toolbar".split()
)
# Words in a class or id that name what is around a text on websites: they count only together with what
# such a thing is made of (on 968 real pages the words alone lost the text of 67). Running text stays, unless
# it is mostly links, or has the button or field of a banner.
_LINKS_NAMES = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|kruimelpad|navbar|navigation|navigatie|sidebar|skip-?links?|social|share|"
    r"pagination|menu|related|gerelateerd)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BANNER_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookie(?:banner|bar|consent|wall|melding|notice)|consent|gdpr|newsletter|"
    r"nieuwsbrief)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POPUP_NAMES = re.compile(r"(?:^|[\s_-])(?:popup|modal)(?:$|[\s_-])", re.IGNORECASE)
_FOLDED_NAMES = re.compile(r"accordi?on|collaps|panel|faq|answer|antwoord|toggle|tab-?pane|uitklap", re.I)
_NO_PAGE = re.compile(r"\s*(?:tel|mailto):", re.IGNORECASE)  # A link that leads to a person.
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_BY_SCRIPT = ("x-show", "x-cloak", "v-show")  # Of Alpine and Vue: hidden until it is wanted.
_SILENT = frozenset({"script", "style", "template", "noscript"})
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ANSWERED = ".//button | .//input[not(@type='hidden')]"  # How a banner wants to be answered.
_HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"
MOSTLY_LINKS = 0.5  # Of the letters: a list of links leads elsewhere.
FEWEST_LINKS = 3  # Fewer may be in a text.
MOST_BANNER = 0.4  # Of the letters of the page: a larger 'banner' is the page.
FORM, ARTICLE, MAIN = 0.5, 0.5, 0.2  # Of the letters of the page: with as many it is the page.


@dataclass(frozen=True, slots=True)
class Count:
    """How many letters an element shows, how many of them in links, and in how many links."""

    letters: int
    linked: int
    links: int


@dataclass(frozen=True, slots=True)
class Content:
    """A page, with the letters of each of its elements and the ids of what its buttons unfold."""

    page: HtmlElement
    counts: Mapping[HtmlElement, Count]
    unfolded: frozenset[str]

    @property
    def letters(self) -> int:
        """Return the letters of the whole page."""
        return self.counts[self.page].letters

    def root(self) -> HtmlElement:
        """Return the element with the main content; the page itself when none is marked that holds it."""
        for places, share in (
            (self.page.xpath("//main | //*[@role='main']"), MAIN),
            (self.page.xpath("//article"), ARTICLE),
        ):
            if len(places) == 1 and self.counts[places[0]].letters >= share * self.letters:
                return places[0]
        return self.page

    def heads(self, root: HtmlElement) -> list[HtmlElement]:
        """Return the header outside the main content that holds the only title of the page, if one does."""
        titles = self.page.xpath("//h1")
        headers = [one for title in titles for one in title.iterancestors("header")]
        if len(titles) != 1 or not headers or root in headers[0].iterancestors():
            return []
        count = self.counts[titles[0]]  # A title that is a link is the name of the site.
        return [] if count.letters and count.linked == count.letters else headers[:1]

    def drops(self, element: HtmlElement) -> bool:
        """Return whether an element is no content."""
        if element.tag in {"html", "body", "main"}:
            return False
        if element.tag in _DROPPED_TAGS or element.get("role", "") in _DROPPED_ROLES:
            return not self._holds_title(element)
        if element.tag == "form":
            return not self._is_page(element)
        if element.tag == "header" and not _within_text(element):
            return not self._holds_title(element)
        if element.tag == "a":  # The name of the site, beside the title of the page.
            around = {one.tag for one in element.iterancestors()}
            return "header" in around and not around & {"article", "main", "section", "p", *_TITLES}
        if element.tag == "aside" or element.get("role") == "complementary":
            return self.is_links(element, fewest=1)
        return self._is_hidden(element) or self._surrounds(element)

    def is_links(self, element: HtmlElement, fewest: int = FEWEST_LINKS) -> bool:
        """Return whether an element is a list of links."""
        count = self.counts[element]
        return count.links >= fewest and count.linked >= MOSTLY_LINKS * count.letters

    def _is_page(self, form: HtmlElement) -> bool:
        return (
            bool(form.xpath(".//h1 | .//main | .//article"))
            or self.counts[form].letters >= FORM * self.letters
        )

    def _holds_title(self, element: HtmlElement) -> bool:
        """Return whether a page header, or a landmark around it, holds the only title of the page."""
        titles = element.xpath(".//h1")
        is_header = element.tag == "header" or element.get("role") == "banner"
        return is_header and bool(titles) and len(titles) == len(self.page.xpath("//h1"))

    def _is_hidden(self, element: HtmlElement) -> bool:
        hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
        if not hidden and not _HIDDEN.search(element.get("style", "")):
            return False
        names = f"{element.get('class', '')} {element.get('id', '')}"
        folded = (
            element.get("id") in self.unfolded
            or element.get("role") == "tabpanel"
            or element.get("hidden") == "until-found"
            or _FOLDED_NAMES.search(names) is not None
            or any(name in element.attrib for name in _SHOWN_BY_SCRIPT)
            or self._is_unfolded(element)
        )
        return not folded or self.is_links(element, fewest=1) or self._surrounds(element)

    def _is_unfolded(self, element: HtmlElement) -> bool:
        """Return whether the element before it is a button that unfolds, or a title with one."""
        before = next(element.itersiblings(etree.Element, preceding=True), None)
        buttons = [] if before is None else before.xpath("descendant-or-self::*[@aria-expanded]")
        return any(self.counts[one].letters == self.counts[before].letters > 0 for one in buttons)

    def _surrounds(self, element: HtmlElement) -> bool:
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if not names.strip() or element.xpath(".//h1 | .//main"):
            return False
        if _LINKS_NAMES.search(names) and (self.is_links(element, fewest=1) or not _is_running(element)):
            return True
        if _POPUP_NAMES.search(names) and not _is_running(element):
            return True
        if not _BANNER_NAMES.search(names) or element.xpath(".//article"):
            return False
        small = self.counts[element].letters < MOST_BANNER * self.letters
        return (small and bool(element.xpath(_ANSWERED))) or not _is_running(element)


def content_of(page: HtmlElement) -> Content:
    """Count what a page holds."""
    targets = page.xpath("//@aria-controls | //@data-target | //@data-bs-target")
    links = page.xpath("//a[@data-toggle='collapse' or @data-bs-toggle='collapse' or @aria-expanded]/@href")
    ids = {name.lstrip("#") for value in (*targets, *links) for name in str(value).split()}
    return Content(page, _counts(page), frozenset(ids))


def _counts(page: HtmlElement) -> dict[HtmlElement, Count]:
    counts: dict[HtmlElement, Count] = {}
    for element in reversed(list(page.iter(etree.Element))):
        shown = element.tag not in _SILENT
        inside = [counts[child] for child in element.iterchildren(etree.Element)]
        texts = [element.text, *(child.tail for child in element)] if shown else []
        letters = sum(len("".join((text or "").split())) for text in texts) + sum(c.letters for c in inside)
        is_link = element.tag == "a" and not _NO_PAGE.match(element.get("href", "tel:"))
        linked = letters if is_link else sum(one.linked for one in inside)
        counts[element] = Count(letters, linked, is_link + sum(one.links for one in inside))
    return counts


def _is_running(element: HtmlElement) -> bool:
    """Return whether an element holds text of its own: a sentence that is no link, or a heading."""
    outside_links = element.xpath("descendant-or-self::*[not(ancestor-or-self::a)]")
    texts = ("".join(one.xpath("text()")).split() for one in outside_links)
    return any(len(words) > 3 and words[-1][-1] in ".!?:" for words in texts) or bool(
        element.xpath(_HEADINGS)
    )


def _within_text(element: HtmlElement) -> bool:
    return any(True for _ in element.iterancestors("article", "main", "section"))
