"""When advice is due: a question that describes a situation or asks for a form, not one for a fact."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assistant.advice.reading import Features, read, sides, surest
from assistant.retrieval.coverage import signals
from assistant.retrieval.decision import Decision
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import search
from assistant.types import Passage
from ingest.index.open import Index
from ingest.learning.examples import ASKS_ADVICE, ASKS_ASSISTANT, FEATURES, INTENT
from ingest.text.tokens import folded
from ingest.types import Term

Ask = Callable[[str], Query]
AboutAdvice = Literal["weighs", "supposes", "adds", "tells"]

LEAST_LIKELY = 0.07  # Words that ask for advice less likely than this do so only with a cue of choosing.
# A logistic regression: what a question asks for by its words, how well the text answers it, whether it has a
# cue of choosing ('welk type'), and its surest feature: `python -m evals fit`. Left out of the fit, 2%
# of 293 dev requests get no advice.
DUE = Decision(
    3.4,
    {"intent": 0.65, "score": -2.3, "cued": 2.41, "feature": 0.49, "topic": 0.23, "neighbours": 1.3},
    0.38,
)
SURE = 5.0  # Log-odds of a feature count up to here.
TO_ASSISTANT = 0.5  # From this probability on words are meant for the assistant itself.
TERM_WORDS = 25  # Whoever writes more says more than a policy term does.
LEANS = 0.05  # A further turn after a request for advice needs so little.


def asks_advice(index: Index, query: Query, passages: Sequence[Passage] = ()) -> bool:
    """Return whether a question asks which practice fits, or describes a situation.

    `passages` are those found for it; without them they are looked up.
    """
    evidence = evidence_for_advice(index, query, passages)
    return evidence is not None and DUE.holds(evidence)


def evidence_for_advice(
    index: Index, query: Query, passages: Sequence[Passage] = ()
) -> Mapping[str, float] | None:
    """Return what tells whether advice is due, by name, or None where its words rule that out."""
    if INTENT not in index.classifiers or len(index.practices) < 2:
        return None
    likely = advice_probability(index, query)
    cued = any(index.aspects[aspect].advice == "about" for aspect in query.mentions.aspects)
    if likely < LEAST_LIKELY and not cued:
        return None
    found = signals(index, query, passages or search(index, query, 1))
    return {
        "intent": _log_odds(likely),
        "score": found.score,
        "cued": float(cued),
        "feature": _surest(index, query.text),
        "topic": found.topic,
        "neighbours": found.neighbours,
    }


def advice_probability(index: Index, query: Query) -> float:
    """Return how likely it is that a question asks for advice."""
    return index.classifiers[INTENT].probabilities(query.text, query.vector)[ASKS_ADVICE]


def to_assistant(index: Index, query: Query) -> bool:
    """Return whether words are meant for the assistant itself: `Ben jij een mens?`, `haha grappig`."""
    classifier = index.classifiers.get(INTENT)
    if classifier is None:
        return False
    return classifier.probabilities(query.text, query.vector).get(ASKS_ASSISTANT, 0.0) >= TO_ASSISTANT


def _surest(index: Index, text: str) -> float:
    """Return the log-odds of the feature that is stated or denied most surely; 0 where none can be read."""
    if FEATURES not in index.classifiers:
        return 0.0
    return min(SURE, max(-SURE, _log_odds(surest(index, text))))


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(bounded / (1 - bounded))


def goes_on(index: Index, query: Query, reading: Features) -> bool:
    """Return whether a turn after a request for advice tells more of the situation."""
    return advice_probability(index, query) >= LEANS and bool(reading.signs)


def situation(
    index: Index,
    ask: Ask,
    query: Query,
    passages: Sequence[Passage],
    text: str,
    history: Sequence[str],
    about_advice: AboutAdvice | None = None,
) -> tuple[str, ...]:
    """Return the turns that tell the situation on which advice is due, oldest first, or none.

    `query` is the question as it is alone, `passages` what was found for it. An answer to a question back
    belongs to the situation, and so does a turn that says more of one that was told before; one that only
    weighs another practice does not.
    """
    if not history:
        return (text,) if asks_advice(index, query, passages) else ()
    answers = sides(index)
    earlier = tuple(turn for turn in history if turn.strip() in answers or asks_advice(index, ask(turn)))
    if text.strip() in answers:
        return (*earlier, text)
    if about_advice == "weighs":
        return earlier
    if about_advice == "tells":
        return (*history, text) if asks_advice(index, query, passages) else ()
    own = query if query.text == text else ask(text)
    due = (
        about_advice in ("supposes", "adds")
        or (
            asks_advice(index, own) and (bool(earlier) or own is query or asks_advice(index, query, passages))
        )
        or (bool(earlier) and goes_on(index, own, read(index, (text,))))
    )
    return (*earlier, text) if due else ()


def term_of(index: Index, turns: Sequence[str]) -> Term | None:
    """Return the policy term that a short question uses, with the words of it that are used, or None."""
    if sum(len(turn.split()) for turn in turns) > TERM_WORDS:
        return None
    text = f" {' '.join(folded(' '.join(turns)).replace('?', ' ').replace('.', ' ').split())} "
    used = ((term, tuple(word for word in term.words if f" {word} " in text)) for term in index.terms)
    return next((replace(term, words=words) for term, words in used if words), None)
