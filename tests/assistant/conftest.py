"""What tests of a language model share: a scripted server, and assistants that let it write."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.llm.writers import writers_of
from assistant.retrieval.retriever import HybridRetriever
from evals.compare.support import SupportPair, load_pairs
from ingest.index.open import open_index
from ingest.pipeline import ingest
from providers import open_model
from settings import Settings
from tests.conftest import CORPUS
from tests.model_server import ScriptedServer, model_server
from tests.word_embeddings import WordEmbeddings

MODEL = "openai:scripted"
WithModel = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Return a scripted server of a language model."""
    with model_server() as scripted:
        yield scripted


@pytest.fixture
def let_write(server: ScriptedServer, tmp_path: Path) -> WithModel:
    """Return a function that puts the scripted model behind an assistant, with these settings."""

    def make(base: Assistant, **given: object) -> Assistant:
        usual = {"llm_base_url": server.address, "llm_timeout_s": 5, "llm_usage": tmp_path / "usage.json"}
        settings = base.settings.model_copy(update={"llm": MODEL, **usual, **given})
        name = str(settings.llm)
        writers = writers_of(name, open_model(name, settings), settings, base.retriever.embeddings)
        return Assistant(settings, base.retriever, ExtractiveWriter(), *writers)

    return make


@pytest.fixture(scope="session")
def pairs() -> list[SupportPair]:
    """Return the pairs on which the check of a model's sentences was calibrated and measured."""
    return load_pairs()


@pytest.fixture(scope="session")
def pairs_assistant(pairs: list[SupportPair], tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Open an index in which each passage of the pairs is a section; it only quotes."""
    folder = tmp_path_factory.mktemp("pairs")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "practices.yaml").write_text((CORPUS / "practices.yaml").read_text("utf-8"), "utf-8")
    passages = dict.fromkeys((pair.title, pair.passage) for pair in pairs)
    for number, (title, passage) in enumerate(passages):
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n{passage}\n"
        (corpus / f"p{number:03}.md").write_text(text, "utf-8")
    embeddings = WordEmbeddings()
    ingest([corpus], Settings(index=folder / "index"), embeddings)
    index = open_index(folder / "index", embeddings.model_id)
    retriever = HybridRetriever(index=index, embeddings=embeddings)
    return Assistant(Settings(index=folder / "index"), retriever, ExtractiveWriter())
