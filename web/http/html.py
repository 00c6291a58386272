"""Pages from Jinja2 templates, without a script; what a document, visitor or model wrote is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader

from web import texts
from web.shown.view import ShownSource

ROOMS = Path(__file__).parents[1]  # A template is in the room whose module shows it.


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A section that is cited: its sources, and its text in pieces, each with the number of its quote."""

    sources: Sequence[ShownSource]
    pieces: Sequence[tuple[str, int | None]]

    @property
    def numbers(self) -> str:
        """Return the numbers of its sources: `1, 3`."""
        return ", ".join(str(source.n) for source in self.sources)


def page(template: str, **shown: object) -> str:
    """Return a page from a template, named by its place: `http/demo.html`."""
    return _templates().get_template(template).render(shown)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(ROOMS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals |= {"texts": texts, "words": texts.WORDS, "asking": asking}
    templates.filters |= {"cited": cited_sections, "titles": titles}
    return templates


def asking(question: str, earlier: Sequence[str]) -> str:
    """Return the address that asks a question after these earlier ones."""
    return f"vraag?{urlencode({'q': question, 'eerder': list(earlier)}, doseq=True)}"


def titles(sources: Sequence[ShownSource]) -> dict[int, str]:
    """Return the title of each source by its number."""
    return {source.n: source.title for source in sources}


def cited_sections(sources: Sequence[ShownSource]) -> list[CitedSection]:
    """Return each cited section once, with all its quotes marked."""
    sections: dict[tuple[str, str, str], list[ShownSource]] = {}
    for source in sources:
        text = source.before + source.quote + source.after
        sections.setdefault((source.title, source.origin, text), []).append(source)
    return [CitedSection(cited, _pieces(text, cited)) for (_title, _origin, text), cited in sections.items()]


def _pieces(text: str, cited: Sequence[ShownSource]) -> list[tuple[str, int | None]]:
    """Return the text of a section cut at its quotes; of overlapping ones, each letter once."""
    pieces: list[tuple[str, int | None]] = []
    end = 0
    for source in sorted(cited, key=lambda one: len(one.before)):
        start, stop = len(source.before), len(source.before) + len(source.quote)
        pieces += [(text[end:start], None), (text[max(start, end) : stop], source.n)]
        end = max(end, stop)
    return [*pieces, (text[end:], None)]
