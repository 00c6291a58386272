"""Learn which features a text states or denies: one classifier of n-grams with an output for each.

It learns from clauses, labelled by the evidence that they hold, from that evidence by itself, from what
is beside it in a clause, and from whole texts. Pairs of words count too. On eight writers left out the
best clause and the whole together find 0.61 of the features at a precision of 0.90; without pairs and
evidence 0.55; with what the learnt ranking expects 0.71 (`assistant/advice/reading.py`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from ingest.learning.classifier import TextClassifier, ngrams_and_pairs
from ingest.text.clauses import clauses
from ingest.types import Feature, Situation, Span, Value

INVERSE_REGULARISATION = 10.0
MOST_NGRAMS = 30_000  # Of pairs of words too.
TOLERANCE = 0.01  # The dual solver: the same predictions in a seventh of the time.
LEAST_WORDS = 2  # What is left of a clause says something from so many words on.
LEAST_EXAMPLES = 3  # A feature that fewer texts state has no output that can fire.
SHARED = 0.4  # A clause states what a feature's evidence says from this share of the shorter of both on.
NEVER = -9.0  # The logit of what was too rare to learn.
VALUES: tuple[Value, ...] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class FeatureExamples:
    """Clauses and whole texts, with for each of `outputs` whether it is stated, shape (texts, outputs)."""

    texts: Sequence[str]
    stated: NDArray[np.bool_]
    outputs: Sequence[str]

    def digest(self) -> str:
        """Return hexadecimal digits that name these examples and how one learns from them."""
        method = (INVERSE_REGULARISATION, TOLERANCE, MOST_NGRAMS, list(self.outputs), list(self.texts))
        content = hashlib.sha256(repr(method).encode("utf-8", "surrogatepass"))
        content.update(self.stated.tobytes())
        return content.hexdigest()


def output(criterion: str, value: Value) -> str:
    """Return the name of the output for a feature that is stated or denied."""
    return f"{criterion}:{value}"


def feature_examples(situations: Sequence[Situation], criteria: Sequence[str]) -> FeatureExamples:
    """Return every clause and every text of the annotated situations, with the features that each states."""
    outputs = [output(criterion, value) for criterion in criteria for value in VALUES]
    rows = [row for one in situations if one.features for row in _rows(one)]
    stated = np.zeros((len(rows), len(outputs)), dtype=np.bool_)
    for number, (_, features) in enumerate(rows):
        stated[number, [outputs.index(output(feature.criterion, feature.value)) for feature in features]] = (
            True
        )
    return FeatureExamples([text for text, _ in rows], stated, outputs)


def learn_features(examples: FeatureExamples) -> TextClassifier:
    """Fit one logistic regression for each output, on the same n-grams."""
    vectorizer = TfidfVectorizer(
        analyzer=ngrams_and_pairs, sublinear_tf=True, min_df=2, max_features=MOST_NGRAMS, dtype=np.float32
    )
    counted = vectorizer.fit_transform(examples.texts)
    weights = np.zeros((counted.shape[1], len(examples.outputs)), dtype=np.float32)
    bias = np.full(len(examples.outputs), NEVER, dtype=np.float32)
    for column, labels in enumerate(examples.stated.T):
        if labels.sum() >= LEAST_EXAMPLES:
            model = LogisticRegression(
                C=INVERSE_REGULARISATION, solver="liblinear", dual=True, tol=TOLERANCE, random_state=0
            )
            model.fit(counted, labels)
            weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return TextClassifier(
        labels=tuple(examples.outputs),
        ngrams={ngram: column for column, ngram in enumerate(vectorizer.get_feature_names_out().tolist())},
        idf=vectorizer.idf_.astype(np.float32),
        ngram_weights=weights,
        embedding_weights=np.zeros((0, len(examples.outputs)), dtype=np.float32),
        bias=bias,
        temperature=1.0,
    )


def _rows(situation: Situation) -> Iterator[tuple[str, list[Feature]]]:
    """Yield each clause, the whole, the words that state each feature, and what is beside those."""
    text, features = situation.told, situation.features
    spans = clauses(text)
    for span in spans:
        yield text[span.start : span.end], [f for f in features if _states(text, span, f)]
    if len(spans) > 1:
        yield text, list(features)
    for told in (*(f.evidence for f in features), *_beside(text, spans, features)):
        yield told, [f for f in features if f.evidence in told]


def _beside(text: str, spans: Sequence[Span], features: Sequence[Feature]) -> Iterator[str]:
    """Yield what is in a clause before and after the words that state a feature."""
    for feature in features:
        start = text.find(feature.evidence)
        end = start + len(feature.evidence)
        for span in spans:
            if start >= 0 and span.start <= start and end <= span.end:
                both = (text[span.start : start], text[end : span.end])
                yield from (rest for rest in both if len(rest.split()) >= LEAST_WORDS)


def _states(text: str, span: Span, feature: Feature) -> bool:
    """Return whether a clause holds enough of the words that state a feature."""
    start = text.find(feature.evidence)
    if start < 0:
        return False
    end = start + len(feature.evidence)
    shared = min(span.end, end) - max(span.start, start)
    return shared >= SHARED * min(span.end - span.start, end - start)
