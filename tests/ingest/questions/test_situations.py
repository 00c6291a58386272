"""With a practices.yaml, a language model writes example situations too, in several voices."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ingest.embedding.embeddings import TextEmbeddings
from ingest.questions.command import ingest_with_questions
from settings import Settings
from tests.model_server import Reply, ScriptedServer, model_server

pytestmark = [pytest.mark.model, pytest.mark.server]
PLENTY = 1_000_000
VOICES = 4
TEXTS = {
    "proeftuin": "In een proeftuin proberen bewoners en ontwerpers samen een oplossing uit in de wijk.",
    "leerkring": "In een leerkring wisselen vakgenoten elke maand ervaringen uit en leren zij van elkaar.",
}
SITUATIONS = {
    "proeftuin": "Onze bewoners willen in de straat een eigen oplossing voor het afval uitproberen.",
    "leerkring": "Wij zijn jeugdwerkers en willen elke maand met vakgenoten ervaringen delen.",
}


def played(prompt: str) -> Reply:
    """Return good situations, and some that may not pass; of a block nothing."""
    name = next((name for name in TEXTS if f"Over '{name.title()}'" in prompt), None)
    if name is None:
        return Reply('{"questions": [], "unanswerable": []}')
    voice = prompt.partition("Zo schrijft de bezoeker: ")[2].split()[1].strip(",")
    told = [
        {"text": f"{SITUATIONS[name]} Dat vraagt een {voice} ons.", "subject": "wijk"},
        {"text": f"{SITUATIONS[name]} Dat vraagt een {voice} ons!", "subject": "wijk"},
        {"text": f"Wij willen een {name} beginnen in de buurt.", "subject": "naam"},
        {"text": "We want to try out a new solution with all of the people who live here.", "subject": "en"},
        {"text": "Te kort.", "subject": "kort"},
    ]
    return Reply(json.dumps({"situations": told}), piece_chars=200)


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    """Return a server that plays a model."""
    with model_server() as server:
        server.reply = played
        yield server


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return a folder with two documents and what can be chosen."""
    folder = tmp_path / "stukken"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(f"---\npractice: {name}\n---\n{text}", encoding="utf-8")
    practices = [{"id": one, "label": one.title(), "description": text} for one, text in TEXTS.items()]
    (folder / "practices.yaml").write_text(yaml.safe_dump({"practices": practices}), encoding="utf-8")
    return folder


def written(folder: Path) -> list[tuple[str, str, str]]:
    """Return file, practice and subject of each situation that is beside the documents."""
    files = sorted((folder / "situations").glob("*.jsonl"))
    rows = [(file, json.loads(line)) for file in files for line in file.read_text("utf-8").splitlines()]
    return [(file.stem, row["practice"], row["subject"]) for file, row in rows]


def test_situations_that_pass_stand_beside_the_documents_and_are_asked_for_once(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    told: list[str] = []
    ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    assert written(documents) == [
        (f"geschreven-{voice}", name, "wijk")
        for voice in ("beleid", "kort", "spreektaal", "verhaal")
        for name in TEXTS
    ]
    asked = len(TEXTS) + VOICES * len(TEXTS)
    assert len(model.prompts) == asked
    assert told[2].startswith("Geschreven: 8 voorbeeldsituaties; 32 afgekeurd, 0 reeksen nog niet gedaan.")
    again = ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    assert (again.unchanged, len(model.prompts)) == (True, asked)
    assert len(written(documents)) == 8


def test_a_practice_with_situations_by_people_is_not_asked_for(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    (documents / "situations").mkdir()
    row = {"text": SITUATIONS["proeftuin"], "practice": "proeftuin", "subject": "afval"}
    (documents / "situations" / "eigen.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ingest_with_questions([documents], settings, embeddings, PLENTY, lambda _: None)
    assert {name for file, name, _ in written(documents) if file != "eigen"} == {"leerkring"}


def test_a_limit_leaves_situations_for_the_next_call(
    documents: Path, settings: Settings, embeddings: TextEmbeddings, model: ScriptedServer
) -> None:
    told: list[str] = []
    ingest_with_questions([documents], settings, embeddings, 2_000, told.append)
    first = len(model.prompts)
    left = len(TEXTS) + VOICES * len(TEXTS) - first
    assert f"{left} reeksen nog niet gedaan" in told[2]
    ingest_with_questions([documents], settings, embeddings, PLENTY, told.append)
    assert len(written(documents)) == 8
    assert len(set(model.prompts)) == len(model.prompts) == first + left
