"""The words of a Word paragraph: what a reader of the document sees."""

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.readers.word.package import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rubyText", "txbxContent")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = frozenset(f"{W}{name}" for name in ("tab", "br", "cr"))
_SIGNS = {f"{M}den": "/", f"{M}sup": "^"}  # Before what is below a line, or raised, in an equation.

Hides = Callable[[etree._Element], bool]


def plain(paragraph: etree._Element, hides: Hides) -> str:
    """Return the text of a paragraph with single spaces; `hides` tells of each run whether it is hidden."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if (
            tag in _LEFT_OUT
            or (tag == f"{W}p" and element is not paragraph)
            or (tag == f"{W}r" and hides(element))
        ):
            walk.skip_subtree()
        elif tag in {f"{W}t", f"{M}t"}:
            parts.append(element.text or "")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif tag in _BREAKS:
            parts.append(" ")
        elif tag in _SIGNS and any(element.itertext(f"{M}t")):
            parts.append(_SIGNS[tag])
    return " ".join("".join(parts).replace("\u00ad", "").replace("\u200b", "").split())


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes at a paragraph; Word stores each twice, for older programs too."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in {_FALLBACK, f"{W}del", f"{W}moveFrom"}:
            walk.skip_subtree()
        elif element.tag == f"{W}txbxContent":
            yield element
            walk.skip_subtree()


def is_on(element: etree._Element | None) -> bool | None:
    """Return what a switch such as <w:b/> says, or None where it is not there."""
    return None if element is None else element.get(f"{W}val", "1") not in {"0", "false", "off"}
