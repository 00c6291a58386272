"""The sentence that comes nearest to a question that the text does not answer."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.answer.nearest import candidates, knows_nearest, lacks_near, nearest_sentence
from assistant.answer.quotes import Found
from assistant.chain import Assistant
from assistant.retrieval.ranking import numbered
from assistant.types import Question
from ingest.index.records import NOTHING_NEAR, UNSAID


def _found(assistant: Assistant, question: str) -> Found:
    query = assistant.retriever.query(question)
    blocks = tuple(assistant.retriever.search_blocks(query))
    return Found(assistant.index, query, blocks, None, blocks)


@pytest.mark.model
def test_a_near_miss_gets_the_sentence_on_what_it_names(full_assistant: Assistant) -> None:
    found = _found(full_assistant, "Hoeveel geld kostte het living lab in Meppel bij elkaar?")
    number = nearest_sentence(found)
    assert number is not None
    chunk = full_assistant.index.chunks[int(full_assistant.index.sentence_chunks[number])]
    assert "Meppel" in chunk.text


@pytest.mark.model
def test_nothing_is_near_to_a_question_about_something_else(full_assistant: Assistant) -> None:
    assert lacks_near(_found(full_assistant, "Hoe lang duurt het aanvragen van een paspoort?"))


@pytest.mark.model
def test_a_refusal_quotes_the_nearest_sentence(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("Wie was in Kampen de wethouder toen het kompas werd gebruikt?"))
    assert answer.status == "refused"
    assert "Kampen" in answer.text


def test_an_example_that_lies_near_brings_its_sentence(word_assistant: Assistant) -> None:
    index = word_assistant.index
    found = _found(word_assistant, "Wat kost een living lab?")
    numbers = np.full(len(index.nearest_sentences), UNSAID)
    numbers[0] = last = len(index.sentence_spans) - 1
    taught = replace(found, index=replace(index, nearest_sentences=numbers))
    refused = np.zeros(len(numbers), dtype=np.float32)
    refused[0] = 1.0
    offered, evidence = candidates(taught, refused)
    assert evidence["alike"][offered.tolist().index(last)] == 1.0
    assert numbered(index, last).number == last


def test_a_text_without_labels_knows_no_nearest_sentence(word_assistant: Assistant) -> None:
    numbers = np.full(len(word_assistant.index.nearest_sentences), NOTHING_NEAR)
    assert not knows_nearest(replace(word_assistant.index, nearest_sentences=numbers))
