"""Fit when documents without example questions answer a question: `python -m evals.documents`.

Prints the numbers of assistant/retrieval/plain_coverage.py. They are fitted on the documents of the writers
TUNED_ON in evals/documents, each an index of its own; the other writers show what they are worth.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from assistant.conversation.condense import condense
from assistant.conversation.topic import listener
from assistant.question.missing import missing_names
from assistant.retrieval.plain_coverage import PlainSignals, plain_signals
from assistant.retrieval.retriever import one_a_section
from evals.documents.measure import assistant_on
from evals.documents.read import TUNED_ON, load_documents
from ingest.embedding.embeddings import load_embeddings
from settings import load_settings

WRONGLY = 0.10  # Of the answerable questions that may be refused.
STRENGTH = 1.0  # Inverse of the regularisation; the signals are shares.


@dataclass(frozen=True, slots=True)
class Example:
    """The signals of a question, and whether its document answers it."""

    writer: str
    signals: PlainSignals
    answerable: bool


def main() -> int:
    """Run the command."""
    examples = list(_examples())
    tuned = [one for one in examples if one.writer in TUNED_ON]
    others = [one for one in examples if one.writer not in TUNED_ON]
    names = list(asdict(examples[0].signals))
    model = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(_values(tuned), _answerable(tuned))
    scores = _values(tuned) @ model.coef_[0] + model.intercept_[0]
    threshold = float(np.quantile(scores[_answerable(tuned)], WRONGLY))
    weights = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}
    print(f"WEIGHTS = {weights}\nTHRESHOLD = {threshold - float(model.intercept_[0]):.2f}")
    for name, some in (("tuned on", tuned), ("others", others)):
        covered = _values(some) @ model.coef_[0] + model.intercept_[0] >= threshold
        answerable = _answerable(some)
        area = roc_auc_score(answerable, _values(some) @ model.coef_[0])
        print(f"{name}: wrongly refused {1 - covered[answerable].mean():.3f}, ", end="")
        print(f"rightly {1 - covered[~answerable].mean():.3f}, area {area:.3f}, n {len(some)}")
    return 0


def _examples() -> Iterator[Example]:
    """Yield the questions in which the text knows every name."""
    settings = load_settings()
    embeddings = load_embeddings(settings)
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
                    yield Example(document.writer, plain_signals(index, query, passages), question.answerable)
            assistant.close()


def _values(examples: Sequence[Example]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.asarray([list(asdict(one.signals).values()) for one in examples])


def _answerable(examples: Sequence[Example]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.asarray([one.answerable for one in examples])


if __name__ == "__main__":
    sys.exit(main())
