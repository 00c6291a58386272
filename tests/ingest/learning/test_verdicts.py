"""What settles a yes/no question, learnt from questions of the same sentence."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.learning.training import fit
from ingest.learning.verdict_examples import classifier_examples, learn_verdicts, verdict_examples
from ingest.learning.verdicts import Asked, chances, evidence
from ingest.types import Corpus, QuestionVariant, Section, Verdict

SENTENCE = "Meedoen is vrijwillig."
ASKED: list[tuple[str, Verdict]] = [
    ("Mag je zelf kiezen of je meedoet?", "ja"),
    ("Kun je weigeren mee te doen?", "ja"),
    ("Is meedoen een eigen keuze?", "ja"),
    ("Moet iedereen meedoen?", "nee"),
    ("Is meedoen verplicht?", "nee"),
    ("Word je gedwongen mee te doen?", "nee"),
]


def unit(*values: float) -> np.ndarray:
    vector = np.asarray(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def corpus() -> Corpus:
    section = Section("s", "t", "p", "f.md", SENTENCE)
    variants = [QuestionVariant(text, "s", 0, len(SENTENCE), verdict) for text, verdict in ASKED]
    open_question = QuestionVariant("Wie doet mee?", "s", 0, len(SENTENCE))
    return Corpus(sections=(section,), practices=(), variants=(*variants, open_question))


def vectors() -> np.ndarray:
    agree, differ = unit(1.0, 0.2), unit(0.2, 1.0)
    return np.asarray([*[agree if verdict == "ja" else differ for _, verdict in ASKED], unit(1.0, 1.0)])


def test_only_questions_with_a_verdict_are_examples() -> None:
    found = verdict_examples(corpus(), vectors(), unit(1.0, 1.0)[None], np.zeros(7, dtype=np.int64))
    assert (found.texts, found.labels) == ([text for text, _ in ASKED], [verdict for _, verdict in ASKED])
    assert found.embeddings.shape == (6, 16 + 3 * 2)


def test_what_lies_near_the_questions_that_are_denied_is_denied() -> None:
    sentence = unit(1.0, 1.0)
    examples = verdict_examples(corpus(), vectors(), sentence[None], np.zeros(7, dtype=np.int64))
    classifier, network = fit(classifier_examples(examples)), learn_verdicts(examples)
    near = [
        Asked(float(v @ unit(0.1, 1.0)), label, False)
        for v, (_, label) in zip(vectors(), ASKED, strict=False)
    ]
    told = evidence("Wordt iedereen verplicht?", unit(0.1, 1.0), SENTENCE, sentence, near)
    said = chances(classifier, network, "Wordt iedereen verplicht?", told)
    assert max(said, key=lambda label: said[label]) == "nee"
    assert sum(said.values()) == pytest.approx(1)


@pytest.mark.parametrize("near", [[], [Asked(0.9, "hangt", False)]])
def test_a_sentence_without_questions_of_a_verdict_has_evidence_too(near: list[Asked]) -> None:
    told = evidence("Moet dat?", unit(1.0, 0.0), SENTENCE, unit(1.0, 1.0), near)
    assert np.isfinite(told).all()


def test_a_corpus_without_yes_no_questions_has_no_examples() -> None:
    without = replace(corpus(), variants=())
    found = verdict_examples(without, vectors()[:0], unit(1.0, 1.0)[None], np.zeros(0, dtype=np.int64))
    assert (found.texts, found.labels, found.embeddings.shape) == ([], [], (0, 0))
