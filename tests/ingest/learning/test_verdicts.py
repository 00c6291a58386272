"""What settles a yes/no question, learnt from questions of the same sentence."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.learning.verdict_examples import learn_pairs, learn_verdicts, pair_examples, verdict_examples
from ingest.learning.verdicts import (
    AGREES,
    EVIDENCE_SCALES,
    OTHER,
    PAIR_EVIDENCE,
    SAME,
    SETTLES,
    UNSETTLED,
    Asked,
    chances,
    evidence,
    votes,
    yes_no,
)
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


def near(vector: np.ndarray) -> list[Asked]:
    return [
        Asked(yes_no(text, asked), verdict, float(asked @ vector))
        for asked, (text, verdict) in zip(vectors(), ASKED, strict=False)
    ]


def test_only_questions_with_a_verdict_are_examples() -> None:
    found = verdict_examples(corpus(), vectors(), unit(1.0, 1.0)[None], np.zeros(7, dtype=np.int64))
    assert (found.texts, found.labels) == ([text for text, _ in ASKED], [verdict for _, verdict in ASKED])
    assert found.embeddings.shape == (6, len(EVIDENCE_SCALES) + 3 * 2)


def test_some_are_put_to_a_sentence_of_another_section_too() -> None:
    other = QuestionVariant("Wie betaalt?", "other", 0, 10)
    two = replace(
        corpus(),
        sections=(*corpus().sections, Section("other", "t", "p", "f.md", "Wie wil, betaalt.")),
        variants=(*corpus().variants, other),
    )
    both = np.stack([unit(1.0, 1.0), unit(1.0, 0.0)])
    found = verdict_examples(two, np.vstack([vectors(), unit(1.0, 0.9)]), both, np.asarray([*[0] * 7, 1]))
    assert found.labels.count(UNSETTLED) == 2
    assert {text for text, label in zip(found.texts, found.labels, strict=True) if label == UNSETTLED} < {
        text for text, _ in ASKED
    }


def test_questions_are_paired_with_those_nearest_to_them_of_the_same_sentence() -> None:
    found = pair_examples(corpus(), vectors(), np.zeros(7, dtype=np.int64))
    assert found.embeddings.shape == (len(found.texts), PAIR_EVIDENCE + 2 * 2)
    assert len(set(found.texts)) == len(found.texts)
    assert {SAME, OTHER} == set(found.labels)


@pytest.mark.parametrize(
    ("text", "vector", "verdict"),
    [
        ("Wordt iedereen verplicht?", unit(0.1, 1.0), "nee"),
        ("Mag je zelf weten of je komt?", unit(1.0, 0.1), "ja"),
    ],
)
def test_what_lies_near_the_questions_of_a_verdict_has_it_too(
    text: str, vector: np.ndarray, verdict: Verdict
) -> None:
    sentence, of_variants = unit(1.0, 1.0), np.zeros(7, dtype=np.int64)
    settles = learn_verdicts(verdict_examples(corpus(), vectors(), sentence[None], of_variants))
    question = yes_no(text, vector)
    said = chances({SETTLES: settles}, evidence(text, question, SENTENCE, sentence, near(vector)), 0.0)
    assert max(said, key=lambda label: said[label]) == verdict
    assert sum(said.values()) == pytest.approx(1)


def test_votes_of_other_questions_count_beside_the_evidence() -> None:
    sentence, of_variants = unit(1.0, 1.0), np.zeros(7, dtype=np.int64)
    settles = learn_verdicts(verdict_examples(corpus(), vectors(), sentence[None], of_variants))
    question = yes_no("Moet dat?", unit(1.0, 1.0))
    told = evidence("Moet dat?", question, SENTENCE, sentence, near(question.vector))
    agree, differ = (chances({SETTLES: settles}, told, votes) for votes in (3.0, -3.0))
    assert agree["ja"] > differ["ja"]
    assert agree["nee"] < differ["nee"]


def test_every_question_with_a_verdict_votes() -> None:
    agrees = learn_pairs(pair_examples(corpus(), vectors(), np.zeros(7, dtype=np.int64)))
    assert set(agrees.labels) == {SAME, OTHER}
    question = yes_no("Is meedoen een eigen keuze?", unit(1.0, 0.2))
    own = [one for one in near(question.vector) if one.verdict == "ja"]
    assert votes({AGREES: agrees}, question, own) != votes({AGREES: agrees}, question, near(question.vector))


def test_without_questions_of_a_verdict_nothing_votes() -> None:
    assert votes({}, yes_no("Moet dat?", unit(1.0, 0.0)), near(unit(1.0, 0.0))) == 0


@pytest.mark.parametrize("asked", [[], [Asked(yes_no("Hangt dat af?", unit(1.0, 0.5)), "hangt", 0.9)]])
def test_a_sentence_without_questions_of_a_verdict_has_evidence_too(asked: list[Asked]) -> None:
    question = yes_no("Moet dat?", unit(1.0, 0.0))
    told = evidence("Moet dat?", question, SENTENCE, unit(1.0, 1.0), asked)
    assert np.isfinite(told).all()


def test_a_corpus_without_yes_no_questions_has_no_examples() -> None:
    without, none = replace(corpus(), variants=()), np.zeros(0, dtype=np.int64)
    found = verdict_examples(without, vectors()[:0], unit(1.0, 1.0)[None], none)
    assert (found.texts, found.labels, found.embeddings.shape) == ([], [], (0, 0))
    assert pair_examples(without, vectors()[:0], none).texts == []
