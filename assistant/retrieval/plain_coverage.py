"""Does the text answer this question, where few or no example questions tell: signals of the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.retrieval.answer_kind import alike, asked_kinds, counted, counts, gives
from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import names_heading
from assistant.types import Passage
from ingest.index.open import Index
from ingest.text.tokens import stored_words, words

# Fitted by `python -m evals.documents` on the documents of three writers in evals/documents; `python -m evals
# documents` shows what it does there and on those of two others.
WEIGHTS: Mapping[str, float] = {
    "sentence": 1.51,
    "other_kind": -0.85,
    "other_kind_block": -0.84,
    "uncounted": -1.14,
    "other_year": -2.28,
    "other_name": -0.66,
    "unknown_noun": -0.38,
}
THRESHOLD = 0.71
CLOSE, CLEAR = 0.9, 0.1  # On the scale of cosines: an example question asks the same, and the other kind not.
MOST_READ = 3  # Blocks whose sentences may hold the best one.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOUN = re.compile(
    r"\b(?:een|de|het|geen|welke?|mijn|onze|voor|over|van|met|naar) ([a-zà-ÿ]{5,})\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<=\s)[A-Z][\w-]+")
_KNOWN = 0.55  # A word of which a compound in the text holds so much is in the text.


@dataclass(frozen=True, slots=True)
class PlainSignals:
    """What tells an answerable question from another one; all but `sentence` are 0 or 1.

    `sentence` is how near the best sentence is. The others count against an answer: the best sentence, or
    block, holds no answer of the asked kind; no number beside what is counted; another year, name or thing.
    """

    sentence: float
    other_kind: float
    other_kind_block: float
    uncounted: float
    other_year: float
    other_name: float
    unknown_noun: float


def plain_covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Return whether the passages answer the question; one that quotes a heading asks what is below it."""
    if any(names_heading(query.text, section.title) for section in index.sections.values()):
        return True
    if (near := _settled(index, query)) is not None:
        return near
    found = asdict(plain_signals(index, query, passages))
    return bool(sum(weight * found[name] for name, weight in WEIGHTS.items()) >= THRESHOLD)


def _settled(index: Index, query: Query) -> bool | None:
    """Return what a close example question tells: one with an answer, or one without; None without any."""
    answered = float(scaled(index, query.variants).max()) if len(query.variants) else 0.0
    refused = index.unanswerable_vectors @ query.vector if len(index.unanswerable_vectors) else None
    without = float(scaled(index, refused).max()) if refused is not None else 0.0
    if max(answered, without) < CLOSE or abs(answered - without) < CLEAR:
        return None
    return answered > without


def plain_signals(index: Index, query: Query, passages: Sequence[Passage]) -> PlainSignals:
    """Return the evidence that the passages answer the question."""
    best = passages[0]
    block = f"{best.section.title}\n{best.chunk.text}"
    own = set(stored_words(block))
    text, kinds = query.text, asked_kinds(query.text)
    stem = counted(text)
    nouns = [word for found in _NOUN.finditer(text) for word in words(found[1])]
    names = [word for name in _NAME.findall(text) for word in words(name)]
    years = set(_YEAR.findall(text))
    vocabulary = set(index.bm25.vocab_dict)
    return PlainSignals(
        sentence=max(passage.sentence for passage in passages),
        other_kind=float(not gives(kinds, _best_sentence(index, query, passages))),
        other_kind_block=float(not gives(kinds, best.chunk.text)),
        uncounted=float(stem is not None and not counts(best.chunk.text, stem)),
        other_year=float(bool(years) and not years & set(_YEAR.findall(block))),
        other_name=float(any(alike(word, own) < _KNOWN for word in names)),
        unknown_noun=float(any(alike(word, vocabulary) < _KNOWN for word in nouns)),
    )


def _best_sentence(index: Index, query: Query, passages: Sequence[Passage]) -> str:
    """Return the sentence nearest to the question among those of the best blocks."""
    rows = [index.chunk_rows[passage.chunk.chunk_id] for passage in passages[:MOST_READ]]
    numbers = np.concatenate([np.arange(index.first_sentence[r], index.first_sentence[r + 1]) for r in rows])
    best = int(numbers[np.argmax(index.sentence_vectors[numbers] @ query.vector)])
    span = index.sentence_spans[best]
    return index.sections[index.chunks[int(index.sentence_chunks[best])].section_id].text[
        span.start : span.end
    ]
