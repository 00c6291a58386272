"""Retrieval brings the section that answers, once each, best first, and as LangChain documents too."""

import pytest

from assistant.chain import Assistant
from assistant.retrieval.evidence import evidence
from assistant.retrieval.retriever import BLOCK_WEIGHTS, TOP_K, search
from ingest.index.open import Index


def test_passages_come_best_first_and_one_a_section(word_assistant: Assistant) -> None:
    query = word_assistant.retriever.query("Wat is een living lab en hoe begin ik daarmee in de wijk?")
    passages = word_assistant.retriever.search(query)
    scores = [passage.score for passage in passages]
    sections = [passage.section.section_id for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert len(set(sections)) == len(sections) <= TOP_K
    assert all(passage.chunk.section_id == passage.section.section_id for passage in passages)


def test_no_more_passages_than_asked(word_assistant: Assistant) -> None:
    query = word_assistant.retriever.query("Wat is een living lab?")
    assert len(search(word_assistant.index, query, 2)) == 2


def test_the_same_question_gives_the_same_passages(word_assistant: Assistant) -> None:
    query = word_assistant.retriever.query("Wat is een living lab?")
    assert search(word_assistant.index, query, TOP_K) == search(word_assistant.index, query, TOP_K)


def test_evidence_covers_every_candidate_chunk_once_in_order(word_assistant: Assistant) -> None:
    found = evidence(word_assistant.index, word_assistant.retriever.query("Wat is een lab?"))
    assert found.rows.tolist() == sorted(set(found.rows.tolist()))
    assert {found.scores({name: 1.0}).shape for name in BLOCK_WEIGHTS} == {found.rows.shape}


def test_weights_decide_the_order(word_assistant: Assistant) -> None:
    query = word_assistant.retriever.query("literatuur over living labs")
    lexical_alone = search(word_assistant.index, query, TOP_K, weights={"lexical": 1.0})
    assert [p.score for p in lexical_alone] == pytest.approx([p.lexical for p in lexical_alone])


@pytest.mark.parametrize(
    "text", ["de het een", "qqqq zzzz", "🙂", "x" * 5_000], ids=["stop words", "unknown", "emoji", "long"]
)
def test_a_question_without_known_words_still_has_passages(text: str, word_assistant: Assistant) -> None:
    passages = word_assistant.retriever.search(word_assistant.retriever.query(text))
    assert passages
    assert {passage.lexical for passage in passages} == {0.0}


def test_langchain_gets_the_same_passages_as_documents(word_assistant: Assistant) -> None:
    question = "Wat is een living lab?"
    documents = word_assistant.retriever.invoke(question)
    passages = word_assistant.retriever.search(word_assistant.retriever.query(question))
    assert [document.page_content for document in documents] == [passage.chunk.text for passage in passages]
    assert [document.metadata["chunk_id"] for document in documents] == [p.chunk.chunk_id for p in passages]


@pytest.mark.model
def test_a_question_in_other_words_finds_the_section_that_answers(assistant: Assistant) -> None:
    asked = {
        "Welke boeken kan ik lezen over living labs?": "02-living-lab/literatuur",
        "Hoe zet je zo'n living lab op, stap voor stap?": "02-living-lab/stappen",
        "Wat houdt actieonderzoek in?": "03-actie-onderzoek/omschrijving",
    }
    found = {question: assistant.retriever.search(assistant.retriever.query(question)) for question in asked}
    assert {question: passages[0].section.section_id for question, passages in found.items()} == asked


@pytest.mark.model
def test_the_questions_written_for_a_sentence_find_its_section(assistant: Assistant) -> None:
    index: Index = assistant.index
    asked = index.variants[::10]
    found = [assistant.retriever.search(assistant.retriever.query(variant.text))[0] for variant in asked]
    right = [passage.section.section_id == v.section_id for passage, v in zip(found, asked, strict=True)]
    assert sum(right) / len(right) >= 0.95
