"""Does the text answer this question, where no example questions tell: signals of question and text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from assistant.retrieval.answer_kind import alike, asked_kinds, gives
from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import best_sentence
from assistant.retrieval.retriever import names_heading
from assistant.types import Passage
from ingest.index.open import Index
from ingest.learning.classifier import Matrix, TextClassifier, load_classifier
from ingest.learning.examples import ANSWERABLE, UNANSWERABLE
from ingest.text.tokens import words

# Fitted by `python -m evals.documents` on the documents of three writers in evals/documents; `python -m evals
# documents` shows what it does there and on those of five others. The weights are from before the embedded
# model learnt from those three too: what it prints now trusts their sentences too much (area on the others
# 0.84, with these 0.87). Below the threshold are 4.5% of their answerable questions.
WEIGHTS: Mapping[str, float] = {
    "asked": 0.88,
    "sentence": 2.94,
    "new_words": 0.32,
    "other_kind": -1.32,
    "other_year": -1.57,
    "unknown_noun": -0.64,
}
THRESHOLD = 2.28
ASKED_FILE = Path(__file__).with_name("plain_asked.npz")  # Fitted by the same, with this embedding model.
ASKED_MODEL = "e5-small-nl-a6d1aef2b466"
CLOSE, CLEAR = 0.9, 0.1  # On the scale of cosines: an example question asks the same, and the other kind not.
MOST_READ = 3  # Blocks whose sentences may hold the best one.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOUN = re.compile(
    r"\b(?:een|de|het|geen|welke?|mijn|onze|voor|over|van|met|naar) ([a-zà-ÿ]{5,})\b", re.IGNORECASE
)
_KNOWN = 0.55  # A word of which a compound in the text holds so much is in the text.


@dataclass(frozen=True, slots=True)
class PlainSignals:
    """What tells an answerable question from another one.

    `asked` is how often, in log-odds, a text answers what is asked so; `sentence` how near the best sentence
    is, `new_words` how many words of the question the text never uses: a near sentence with other words says
    more than one with the same. The others, 0 or 1, count against an answer: the best sentence holds none of
    the asked kind; another year; a thing that the text never names.
    """

    asked: float
    sentence: float
    new_words: float
    other_kind: float
    other_year: float
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
    text = query.text
    years = set(_YEAR.findall(text))
    nouns = [word for found in _NOUN.finditer(text) for word in words(found[1])]
    vocabulary = index.bm25.vocab_dict
    rows = [index.chunk_rows[passage.chunk.chunk_id] for passage in passages[:MOST_READ]]
    said = set(_YEAR.findall(f"{best.section.title}\n{best.chunk.text}"))
    return PlainSignals(
        asked=_asked(index, query),
        sentence=max(passage.sentence for passage in passages),
        new_words=float(sum(word not in vocabulary for word in set(words(text)))),
        other_kind=float(not gives(asked_kinds(text), best_sentence(index, query, rows))),
        other_year=float(bool(years) and not years & said),
        unknown_noun=float(any(alike(word, vocabulary) < _KNOWN for word in nouns)),
    )


def odds(classifier: TextClassifier, scores: Matrix) -> float:
    """Return how much likelier ANSWERABLE is than UNANSWERABLE, as log-odds, by scores of shape (labels,)."""
    found = dict(zip(classifier.labels, scores.tolist(), strict=True))
    return float(found[ANSWERABLE] - found[UNANSWERABLE])


def _asked(index: Index, query: Query) -> float:
    """Return how likely a text answers what is asked so; with another embedding model by the words alone."""
    classifier = _classifier()
    if index.manifest.model_id == ASKED_MODEL:
        return odds(classifier, classifier.logits(query.text, query.vector))
    return odds(classifier, classifier.ngram_logits(query.text))


@lru_cache(maxsize=1)
def _classifier() -> TextClassifier:
    return load_classifier(ASKED_FILE)
