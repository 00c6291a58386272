"""Without example questions: how a question is asked tells too, and the asked kind of answer gains."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.retrieval.coverage import covers
from assistant.retrieval.plain_coverage import ASKED_MODEL, plain_signals
from assistant.retrieval.retriever import KIND, HybridRetriever
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from settings import Settings

pytestmark = pytest.mark.model
DOCUMENT = """# Zwembad De Plons

## Kluisjes

Een sleutel van een kluisje in het zwembad krijg je bij de kassa van het zwembad.

Voor zo'n sleutel is de borg € 5.

## Lessen

Kinderen vanaf vier jaar kunnen meedoen aan de zwemlessen. Een les duurt drie kwartier en is op woensdag.
"""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory, embeddings: TextEmbeddings) -> Iterator[HybridRetriever]:
    """Yield the search in one document without example questions."""
    folder: Path = tmp_path_factory.mktemp("bad")
    (folder / "zwembad.md").write_text(DOCUMENT, encoding="utf-8")
    settings = Settings(index=folder / "index")
    ingest([folder / "zwembad.md"], settings, embeddings)
    index = open_index(settings.index, embeddings.model_id)
    yield HybridRetriever(index=index, embeddings=embeddings)
    index.close()


def covered(retriever: HybridRetriever, text: str) -> bool:
    """Return whether the document covers a question."""
    query = retriever.query(text)
    return covers(retriever.index, query, retriever.search(query))


def test_what_is_learnt_of_asking_belongs_to_the_embedded_model(embeddings: TextEmbeddings) -> None:
    assert embeddings.model_id == ASKED_MODEL, "run: python -m evals.documents"


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Vanaf welke leeftijd mag mijn kind op zwemles?", True),
        ("Hoe lang duurt een les?", True),
        ("Wat is het telefoonnummer van de badmeester?", False),
        ("Waarom is de les op woensdag?", False),
        ("Hoe heet de badmeester?", False),
    ],
)
def test_what_is_seldom_told_needs_more_evidence(
    question: str, answered: bool, pool: HybridRetriever
) -> None:
    assert covered(pool, question) is answered


def test_what_holds_an_answer_of_the_asked_kind_gains(
    pool: HybridRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = pool.query("Wat kost een sleutel van een kluisje?")
    gained = {passage.chunk.text: passage.score for passage in pool.search_blocks(query)}
    monkeypatch.setattr("assistant.retrieval.retriever.KIND", 0.0)
    for passage in pool.search_blocks(query):
        gained[passage.chunk.text] -= passage.score
    locker, deposit, lessons = DOCUMENT.splitlines()[4], DOCUMENT.splitlines()[6], DOCUMENT.splitlines()[10]
    assert gained == {
        locker: pytest.approx(0),
        deposit: pytest.approx(KIND),
        lessons: pytest.approx(0),
    }


def test_with_another_embedding_model_the_words_of_a_question_tell(pool: HybridRetriever) -> None:
    other = replace(pool.index, manifest=replace(pool.index.manifest, model_id="another"))
    number, age = (
        plain_signals(other, query, pool.search(query)).asked
        for query in map(pool.query, ("Wat is het telefoonnummer?", "Mag mijn kind van vier meedoen?"))
    )
    assert number < age
