"""How likely a question is among the example questions of each sentence and chunk."""

from pathlib import Path

import numpy as np
import pytest

from ingest.index.likelihood import Likelihood, load_likelihood, write_likelihood

QUESTIONS = [
    "Wie leidt de groep?",
    "Wie begeleidt de groep?",
    "Hoe lang duurt het?",
    "Hoe lang ben je bezig?",
]
SENTENCES, CHUNKS = np.asarray([0, 0, 1, 1]), np.asarray([0, 1, 1])  # The third sentence has no question.


@pytest.fixture
def learnt(tmp_path: Path) -> Likelihood:
    write_likelihood(tmp_path, QUESTIONS, SENTENCES, CHUNKS, 2)
    return load_likelihood(tmp_path)


@pytest.mark.parametrize(("question", "sentence"), [("Wie leidt dat?", 0), ("hoe lang dan", 1)])
def test_a_question_is_likeliest_where_its_words_were_asked_before(
    question: str, sentence: int, learnt: Likelihood
) -> None:
    known = learnt.known(question)
    assert int(learnt.sentences.scores(known).argmax()) == sentence
    assert int(learnt.chunks.scores(known).argmax()) == sentence


def test_a_question_of_unknown_words_says_nothing(learnt: Likelihood) -> None:
    assert learnt.sentences.scores(learnt.known("xylofoon")).tolist() == [0.0, 0.0, 0.0]


def test_a_sentence_without_questions_is_never_likelier_than_the_others(learnt: Likelihood) -> None:
    scores = learnt.sentences.scores(learnt.known("Wie leidt de groep?"))
    assert scores[2] == scores.min()
    assert learnt.sentences.has_questions.tolist() == [True, True, False]


def test_a_text_without_example_questions_has_no_likelihood(tmp_path: Path) -> None:
    write_likelihood(tmp_path, [], np.zeros(0, dtype=np.int64), CHUNKS, 2)
    learnt = load_likelihood(tmp_path)
    assert learnt.known("Wie leidt de groep?") == []
    assert learnt.chunks.scores([]).tolist() == [0.0, 0.0]
