"""HTML and SVG elements as text, escaped unless they are elements already; and the page around them."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

__all__ = ["Markup", "element", "joined", "page"]


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Return an element; `class_` and `text_anchor` become `class` and `text-anchor`, None leaves one out."""
    written = joined(
        *(
            Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
            for key, value in attributes.items()
            if value is not None
        )
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, joined(*children))


def joined(*children: object) -> Markup:
    """Return the children one after the other; text is escaped, elements are kept, None is left out."""
    return Markup("").join(escape(child) for child in children if child is not None)


def page(title: str, content: Markup, heading: str = "", measured: str = "") -> str:
    """Return a page that needs nothing else; with a heading, what was measured is below it."""
    shown = {"title": title, "content": content, "heading": heading, "measured": measured}
    return _templates().get_template("page.html").render(shown)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
