"""Of documents without example questions a row comes with its header, and a question is no answer."""

from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Answer, Question
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from settings import Settings

pytestmark = pytest.mark.model
DOCUMENT = """# Sporthal De Veste

## Tarieven 2025

| Zaal | Prijs per uur |
|---|---|
| Grote zaal | € 48 |
| Judozaal | € 19 |

## Tarieven 2026

| Zaal | Prijs per uur |
|---|---|
| Grote zaal | € 51 |
| Judozaal | € 21 |

## Sleutels

Hoe kom ik aan een sleutel van de sporthal?

Een sleutel van de sporthal haal je op bij de beheerder. Je betaalt een borg.

## Meenemen

Neem dit mee als je komt sporten in de sporthal:

- schone sportschoenen
- een handdoek
- een slot voor je kastje
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceTransformerEmbeddings) -> Assistant:
    """Return an assistant on one document without example questions."""
    folder: Path = tmp_path_factory.mktemp("hal")
    (folder / "sporthal.md").write_text(DOCUMENT, encoding="utf-8")
    settings = Settings(index=folder / "index")
    ingest([folder / "sporthal.md"], settings, embeddings)
    index = open_index(settings.index, embeddings.model_id)
    return Assistant(settings, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())


def quotes(answer: Answer) -> list[str]:
    """Return the quotes of an answer."""
    return [citation.quote for citation in answer.citations]


def test_a_row_is_quoted_with_its_header_and_the_asked_year_wins(hall: Assistant) -> None:
    answer = hall.ask(Question("Wat kost de judozaal in 2026?"))
    assert quotes(answer)[0] == "Zaal | Prijs per uur\nJudozaal | € 21"
    assert answer.citations[0].title == "Sporthal De Veste – Tarieven 2026"
    assert quotes(hall.ask(Question("Wat kost de judozaal in 2025?")))[0].endswith("€ 19")


def test_another_year_is_refused(hall: Assistant) -> None:
    answer = hall.ask(Question("Wat kost de judozaal in 2019?"))
    assert (answer.status, answer.text.split(".")[0]) == ("refused", "Over 2019 heb ik niets")


def test_a_sentence_that_only_asks_is_no_answer(hall: Assistant) -> None:
    assert quotes(hall.ask(Question("Hoe kom ik aan een sleutel van de sporthal?")))[0] == (
        "Een sleutel van de sporthal haal je op bij de beheerder. Je betaalt een borg."
    )


def test_a_sentence_that_ends_in_a_colon_is_quoted_with_its_list(hall: Assistant) -> None:
    assert quotes(hall.ask(Question("Wat moet ik meenemen als ik kom sporten?")))[0] == (
        "Neem dit mee als je komt sporten in de sporthal:\n- schone sportschoenen\n- een handdoek\n"
        "- een slot voor je kastje"
    )
