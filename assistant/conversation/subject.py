"""Whether a turn that names no practice is about the ones under discussion."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.conversation.followup_words import (
    has_pronoun,
    opens_subject,
    own_words,
    points_back,
    points_firmly,
)
from assistant.retrieval.coverage import unknown_share
from assistant.retrieval.decision import Decision
from assistant.retrieval.query import Query, Vector
from ingest.index.open import Index

# Whether a turn that names no practice is about the ones under discussion: `python -m evals fit`.
KEEPS = Decision(
    -0.66,
    {
        "strays": -1.14,
        "outside": 1.79,
        "inside": 2.0,
        "own": -0.75,
        "points": 1.05,
        "points_firmly": 1.81,
        "pronoun": 1.01,
        "names": -0.95,
        "unknown": -3.35,
    },
    0.13,
)
OPENED = (
    0.2  # A turn that says it is about something else is about the same when it strays no more than this.
)
MOST_OWN_WORDS = 6  # More words say no more.

Ask = Callable[[str], Query]
_NAME = re.compile(r"(?<=\w )[A-Z]\w+")  # A word with a capital that opens no sentence.


@dataclass(frozen=True, slots=True)
class Listener:
    """What it takes to understand a turn: the index, the practice of each question variant, and embedding."""

    index: Index
    owners: NDArray[np.str_]
    ask: Ask


def listener(index: Index, ask: Ask) -> Listener:
    """Return a listener to conversations about an index; made once for an index."""
    owners = [index.sections[variant.section_id].practice for variant in index.variants]
    return Listener(index, np.asarray(owners, dtype=np.str_), ask)


def keeps_subject(heard: Listener, turn: str, query: Query, practices: Sequence[str]) -> bool:
    """Return whether a turn that names no practice is about the ones under discussion.

    `query` is that turn without its opening.
    """
    if opens_subject(turn):
        return strays(heard, query, practices) <= OPENED
    return KEEPS.holds(evidence_for_subject(heard, turn, query, practices))


def evidence_for_subject(
    heard: Listener, turn: str, query: Query, practices: Sequence[str]
) -> dict[str, float]:
    """Return what tells whether a turn is about practices, by name: its best matches and its words."""
    here, elsewhere = _best_matches(heard, query, practices)
    return {
        "strays": _beyond(query, here, elsewhere),
        "outside": elsewhere,
        "inside": here,
        "own": float(min(len(own_words(heard.index, turn)), MOST_OWN_WORDS)),
        "points": float(points_back(turn)),
        "points_firmly": float(points_firmly(turn)),
        "pronoun": float(has_pronoun(turn)),
        "names": float(len(_NAME.findall(turn))),
        "unknown": unknown_share(heard.index, query),
    }


def strays(heard: Listener, query: Query, practices: Sequence[str]) -> float:
    """Return by how many standard deviations the best match lies nearer outside the practices than inside."""
    return _beyond(query, *_best_matches(heard, query, practices))


def _beyond(query: Query, here: float, elsewhere: float) -> float:
    return (elsewhere - here) / (float(query.variants.std()) or 1.0) if here and elsewhere else 0.0


def _best_matches(heard: Listener, query: Query, practices: Sequence[str]) -> tuple[float, float]:
    """Return the best match among the questions of these practices and among the others, 0 where none are."""
    inside = np.isin(heard.owners, practices)
    near: Vector = query.variants
    here, elsewhere = (float(near[part].max()) if part.any() else 0.0 for part in (inside, ~inside))
    return here, elsewhere
