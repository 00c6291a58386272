"""Which questions can be tried after a refusal: those that lie nearest to what was asked."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from assistant.retrieval.coverage import is_far
from assistant.retrieval.query import Query
from assistant.types import Passage
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.sentences import sentences
from ingest.types import QuestionVariant

SHOWN = 3
ASKED = 0.75  # From this cosine on an example asks what was just refused.
MOST_CHARS = 80  # A longer example question tells a story of its own.


def suggestions(index: Index, query: Query, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the example questions nearest to a question, then those to begin with.

    Of a question that is far from all of the text, only those to begin with.
    """
    far = is_far(index, passages) and not query.mentions.practices
    near = () if far else tuple(islice(_nearest(index, query), SHOWN))
    return tuple(dict.fromkeys((*near, *index.suggestions)))[:SHOWN]


def _nearest(index: Index, query: Query) -> Iterator[str]:
    """Yield clear example questions about the practices that are named, nearest first, one a section.

    Of each sentence only the first one is taken: writers begin with the plainest.
    """
    first = np.flatnonzero(np.diff(index.variant_sentences, prepend=-1))
    seen: set[str] = set()
    for place in first[np.argsort(-query.variants[first], kind="stable")]:
        variant = index.variants[place]
        practice = index.sections[variant.section_id].practice
        meant = practice in (query.mentions.practices or (practice,))
        asked = float(query.variants[place]) >= ASKED
        if meant and not asked and variant.section_id not in seen and _is_clear(index, variant, practice):
            seen.add(variant.section_id)
            yield variant.text


def _is_clear(index: Index, variant: QuestionVariant, practice: str) -> bool:
    """Return whether a question is understood by itself: short, one sentence, and it names its practice.

    `Waarvoor is een CoP?` is; `waarvoor doe je dit` and `Is dat niet gewoon een groep?` are not.
    """
    text = variant.text
    proper = text[:1].isupper() and text.endswith("?") and len(sentences(text)) == 1
    if not proper or len(text) > MOST_CHARS or variant.verdict is not None:
        return False
    return not index.practices or practice in mentions(text, index.practices, ()).practices
