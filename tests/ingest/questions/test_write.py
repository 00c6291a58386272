"""A language model writes example questions once; only those that lead back to their block are kept."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from errors import InvalidSettingError, LanguageModelError
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from ingest.questions.command import ingest_with_questions
from ingest.questions.prompt import Reply as ModelReply
from ingest.questions.prompt import parsed
from settings import Settings
from tests.conftest import PROJECT
from tests.model_server import Reply, ScriptedServer, model_server

pytestmark = [pytest.mark.model, pytest.mark.server]
FIXTURES = PROJECT / "tests" / "fixtures" / "questions"
REPLIES: dict[str, str] = json.loads((FIXTURES / "replies.json").read_text(encoding="utf-8"))
PLENTY = 1_000_000


def recorded(prompt: str) -> Reply:
    """Return what was recorded for the block whose first sentence is in the prompt."""
    return Reply(next(reply for first, reply in REPLIES.items() if f"[1] {first}" in prompt), piece_chars=80)


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    """Return a server that plays a good model."""
    with model_server() as server:
        server.reply = recorded
        yield server


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return a folder with two documents without example questions."""
    folder = tmp_path / "stukken"
    folder.mkdir()
    for file in FIXTURES.glob("*.md"):
        shutil.copy(file, folder)
    return folder


def questions_of(file: Path) -> dict[str, list[object]]:
    """Return what a file of example questions holds, by sentence."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {entry["sentence"]: entry["questions"] for entry in entries}


def test_questions_that_pass_stand_beside_the_documents_and_are_asked_for_once(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    told: list[str] = []
    report = ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    library = questions_of(documents / "bibliotheek.questions.yaml")
    members = library["Iedereen tot en met 18 jaar is gratis lid."]
    assert members == [
        {"text": "Moet mijn dochter van negen betalen om boeken te mogen lenen?", "verdict": "nee"}
    ]
    assert "hoeveel ben ik kwijt aan contributie" in library["Volwassenen betalen € 54 per jaar."]
    neighbours = (documents / "unanswerable.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(neighbours[0]) == {"question": "Krijg ik korting met een stadspas?"}
    assert (len(neighbours), len(model.prompts)) == (8, 8)
    assert report.manifest.variants == sum(
        len(asked) for file in documents.glob("*.questions.yaml") for asked in questions_of(file).values()
    )
    assert told[0].startswith("Voorbeeldvragen schrijven bij 8 tekstdelen")
    assert "8 vragen zonder antwoord" in told[1]

    again = ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    assert (again.unchanged, len(model.prompts)) == (True, 8)


def test_a_limit_stops_and_the_next_call_goes_on_from_there(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    told: list[str] = []
    ingest_with_questions([documents], settings, embeddings, 2_500, told.append)
    first = len(model.prompts)
    assert 1 <= first < 8
    assert f"{8 - first} tekstdelen zijn nog niet gedaan" in told[1]
    ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    assert len(model.prompts) == 8
    assert len(set(model.prompts)) == 8


def test_what_people_wrote_stays_and_its_block_is_not_asked_for(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    own = [{"sentence": "Een boek mag je drie weken houden.", "questions": ["Hoe lang mag een boek mee?"]}]
    file = documents / "bibliotheek.questions.yaml"
    file.write_text(yaml.safe_dump(own), encoding="utf-8")
    ingest_with_questions([documents], settings, embeddings, PLENTY, lambda _: None)
    assert len(model.prompts) == 7
    assert questions_of(file)["Een boek mag je drie weken houden."] == ["Hoe lang mag een boek mee?"]


def test_a_model_that_fails_stops_the_command_and_what_was_paid_for_is_kept(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    model.reply = lambda prompt: recorded(prompt) if len(model.prompts) < 3 else Reply(status=500)
    with pytest.raises(LanguageModelError):
        ingest_with_questions([documents], settings, embeddings, PLENTY, lambda _: None)
    kept = (documents / ".written-questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 2


def test_without_a_model_the_command_says_which_setting_names_one(
    documents: Path, tmp_path: Path, embeddings: TextEmbeddings
) -> None:
    with pytest.raises(InvalidSettingError, match="WEGWIJZER_LLM"):
        ingest_with_questions(
            [documents], Settings(index=tmp_path / "index"), embeddings, PLENTY, lambda _: None
        )


def test_a_reply_that_is_no_json_holds_nothing() -> None:
    assert parsed("Dat kan ik niet.") == parsed('{"questions": [1]}') == ModelReply()


ASKED = (
    ("Wat ben ik per jaar kwijt als ik lid word van de bieb?", "Volwassenen betalen"),
    ("Wat gebeurt er als ik mijn boek over tijd inlever?", "20 cent per dag"),
    ("Mag ik de tuinslang op de kraan zetten?", "verboden"),
    ("Hoe kom ik van mijn perceel af?", "voor 1 oktober"),
    ("Ik snap een brief van de belastingdienst niet, wie kan me helpen?", "vrijwilligers"),
)
NOT_TOLD = ("Krijg ik korting als ik een stadspas heb?", "Hoe lang is de wachttijd voor een moestuin?")


def test_with_the_written_questions_more_is_answered_and_refused_rightly(
    documents: Path, settings: Settings, embeddings: TextEmbeddings
) -> None:
    def measured() -> tuple[list[bool], list[str]]:
        index = open_index(settings.index, embeddings.model_id)
        assistant = Assistant(
            settings, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter()
        )
        answers = [assistant.ask(Question(text)) for text, _ in ASKED]
        right = [
            fact in answer.text and answer.status == "answered"
            for answer, (_, fact) in zip(answers, ASKED, strict=True)
        ]
        return right, [assistant.ask(Question(text)).status for text in NOT_TOLD]

    ingest([documents], settings, embeddings)
    assert measured() == ([True, False, True, True, False], ["answered", "refused"])
    ingest_with_questions([documents], settings, embeddings, PLENTY, lambda _: None)
    assert measured() == ([True, False, True, True, True], ["refused", "refused"])
