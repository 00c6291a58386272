"""A question asked again gets the same answer without work, and never that of another question."""

from dataclasses import replace

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.repeats import Repeats
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Answer, Question
from ingest.index.open import Index
from settings import Settings
from tests.word_embeddings import WordEmbeddings

ASKED = "Wat is een living lab?"


def answer_to(text: str) -> Answer:
    """Return an answer that holds nothing but its question."""
    return Answer("q1", text, text, "answered", "extractive", text, timings_ms={"embed": 3.0, "total": 8.0})


def opened_with(index: Index, embeddings: WordEmbeddings, kept: int) -> Assistant:
    """Return an assistant that keeps this many answers."""
    retriever = HybridRetriever(index=index, embeddings=embeddings)
    return Assistant(Settings(kept_answers=kept), retriever, ExtractiveWriter())


def test_the_answer_to_a_repeated_question_is_the_same_but_for_its_id_and_times() -> None:
    repeats = Repeats(2)
    repeats.keep(Question(ASKED), answer_to(ASKED))
    expected = replace(answer_to(ASKED), id="q7", timings_ms={"embed": 0.0, "total": 0.0})
    assert repeats.find(Question(ASKED, id="q7")) == expected


def test_another_question_or_another_history_finds_nothing() -> None:
    repeats = Repeats(2)
    repeats.keep(Question(ASKED), answer_to(ASKED))
    assert repeats.find(Question("Wat is een doorbraak?")) is None
    assert repeats.find(Question(ASKED, history=("Hoi",))) is None


def test_the_answer_that_was_not_asked_for_longest_goes_first() -> None:
    repeats = Repeats(2)
    for text in ("een", "twee"):
        repeats.keep(Question(text), answer_to(text))
    repeats.find(Question("een"))
    repeats.keep(Question("drie"), answer_to("drie"))
    assert [text for text in ("een", "twee", "drie") if repeats.find(Question(text))] == ["een", "drie"]


def test_a_memory_of_nothing_keeps_nothing() -> None:
    repeats = Repeats(0)
    repeats.keep(Question(ASKED), answer_to(ASKED))
    assert repeats.find(Question(ASKED)) is None


def test_a_question_is_embedded_once_and_a_repeated_one_not_at_all(
    opened: Index, word_embeddings: WordEmbeddings
) -> None:
    assistant = opened_with(opened, word_embeddings, kept=10)
    first = assistant.ask(Question(ASKED))
    assert word_embeddings.texts == [ASKED]
    again = assistant.ask(Question(f"  {ASKED.replace(' ', '  ')} ", id="q2"))
    assert word_embeddings.texts == [ASKED]
    assert replace(again, id="q1", question=ASKED, timings_ms={}) == replace(first, timings_ms={})
    assert set(again.timings_ms) == set(first.timings_ms)


@pytest.mark.parametrize("history", [(), ("Wat is actie-onderzoek?",)])
def test_an_answer_from_memory_is_the_one_that_would_be_made(
    history: tuple[str, ...], opened: Index, word_embeddings: WordEmbeddings
) -> None:
    asked = Question("En hoe lang duurt dat?", history)
    made = opened_with(opened, word_embeddings, kept=0).ask(asked)
    keeping = opened_with(opened, word_embeddings, kept=10)
    first, second = keeping.ask(asked), keeping.ask(asked)
    assert replace(made, timings_ms={}) == replace(first, timings_ms={}) == replace(second, timings_ms={})
