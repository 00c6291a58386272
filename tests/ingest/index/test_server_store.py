"""An index on a real Chroma server: several machines share it, and it never breaks."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb.api import ClientAPI

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.load import renewed
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from errors import ChromaServerError, IndexBusyError, IndexDamagedError, IndexNotFoundError
from ingest.documents.files import load_corpus
from ingest.index.lock import _made, lease
from ingest.index.open import open_index, open_store, stored_corpus
from ingest.index.server import RETRY_PAUSE_S, ChromaServer
from ingest.index.store import pointed
from ingest.pipeline import ingest
from settings import Settings
from tests.ingest.chroma_server import ChromaProcess, chroma_server
from tests.web.serving import free_port
from tests.word_embeddings import WordEmbeddings

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    """Return a server that the tests of this module share."""
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as started:
        yield started


@pytest.fixture
def emptied(server: ChromaProcess) -> ChromaProcess:
    """Return the server with nothing of ours on it."""
    for collection in server.client.list_collections():
        server.client.delete_collection(collection.name)
    return server


def machine(server: ChromaProcess, folder: Path) -> Settings:
    """Return the settings of a machine with a disk of its own."""
    return Settings(index=folder, chroma_url=server.url, chroma_timeout_s=5, kept_answers=0)


def names(server: ChromaProcess) -> list[str]:
    """Return the names of all collections on the server."""
    return sorted(collection.name for collection in server.client.list_collections())


def assistant_on(settings: Settings) -> Assistant:
    """Return an assistant of a machine."""
    embeddings = WordEmbeddings()
    index = open_index(open_store(settings), embeddings.model_id)
    return Assistant(settings, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())


def change(corpus: Path, sentence: str) -> None:
    """Add a sentence to one section."""
    file = next(corpus.rglob("omschrijving.md"))
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\n{sentence}\n", encoding="utf-8")


def test_a_machine_with_an_empty_disk_answers_as_the_one_that_ingested(
    emptied: ChromaProcess, plain_corpus: Path, plain_index: Path, tmp_path: Path
) -> None:
    ingest([plain_corpus], machine(emptied, tmp_path / "writer"), WordEmbeddings())
    local = open_index(plain_index, WordEmbeddings().model_id)
    remote = assistant_on(machine(emptied, tmp_path / "reader"))
    assert stored_corpus(open_store(remote.settings)) == load_corpus([plain_corpus])
    np.testing.assert_array_equal(remote.index.sentence_vectors, local.sentence_vectors)
    beside = Assistant(
        Settings(), HybridRetriever(index=local, embeddings=WordEmbeddings()), ExtractiveWriter()
    )
    for variant in local.variants[::20]:
        question = Question(variant.text)
        assert remote.ask(question).text == beside.ask(question).text
    local.close()


def test_an_open_reader_answers_to_the_end_and_then_takes_the_new_index(
    emptied: ChromaProcess, plain_copy: Path, tmp_path: Path
) -> None:
    writer = machine(emptied, tmp_path / "writer")
    ingest([plain_copy], writer, WordEmbeddings())
    reader = assistant_on(machine(emptied, tmp_path / "reader"))
    assert renewed(reader) is reader
    change(plain_copy, "Een gloednieuwe vuurtoren wijst de weg.")
    report = ingest([plain_copy], writer, WordEmbeddings())
    assert (len(report.sections.changed), report.sections.same) == (1, 6)
    assert report.embedded <= 3
    assert "vuurtoren" not in reader.ask(Question("Wie wijst de weg met een vuurtoren?")).text
    newer = renewed(reader)
    assert "vuurtoren" in newer.ask(Question("Wie wijst de weg met een gloednieuwe vuurtoren?")).text


def test_only_two_builds_stay_on_the_server_and_on_disk(
    emptied: ChromaProcess, plain_copy: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    for number in range(3):
        change(plain_copy, f"Zin nummer {number}.")
        ingest([plain_copy], settings, WordEmbeddings())
    pointer = open_store(settings).pointer()
    builds = sorted([pointer.build, pointer.previous])
    assert sorted(path.name for path in (settings.index / "server").iterdir()) == builds
    expected = [f"wegwijzer-{build}{suffix}" for build in builds for suffix in ("", "-files")]
    assert names(emptied) == sorted([*expected, "wegwijzer-current"])


def test_an_unchanged_corpus_does_nothing_from_another_machine_either(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    first = ingest([plain_corpus], machine(emptied, tmp_path / "a"), WordEmbeddings())
    again = ingest([plain_corpus], machine(emptied, tmp_path / "b"), WordEmbeddings())
    assert (again.unchanged, again.manifest) == (True, first.manifest)


def test_a_failed_ingest_leaves_the_old_index_and_no_trace(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    before, serving = names(emptied), pointed(open_store(settings))
    with pytest.raises(RuntimeError), open_store(settings).staged("0" * 16):
        raise RuntimeError
    assert (names(emptied), pointed(open_store(settings))) == (before, serving)


def test_what_a_killed_ingest_left_is_cleared_by_the_next(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    before = names(emptied)
    for left in ("wegwijzer-0000000000000000-00000000", "wegwijzer-0000000000000000-00000000-files"):
        emptied.client.create_collection(left, embedding_function=None)
    emptied.client.create_collection("van-een-ander", embedding_function=None)
    assert ingest([plain_corpus], settings, WordEmbeddings()).unchanged
    assert names(emptied) == sorted([*before, "van-een-ander"])


def test_a_copy_that_is_damaged_is_fetched_again(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    store = open_store(settings)
    file = store.folder(pointed(store)) / "sentences.npy"
    file.write_bytes(file.read_bytes()[:1000])
    assert assistant_on(settings).ask(Question("Wat is een living lab?")).citations
    assert [path.name for path in (settings.index / "server").iterdir()] == [pointed(store)]


def test_two_machines_do_not_write_at_once(emptied: ChromaProcess, tmp_path: Path) -> None:
    here, there = (ChromaServer(machine(emptied, tmp_path), 5) for _ in range(2))
    with lease(here, 1) as held, pytest.raises(IndexBusyError, match=emptied.url), lease(there, 0.5):
        pytest.fail("both hold the lock")
    with lease(there, 1) as taken:
        taken.check()
        assert names(emptied) == ["wegwijzer-lock-1"]
    with pytest.raises(IndexBusyError):
        held.check()
    assert names(emptied) == []


def test_the_lock_of_a_machine_that_died_is_taken_over(
    emptied: ChromaProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.lock.DEAD_S", 1.0)
    emptied.client.create_collection("wegwijzer-lock-4", embedding_function=None, metadata={"beat": 7})
    with lease(ChromaServer(machine(emptied, tmp_path), 5), 10):
        assert names(emptied) == ["wegwijzer-lock-5"]
    assert names(emptied) == []


def test_a_server_that_refuses_the_lock_is_an_error_and_no_lock(
    emptied: ChromaProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.lock._name", lambda _number: "x")
    with (
        pytest.raises(ChromaServerError, match="name"),
        lease(ChromaServer(machine(emptied, tmp_path), 5), 60),
    ):
        pytest.fail("held a lock that could not be made")


def test_a_lock_that_cannot_be_made_is_given_up_after_the_time_out(
    emptied: ChromaProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied.client.create_collection("wegwijzer-lock-1", embedding_function=None, metadata={"beat": 0})
    monkeypatch.setattr("ingest.index.lock._held", lambda _client: None)
    tried: list[int] = []

    def count(client: ClientAPI, number: int) -> bool:
        tried.append(number)
        return _made(client, number)

    monkeypatch.setattr("ingest.index.lock._made", count)
    with pytest.raises(IndexBusyError), lease(ChromaServer(machine(emptied, tmp_path), 5), 1.2):
        pytest.fail("held a lock that exists")
    assert 2 <= len(tried) <= 5


def test_chunks_that_the_server_lost_are_a_damaged_index(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    store = open_store(settings)
    emptied.client.delete_collection(f"wegwijzer-{pointed(store)}")
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        open_index(store, WordEmbeddings().model_id)
    assert not ingest([plain_corpus], settings, WordEmbeddings()).unchanged
    assert assistant_on(settings).ask(Question("Wat is een living lab?")).citations


def test_an_empty_server_holds_no_index(emptied: ChromaProcess, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=emptied.url):
        open_store(machine(emptied, tmp_path)).pointer()


def test_a_tenant_that_is_not_there_is_an_error_that_names_the_server(
    emptied: ChromaProcess, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path).model_copy(update={"chroma_tenant": "elders"})
    with pytest.raises(ChromaServerError, match="elders"):
        open_store(settings).pointer()


def test_a_server_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path, chroma_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ChromaServerError, match="WEGWIJZER_CHROMA_URL"):
        open_store(settings).pointer()


def test_a_server_that_never_answers_is_given_up_after_two_time_outs(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = Settings(
            index=tmp_path, chroma_url=f"http://127.0.0.1:{silent.getsockname()[1]}", chroma_timeout_s=0.3
        )
        started = time.monotonic()
        with pytest.raises(ChromaServerError, match="timed out"):
            open_store(settings).pointer()
        assert time.monotonic() - started < 10


def test_a_server_that_goes_and_returns_is_asked_again_without_a_restart(
    plain_corpus: Path, tmp_path: Path
) -> None:
    with chroma_server(tmp_path / "chroma") as server:
        settings = machine(server, tmp_path / "index")
        ingest([plain_corpus], settings, WordEmbeddings())
        assistant = assistant_on(settings)
        question = Question("Wat is een living lab?")
        before = assistant.ask(question).text
        server.stop(killed=True)
        with pytest.raises(ChromaServerError):
            assistant.ask(question)
        assert renewed(assistant) is assistant
        server.start()
        assert assistant.ask(question).text == before


class Pause:
    """Stands for the module `time`: what happens during the pause before the second try."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens
        self.seconds: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let it happen, and remember how long the pause was meant to be."""
        self.seconds.append(seconds)
        self.happens()


def test_a_restart_during_a_question_is_bridged_by_the_second_try(
    plain_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chroma_server(tmp_path / "chroma") as server:
        settings = machine(server, tmp_path / "index")
        ingest([plain_corpus], settings, WordEmbeddings())
        assistant = assistant_on(settings)
        server.stop()
        pause = Pause(server.start)
        monkeypatch.setattr("ingest.index.server.time", pause)
        assert assistant.ask(Question("Wat is een living lab?")).citations
        assert pause.seconds == [RETRY_PAUSE_S]
