"""What pages say of the documents where nobody has said it: their subject, and questions to begin with."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest import texts
from ingest.readers.outline import BETWEEN
from ingest.readers.titles import named_after
from ingest.types import About, Section

MOST_STARTING = 4
FEWEST_WORDS = 15  # Of a section that is worth asking about.
MOST_TITLE_WORDS = 9  # A longer heading reads as no question.
_QUESTION = re.compile(r"[A-Z].+\?")


def with_defaults(about: About, sections: Sequence[Section]) -> About:
    """Return what is said of the documents, with their own titles for what is not said."""
    titles = list(document_titles(sections).values())
    subject = about.subject or texts.subject(titles)
    return replace(about, subject=subject, name=about.name or texts.page_name(titles))


def document_titles(sections: Iterable[Section]) -> Mapping[str, str]:
    """Return the title of each document by its source: the heading above all of it, or its file's name."""
    first: dict[str, set[str]] = {}
    for section in sections:
        first.setdefault(section.source, set()).add(section.title.split(BETWEEN)[0])
    return {
        source: next(iter(titles)) if len(titles) == 1 else named_after(source)
        for source, titles in first.items()
    }


def starting_questions(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return questions to begin with, made of headings: first the headings that are questions themselves.

    `'Tarieven per jaar'` → `'Wat staat er over ‘Tarieven per jaar’?'`; of several documents each in turn.
    """
    headings: dict[str, list[str]] = {}
    for section in sections:
        *above, heading = section.title.split(BETWEEN)
        if above and _is_worth_asking(heading, section.text):
            headings.setdefault(section.source, []).append(heading)
    ordered = [sorted(found, key=lambda one: not _QUESTION.fullmatch(one)) for found in headings.values()]
    in_turn = [found[place] for place in range(MOST_STARTING) for found in ordered if place < len(found)]
    chosen = list(dict.fromkeys(in_turn))[:MOST_STARTING]
    return tuple(one if _QUESTION.fullmatch(one) else texts.about_heading(one) for one in chosen)


def _is_worth_asking(heading: str, text: str) -> bool:
    usual = heading.casefold().strip(" :.") in texts.USUAL_HEADINGS
    return not usual and len(heading.split()) <= MOST_TITLE_WORDS and len(text.split()) >= FEWEST_WORDS
