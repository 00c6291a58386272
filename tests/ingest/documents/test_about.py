"""Documents for which nobody has said what they are about are named by their own titles and headings."""

import shutil
from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from evals.documents.read import DOCUMENTS_FOLDER
from ingest.documents.files import load_corpus
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from ingest.types import About
from settings import Settings

TARIFFS = "Parkeervergunningen Lindermeer: tarieven en voorwaarden 2025"


@pytest.fixture
def tariffs(tmp_path: Path) -> Path:
    """Return a folder that holds one document, on parking."""
    (tmp_path / "stukken").mkdir()
    shutil.copy(DOCUMENTS_FOLDER / "gemeente-01.md", tmp_path / "stukken" / "parkeren.md")
    return tmp_path / "stukken"


def test_one_document_names_the_page_and_its_headings_make_the_first_questions(tariffs: Path) -> None:
    corpus = load_corpus([tariffs])
    assert corpus.about == About(name=TARIFFS, subject=f"‘{TARIFFS}’")
    assert corpus.suggestions == (
        "Wat staat er over ‘Waar u moet betalen’?",
        "Wat staat er over ‘Wie een vergunning kan krijgen’?",
        "Wat staat er over ‘Tarieven per jaar’?",
        "Wat staat er over ‘Digitale uren’?",
    )


def test_several_documents_are_named_together(tariffs: Path) -> None:
    shutil.copy(DOCUMENTS_FOLDER / "zorg-03.md", tariffs)
    corpus = load_corpus([tariffs])
    assert corpus.about == About(
        name="Wegwijzer", subject=f"‘{TARIFFS}’ en ‘Protocol ontslag en nazorg, Ziekenhuis Leeuwenveld’"
    )
    assert [question.split("‘")[1] for question in corpus.suggestions] == [
        "Waar u moet betalen’?",
        "Doel en reikwijdte’?",
        "Wie een vergunning kan krijgen’?",
        "Taken’?",
    ]


def test_document_toml_says_what_the_documents_are(tariffs: Path) -> None:
    (tariffs / "document.toml").write_text(
        '[about]\nname = "Parkeerhulp"\nsubject = "parkeren"\nowner = "gemeente Lindermeer"\n'
        'contact = "14 0999"\n["parkeren.md"]\nlicence = "CC0"\n',
        encoding="utf-8",
    )
    assert load_corpus([tariffs]).about == About(
        "Parkeerhulp", "parkeren", owner="gemeente Lindermeer", contact="14 0999"
    )


@pytest.mark.model
def test_the_first_questions_are_answered_and_small_talk_speaks_of_the_document(
    tariffs: Path, tmp_path: Path, embeddings: SentenceTransformerEmbeddings
) -> None:
    settings = Settings(index=tmp_path / "index")
    ingest([tariffs], settings, embeddings)
    index = open_index(settings.index, embeddings.model_id)
    assistant = Assistant(settings, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())
    answers = [assistant.ask(Question(text)) for text in index.suggestions]
    assert [answer.status for answer in answers] == ["answered"] * 4
    assert [answer.citations[0].title.split(" – ")[-1] for answer in answers] == [
        question.split("‘")[1].split("’")[0] for question in index.suggestions
    ]
    assert assistant.ask(Question("Hallo")).text == (
        f"Hallo! Stel een vraag over ‘{TARIFFS}’. Ik zoek er de passende tekst bij."
    )
    refused = assistant.ask(Question("Wie won de Tour de France van 1998?"))
    assert refused.status == "refused"
    assert "lerende" not in refused.text
