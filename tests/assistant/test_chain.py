"""The chain from question to answer: the public contract holds for every kind of question."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import texts
from assistant.answer.compose import ExtractiveWriter
from assistant.answer.quotes import Found
from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Answer, Claim, Question, Sentence
from errors import IndexNotFoundError, ModelMismatchError
from ingest.types import Span
from settings import Settings
from tests.word_embeddings import WordEmbeddings

ANSWER_KEYS = [
    *"id question standalone_question status mode text advice citations passages".split(),
    *"suggestions timings_ms".split(),
]
ADVICE_KEYS = "ranking clarifying_question options features none_fits".split()
CITATION_KEYS = "n quote section_id chunk_id start end title practice source page url".split()
PASSAGE_KEYS = "chunk_id section_id practice title source score text".split()
RANKED_KEYS = "practice label probability reasons".split()
SITUATION = (
    "Wij willen met bewoners iets nieuws bedenken voor het plein en het in de wijk proberen. Wat past?"
)
QUESTIONS = (
    "Wat is een living lab?",
    "Hoe begin ik met een living lab?",
    "Wat is het verschil tussen een living lab en actie-onderzoek?",
    "Welk type past bij een wijkgerichte aanpak?",
    SITUATION,
    "Hoe bak ik een appeltaart?",
    "hallo",
)


class TamperingWriter:
    """A writer that quotes words that are not in the section, and one sentence that does."""

    mode = "extractive"

    def write(self, found: Found) -> list[Claim]:
        """Return a frame, an honest quote and tampered ones."""
        honest = next(c.evidence for c in ExtractiveWriter().write(found) if c.evidence)
        invented = replace(honest.section, text=f"Verzonnen: {honest.section.text}")
        beyond = Span(honest.span.start, len(honest.section.text) + 5)
        tampered = [
            Sentence(invented, honest.chunk_id, Span(0, 60), 1.0, 0),
            Sentence(honest.section, honest.chunk_id, beyond, 1.0, 0),
            Sentence(replace(honest.section, section_id="verzonnen"), honest.chunk_id, honest.span, 1.0, 0),
        ]
        return [Claim("Kader."), *(Claim(evidence.text, evidence) for evidence in [*tampered, honest])]


class SilentWriter:
    """A writer that finds nothing to say."""

    mode = "extractive"

    def write(self, found: Found) -> list[Claim]:
        """Return nothing that is sourced."""
        return [Claim("Zonder bron.")]


def with_writer(assistant: Assistant, writer: TamperingWriter | SilentWriter) -> Assistant:
    """Return the same assistant with another writer."""
    return Assistant(assistant.settings, assistant.retriever, writer)


@pytest.fixture
def known(word_assistant: Assistant) -> str:
    """Return a question that was written for a sentence of the text."""
    return word_assistant.index.variants[0].text


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(request: pytest.FixtureRequest, assistant: Assistant) -> Answer:
    """Answer one of the questions with the real model."""
    return assistant.ask(Question(request.param, id="v7"))


@pytest.mark.model
def test_an_answer_has_exactly_the_keys_of_the_contract(answer: Answer) -> None:
    found = json.loads(json.dumps(answer.to_json()))
    assert list(found) == ANSWER_KEYS
    assert found["id"] == "v7"
    assert found["status"] in {"answered", "refused", "clarify"}
    assert found["mode"] == "extractive"
    assert all(list(citation) == CITATION_KEYS for citation in found["citations"])
    assert all(list(passage) == PASSAGE_KEYS for passage in found["passages"])
    assert len(found["passages"]) <= 10
    if found["advice"]:
        assert list(found["advice"]) == ADVICE_KEYS
        assert all(list(row) == RANKED_KEYS for row in found["advice"]["ranking"])
        assert all(
            list(reason) == ["text", "citation", "feature"]
            for row in found["advice"]["ranking"]
            for reason in row["reasons"]
        )
        assert all(list(option) == ["text", "favours"] for option in found["advice"]["options"])


@pytest.mark.model
def test_markers_and_citations_belong_together(answer: Answer) -> None:
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert set(map(int, re.findall(r"\[(\d+)\]", answer.text))) == {
        citation.n for citation in answer.citations
    }
    for citation in answer.citations:
        assert f"{citation.quote} [{citation.n}]" in answer.text


@pytest.mark.model
def test_every_quote_stands_in_the_stored_section(answer: Answer, assistant: Assistant) -> None:
    for citation in answer.citations:
        assert (
            assistant.index.sections[citation.section_id].text[citation.start : citation.end]
            == citation.quote
        )


@pytest.mark.model
def test_advice_ranks_every_practice_with_probabilities_that_sum_to_one(
    answer: Answer, assistant: Assistant
) -> None:
    if answer.advice:
        ranking = answer.to_json()["advice"]["ranking"]
        assert {row["practice"] for row in ranking} == {practice.id for practice in assistant.index.practices}
        assert sum(row["probability"] for row in ranking) == pytest.approx(1, abs=1e-3)
        assert [row["probability"] for row in ranking] == sorted(
            (r["probability"] for r in ranking), reverse=True
        )
        numbers = {citation.n: citation.quote for citation in answer.citations}
        assert all(
            numbers[reason.citation] == reason.text for row in answer.advice.ranking for reason in row.reasons
        )


@pytest.mark.model
def test_timings_name_the_steps_and_a_total(answer: Answer) -> None:
    assert all(ms >= 0 for ms in answer.timings_ms.values())
    if answer.citations:
        assert set(answer.timings_ms) >= {"embed", "retrieve", "write", "total"}
        assert answer.timings_ms["total"] >= answer.timings_ms["retrieve"]


@pytest.mark.model
def test_a_situation_gets_advice_with_reasons_and_a_question_for_knowledge_does_not(
    assistant: Assistant,
) -> None:
    advised = assistant.ask(Question(SITUATION))
    assert advised.advice is not None
    assert advised.advice.ranking[0].practice == "living-lab"
    assert advised.advice.ranking[0].reasons
    assert assistant.ask(Question("Wat is een living lab?")).advice is None


@pytest.mark.model
def test_what_the_text_does_not_answer_is_refused_with_suggestions(
    full_assistant: Assistant,
) -> None:
    refused = full_assistant.ask(Question("Hoe bak ik een appeltaart?"))
    example = texts.EXAMPLE.format(question=full_assistant.index.suggestions[1])
    assert (refused.status, refused.text) == (
        "refused",
        f"Daar weet ik niets van. Ik beantwoord vragen over lerende praktijken. {example} "
        "Zoek je zelf hulp, geld of een regeling? Dan kun je bij je gemeente terecht.",
    )
    assert (refused.advice, refused.citations) == (None, ())
    assert refused.suggestions == tuple(full_assistant.index.suggestions[:3])


@pytest.mark.model
def test_a_refusal_suggests_what_lies_nearest_and_that_is_answered(full_assistant: Assistant) -> None:
    refused = full_assistant.ask(Question("Wat zegt Mintzberg over actie-onderzoek?"))
    assert (refused.status, refused.suggestions) == (
        "refused",
        (
            "Wat schreef Migchelbrink over actie-onderzoek?",
            "Op welke gedachte is actie-onderzoek gebaseerd?",
            "Hoe heet het artikel van Lewin over actie-onderzoek?",
        ),
    )
    statuses = [full_assistant.ask(Question(text)).status for text in refused.suggestions]
    assert statuses == ["answered", "answered", "answered"]


@pytest.mark.model
def test_a_follow_up_is_answered_about_the_practice_under_discussion(assistant: Assistant) -> None:
    followed = assistant.ask(
        Question("En welke literatuur is daarover?", history=("Wat is een living lab?",))
    )
    assert "living lab" in followed.standalone_question.lower()
    assert followed.question == "En welke literatuur is daarover?"
    assert {citation.section_id for citation in followed.citations} >= {"02-living-lab/literatuur"}


@pytest.mark.model
def test_threads_get_the_answers_that_one_at_a_time_gets(assistant: Assistant) -> None:
    questions = [Question(text) for text in QUESTIONS]
    alone = [replace(assistant.ask(question), timings_ms={}) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = [replace(found, timings_ms={}) for found in pool.map(assistant.ask, questions * 2)]
    assert together == alone * 2


def test_a_question_is_embedded_once_for_all_that_is_done_with_it(word_assistant: Assistant) -> None:
    embeddings = word_assistant.retriever.embeddings
    assert isinstance(embeddings, WordEmbeddings)
    before = len(embeddings.texts)
    word_assistant.ask(Question("Welke vorm past bij een wijk met eenzame ouderen?"))
    assert embeddings.texts[before:] == ["Welke vorm past bij een wijk met eenzame ouderen?"]


GREETING = (
    "Hallo! Vertel in je eigen woorden waar je voor staat, of stel een vraag over lerende praktijken. "
    "Ik zoek er de passende tekst bij."
)


def test_small_talk_gets_a_friendly_line_and_suggestions(word_assistant: Assistant) -> None:
    greeted = word_assistant.ask(Question("Hallo!"))
    assert (greeted.status, greeted.text) == ("answered", GREETING)
    assert (greeted.advice, greeted.citations) == (None, ())
    assert greeted.suggestions == tuple(word_assistant.index.suggestions)
    assert greeted.timings_ms.keys() == {"total"}
    assert greeted.timings_ms["total"] > 0


def test_tampered_quotes_are_dropped_and_honest_ones_stay(known: str, word_assistant: Assistant) -> None:
    shown = with_writer(word_assistant, TamperingWriter()).ask(Question(known))
    assert len(shown.citations) == 1
    (citation,) = shown.citations
    assert (
        word_assistant.index.sections[citation.section_id].text[citation.start : citation.end]
        == citation.quote
    )
    assert shown.text == f"Kader. {citation.quote} [1]"


def test_an_answer_without_a_source_is_not_given(known: str, word_assistant: Assistant) -> None:
    shown = with_writer(word_assistant, SilentWriter()).ask(Question(known))
    assert (shown.status, shown.citations) == ("refused", ())
    assert "Zonder bron." not in shown.text


def test_the_same_question_gets_the_same_answer(known: str, word_assistant: Assistant) -> None:
    first, second = (replace(word_assistant.ask(Question(known)), timings_ms={}) for _ in range(2))
    assert first == second


@pytest.mark.model
def test_without_an_index_loading_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="python -m ingest"):
        load_assistant(Settings(index=tmp_path / "weg"))


@pytest.mark.model
def test_an_index_of_another_model_says_how_to_build_it_again(word_index: Path) -> None:
    with pytest.raises(ModelMismatchError, match=r"words-1.*python -m ingest"):
        load_assistant(Settings(index=word_index))
