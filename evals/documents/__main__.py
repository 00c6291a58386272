"""Fit when documents without example questions answer a question: `python -m evals.documents`.

Writes assistant/retrieval/plain_asked.npz and prints the numbers of plain_coverage.py beside it. They are
fitted on the documents of the writers TUNED_ON, each an index of its own, and the first on the example
questions of the index that serves as well; the other writers show what they are worth.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from tqdm import tqdm

from assistant.conversation.condense import condense
from assistant.conversation.subject import listener
from assistant.question.missing import missing_names
from assistant.retrieval.plain_coverage import ASKED_FILE, PlainSignals, odds, plain_signals
from assistant.retrieval.retriever import one_a_section
from evals.documents.measure import assistant_on
from evals.documents.read import TUNED_ON, load_documents
from ingest.embedding.embeddings import TextEmbeddings, Vectors, load_embeddings
from ingest.index.open import open_index, open_store, stored_corpus
from ingest.learning.classifier import TextClassifier
from ingest.learning.examples import ANSWERABLE, UNANSWERABLE
from ingest.learning.training import Examples, fit
from settings import Settings, load_settings

WRONGLY = 0.06  # Of the answerable questions that may be refused.
STRENGTH = 1.0  # Inverse of the regularisation of the few signals.
# Of how a question is asked: by search, leaving out a writer, like the weight of our own questions.
ASKED_STRENGTH, FOLDS = 3.0, 5
EVERY, ANSWERED_WEIGHT, REFUSED_WEIGHT = 4, 0.09, 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its vector, shape (d,), its signals, and whether its document answers it."""

    document: str
    text: str
    vector: Vectors
    signals: PlainSignals
    answerable: bool


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser("python -m evals.documents", description=__doc__).parse_args()
    settings = load_settings()
    embeddings = load_embeddings(settings)
    examples = list(_examples(settings, embeddings))
    own = _own_questions(settings, embeddings)
    tuned = [one for one in examples if one.document.split("-")[0] in TUNED_ON]
    asked = fit(_asked(tuned) + own, regularisation=ASKED_STRENGTH)
    asked.save(ASKED_FILE)
    others = _with_asked(asked, [one for one in examples if one.document.split("-")[0] not in TUNED_ON])
    values, answerable = _arrays(_left_out(tuned, own))
    weights = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(values, answerable).coef_[0]
    threshold = float(np.quantile(values[answerable] @ weights, WRONGLY))
    named = dict(zip(asdict(examples[0].signals), np.round(weights, 2).tolist(), strict=True))
    print(f'ASKED_MODEL = "{embeddings.model_id}"\nWEIGHTS = {named}\nTHRESHOLD = {threshold:.2f}')
    for name, (some, answers) in {"tuned on": (values, answerable), "others": _arrays(others)}.items():
        refused, area = some @ weights < threshold, roc_auc_score(answers, some @ weights)
        wrongly, rightly = refused[answers].mean(), refused[~answers].mean()
        print(f"{name}: wrongly refused {wrongly:.3f}, rightly {rightly:.3f}, area {area:.3f}, n {len(some)}")
    return 0


def _examples(settings: Settings, embeddings: TextEmbeddings) -> Iterator[Example]:
    """Yield the questions in which the text knows every name."""
    for document in tqdm(load_documents(), desc="documents", unit="document", disable=None):
        with tempfile.TemporaryDirectory() as folder:
            assistant = assistant_on(document.path, Path(folder), embeddings, settings)
            retriever, index = assistant.retriever, assistant.index
            heard = listener(index, retriever.query)
            for question in document.questions:
                text = condense(heard, question.question, question.history).text
                query = retriever.query(text)
                passages = one_a_section(retriever.search_blocks(query), retriever.top_k)
                if passages and not missing_names(index, text):
                    signals = plain_signals(index, query, passages)
                    name = document.path.stem
                    yield Example(name, query.text, query.vector, signals, question.answerable)
            assistant.close()


def _own_questions(settings: Settings, embeddings: TextEmbeddings) -> Examples:
    """Return some of the questions that our own text answers, and those that it does not."""
    index = open_index(open_store(settings), embeddings.model_id)
    answered = [one.text for one in index.variants[::EVERY]]
    refused = [one.text for one in stored_corpus(open_store(settings)).unanswerable]
    index.close()
    return Examples(
        [*answered, *refused],
        np.vstack([index.variant_vectors[::EVERY], index.unanswerable_vectors]),
        [ANSWERABLE] * len(answered) + [UNANSWERABLE] * len(refused),
        ["own"] * (len(answered) + len(refused)),
        np.repeat([ANSWERED_WEIGHT, REFUSED_WEIGHT], [len(answered), len(refused)]),
    )


def _asked(examples: Sequence[Example]) -> Examples:
    return Examples(
        [one.text for one in examples],
        np.stack([one.vector for one in examples]),
        [ANSWERABLE if one.answerable else UNANSWERABLE for one in examples],
        [one.document for one in examples],
        np.ones(len(examples)),
    )


def _left_out(examples: Sequence[Example], own: Examples) -> list[Example]:
    """Return the examples with what is learnt of how they are asked from other documents alone."""
    found: list[Example] = []
    asked = _asked(examples)
    for seen, unseen in GroupKFold(FOLDS).split(asked.texts, groups=asked.groups):
        classifier = fit(asked.rows(seen) + own, regularisation=ASKED_STRENGTH)
        found += _with_asked(classifier, [examples[row] for row in unseen])
    return found


def _with_asked(classifier: TextClassifier, examples: Sequence[Example]) -> list[Example]:
    asked = [odds(classifier, classifier.logits(one.text, one.vector)) for one in examples]
    return [
        replace(one, signals=replace(one.signals, asked=value))
        for one, value in zip(examples, asked, strict=True)
    ]


def _arrays(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the signals, shape (n, signals), and whether each question can be answered."""
    values = [list(asdict(one.signals).values()) for one in examples]
    return np.asarray(values), np.asarray([one.answerable for one in examples])


if __name__ == "__main__":
    sys.exit(main())
