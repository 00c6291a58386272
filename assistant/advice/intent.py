"""When advice is due: a question that describes a situation or asks for a form, not one for a fact."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.advice.reading import Features, read, sides
from assistant.retrieval.retriever import Query
from ingest.index.open import Index
from ingest.learning.examples import ASKS_ADVICE, INTENT
from ingest.text.tokens import folded
from ingest.types import Term

Ask = Callable[[str], Query]

# From these probabilities on a question is taken as a request for advice; one with a cue of an aspect about
# choosing ('welk type') mostly asks for it. Measured on writers left out of training.
ASKS_THRESHOLD, ASKS_THRESHOLD_CUED = 0.2, 0.1
LEANS = 0.05  # A further turn after a request for advice needs so little.


def asks_advice(index: Index, query: Query) -> bool:
    """Return whether a question asks which practice fits, or describes a situation."""
    if INTENT not in index.classifiers or len(index.practices) < 2:
        return False
    cued = any(index.aspects[aspect].advice == "about" for aspect in query.mentions.aspects)
    threshold = ASKS_THRESHOLD_CUED if cued else ASKS_THRESHOLD
    return advice_probability(index, query) >= threshold


def advice_probability(index: Index, query: Query) -> float:
    """Return how likely it is that a question asks for advice."""
    return index.classifiers[INTENT].probabilities(query.text, query.vector)[ASKS_ADVICE]


def goes_on(index: Index, query: Query, reading: Features) -> bool:
    """Return whether a turn after a request for advice tells more of the situation."""
    return advice_probability(index, query) >= LEANS and bool(reading.signs)


def situation(index: Index, ask: Ask, query: Query, text: str, history: Sequence[str]) -> tuple[str, ...]:
    """Return the turns that tell the situation on which advice is due, oldest first, or none.

    `query` is the question as it is alone. An answer to a question back belongs to the situation, and so
    does a turn that says more of one that was told before.
    """
    if not history:
        return (text,) if asks_advice(index, query) else ()
    answers = sides(index)
    earlier = tuple(turn for turn in history if turn.strip() in answers or asks_advice(index, ask(turn)))
    if text.strip() in answers:
        return (*earlier, text)
    own = query if query.text == text else ask(text)
    due = asks_advice(index, own) or (bool(earlier) and goes_on(index, own, read(index, (text,))))
    return (*earlier, text) if due else ()


def term_of(index: Index, turns: Sequence[str]) -> Term | None:
    """Return the policy term that a question uses, with the words of it that are used, or None."""
    text = f" {' '.join(folded(' '.join(turns)).replace('?', ' ').replace('.', ' ').split())} "
    used = ((term, tuple(word for word in term.words if f" {word} " in text)) for term in index.terms)
    return next((replace(term, words=words) for term, words in used if words), None)
