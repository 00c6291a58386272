"""What a section is about, told by its headings: a practice of practices.yaml, and an aspect."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text.mentions import mentions
from ingest.text.tokens import folded
from ingest.types import Aspect, Practice

_WORD = re.compile(r"[a-z0-9]+")
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?\s+)?(.*?)\s*(?:\(\d.*)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What sections may be about."""

    practices: tuple[Practice, ...] = ()
    aspects: tuple[Aspect, ...] = ()


def practice_of(headings: Sequence[str], subjects: Subjects) -> str | None:
    """Return the practice that the innermost heading with one names; None when it names several, or none."""
    for heading in reversed(headings):
        named = mentions(heading, subjects.practices, ()).practices
        if named:
            return named[0] if len(named) == 1 else None
    return None


def aspect_of(headings: Sequence[str], subjects: Subjects) -> str | None:
    """Return the aspect whose label a heading is (the longest label), or that the innermost heading cues."""
    named = {_words(_bare(heading)) for heading in headings}
    labelled = [aspect for aspect in subjects.aspects if _words(aspect.label) in named]
    if labelled:
        return max(labelled, key=lambda aspect: len(aspect.label)).id
    cued = mentions(headings[-1], (), subjects.aspects).aspects if headings else ()
    return cued[0] if cued else None


def _bare(heading: str) -> str:
    """Return a heading without its number in front, or '(2)' behind it."""
    match = _NUMBERING.match(heading)
    return match.group(1) if match else heading


def _words(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))
