"""Chunks on a real Chroma server: several machines ask it, and the index never breaks."""

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Timer

import numpy as np
import pytest
from chromadb import Collection
from chromadb.api import ClientAPI

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.load import renewed
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from errors import ChromaServerError, IndexDamagedError, IndexLockedError, IndexNotFoundError
from ingest import __main__ as ingest_command
from ingest.documents.files import load_corpus
from ingest.index.open import open_index, open_store, stored_corpus
from ingest.index.server import RETRY_PAUSE_S
from ingest.index.store import Store, pointed
from ingest.pipeline import ingest
from settings import Settings, load_settings
from tests.ingest.chroma_server import ChromaProcess, chroma_server
from tests.web.serving import free_port
from tests.word_embeddings import WordEmbeddings

pytestmark = pytest.mark.server

WAIT_S = 1.0
PATIENCE_S = 30.0  # For a busy machine.


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
    """Return the settings of a machine with its index in this folder."""
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


def copied(settings: Settings, folder: Path) -> Settings:
    """Return the settings of a machine with a copy of an index: the builds first, and then what serves."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(settings.index / "builds", folder / "builds", dirs_exist_ok=True)
    shutil.copy(settings.index / "current", folder / "current")
    return settings.model_copy(update={"index": folder})


def answered(settings: Settings, question: str) -> str:
    """Return the answer of a machine."""
    assistant = assistant_on(settings)
    try:
        return assistant.ask(Question(question)).text
    finally:
        assistant.close()


def test_a_machine_with_a_copy_of_the_folder_answers_as_one_with_all_on_its_disk(
    emptied: ChromaProcess, plain_corpus: Path, plain_index: Path, tmp_path: Path
) -> None:
    writer = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], writer, WordEmbeddings())
    local = open_index(plain_index, WordEmbeddings().model_id)
    remote = assistant_on(copied(writer, tmp_path / "reader"))
    assert stored_corpus(open_store(remote.settings)) == load_corpus([plain_corpus])
    np.testing.assert_array_equal(remote.index.sentence_vectors, local.sentence_vectors)
    beside = Assistant(
        Settings(), HybridRetriever(index=local, embeddings=WordEmbeddings()), ExtractiveWriter()
    )
    for variant in local.variants[::20]:
        question = Question(variant.text)
        assert remote.ask(question).text == beside.ask(question).text
    local.close()


def test_any_chroma_client_reads_texts_vectors_and_metadata(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path)
    ingest([plain_corpus], settings, WordEmbeddings())
    index = assistant_on(settings).index
    collection = emptied.client.get_collection(f"wegwijzer-{index.pointer.build}", embedding_function=None)
    ids = [chunk.chunk_id for chunk in index.chunks]
    found = collection.get(ids=ids, include=["documents", "metadatas", "embeddings"])
    order = [found["ids"].index(one) for one in ids]
    assert names(emptied) == [collection.name]
    assert (collection.count(), len(order)) == (len(ids), len(ids))
    assert found["documents"]
    assert found["metadatas"]
    assert [found["documents"][row] for row in order] == [chunk.text for chunk in index.chunks]
    assert [found["metadatas"][row] for row in order] == [
        {
            "section_id": chunk.section_id,
            "title": index.sections[chunk.section_id].title,
            "practice": index.sections[chunk.section_id].practice,
            "source": index.sections[chunk.section_id].source,
            "start": chunk.start,
            "end": chunk.end,
        }
        for chunk in index.chunks
    ]
    vectors = np.asarray(found["embeddings"], dtype=np.float32)[order]
    np.testing.assert_allclose(vectors, index.chunk_vectors, rtol=2e-7)  # Chroma makes their length 1 anew.


def test_an_open_reader_answers_to_the_end_and_then_takes_the_new_index(
    emptied: ChromaProcess, plain_copy: Path, tmp_path: Path
) -> None:
    writer = machine(emptied, tmp_path / "writer")
    ingest([plain_copy], writer, WordEmbeddings())
    beside, apart = assistant_on(writer), assistant_on(copied(writer, tmp_path / "reader"))
    assert renewed(beside) is beside
    change(plain_copy, "Een gloednieuwe vuurtoren wijst de weg.")
    report = ingest([plain_copy], writer, WordEmbeddings())
    assert (len(report.sections.changed), report.sections.same) == (1, 6)
    assert report.embedded <= 3
    question = Question("Wie wijst de weg met een gloednieuwe vuurtoren?")
    for reader in (beside, apart):
        assert "vuurtoren" not in reader.ask(question).text
    assert "vuurtoren" in renewed(beside).ask(question).text
    assert renewed(apart) is apart
    copied(writer, tmp_path / "reader")
    assert "vuurtoren" in renewed(apart).ask(question).text


def test_a_copy_whose_new_build_is_not_complete_answers_from_the_build_before_it(
    emptied: ChromaProcess, plain_copy: Path, tmp_path: Path
) -> None:
    writer = machine(emptied, tmp_path / "writer")
    ingest([plain_copy], writer, WordEmbeddings())
    before = pointed(open_store(writer))
    change(plain_copy, "Een gloednieuwe vuurtoren wijst de weg.")
    ingest([plain_copy], writer, WordEmbeddings())
    reader = copied(writer, tmp_path / "reader")
    shutil.rmtree(reader.index / "builds" / pointed(open_store(writer)) / "bm25")
    assert assistant_on(reader).index.manifest.fingerprint == before.partition("-")[0]
    copied(writer, reader.index)
    assert "vuurtoren" in answered(reader, "Wie wijst de weg met een gloednieuwe vuurtoren?")


def test_only_two_builds_stay_on_the_server_and_on_disk(
    emptied: ChromaProcess, plain_copy: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    emptied.client.create_collection("wegwijzer-0000000000000000-van-een-ander", embedding_function=None)
    for number in range(3):
        change(plain_copy, f"Zin nummer {number}.")
        ingest([plain_copy], settings, WordEmbeddings())
    pointer = open_store(settings).pointer()
    builds = sorted([pointer.build, pointer.previous])
    assert sorted(path.name for path in (settings.index / "builds").iterdir()) == builds
    assert sorted(path.name for path in settings.index.iterdir()) == ["builds", "current", "lock"]
    expected = [f"wegwijzer-{build}" for build in builds]
    assert names(emptied) == ["wegwijzer-0000000000000000-van-een-ander", *expected]


def test_an_index_from_the_disk_moves_to_a_server_without_embedding_anew(
    emptied: ChromaProcess, plain_corpus: Path, plain_index_copy: Path
) -> None:
    settings = machine(emptied, plain_index_copy)
    with pytest.raises(IndexDamagedError, match=emptied.url):
        assistant_on(settings)
    report = ingest([plain_corpus], settings, WordEmbeddings())
    assert (report.unchanged, report.embedded) == (False, 0)
    assert names(emptied) == [f"wegwijzer-{pointed(Store(plain_index_copy))}"]
    assert ingest([plain_corpus], settings, WordEmbeddings()).unchanged
    assert "living lab" in answered(settings, "Wat is een living lab?")


def test_a_failed_ingest_leaves_the_old_index_and_no_trace(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    before, serving = names(emptied), pointed(open_store(settings))
    with pytest.raises(RuntimeError), open_store(settings).staged("0" * 16):
        raise RuntimeError
    assert (names(emptied), pointed(open_store(settings))) == (before, serving)
    assert [path.name for path in (settings.index / "builds").iterdir()] == [serving]


def test_what_a_killed_ingest_left_is_cleared_by_the_next(
    emptied: ChromaProcess, plain_corpus: Path, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path / "writer")
    ingest([plain_corpus], settings, WordEmbeddings())
    before, left = names(emptied), "0000000000000000-00000000"
    (settings.index / "builds" / left).mkdir()
    for name in (f"wegwijzer-{left}", "van-een-ander"):
        emptied.client.create_collection(name, embedding_function=None)
    assert ingest([plain_corpus], settings, WordEmbeddings()).unchanged
    assert names(emptied) == sorted([*before, "van-een-ander"])
    assert [path.name for path in (settings.index / "builds").iterdir()] == [pointed(open_store(settings))]


def test_a_build_that_the_server_could_not_remove_is_removed_by_the_next_ingest(
    plain_copy: Path, tmp_path: Path
) -> None:
    with chroma_server(tmp_path / "chroma") as server:
        settings = machine(server, tmp_path / "index")
        ingest([plain_copy], settings, WordEmbeddings())
        serving = pointed(open_store(settings))
        with suppress(RuntimeError), open_store(settings).staged("0" * 16):
            server.stop()
            raise RuntimeError
        server.start()
        assert len(names(server)) == len(list((settings.index / "builds").iterdir())) == 2
        ingest([plain_copy], settings, WordEmbeddings())
        assert names(server) == [f"wegwijzer-{serving}"]
        assert [path.name for path in (settings.index / "builds").iterdir()] == [serving]


def test_of_many_machines_that_want_to_write_one_does(emptied: ChromaProcess, tmp_path: Path) -> None:
    ready, done = Barrier(6), Barrier(6)

    def tries(folder: Path) -> str:
        store = open_store(machine(emptied, folder))
        ready.wait()
        try:
            with store.locked(0):
                done.wait()
                return "wrote"
        except IndexLockedError:
            done.wait()
            return "refused"

    with ThreadPoolExecutor(6) as pool:
        ended = list(pool.map(tries, [tmp_path / str(number) for number in range(6)]))
    assert sorted(ended) == [*["refused"] * 5, "wrote"]
    assert names(emptied) == []


def test_an_ingest_waits_for_one_on_another_machine(emptied: ChromaProcess, tmp_path: Path) -> None:
    emptied.client.create_collection("wegwijzer-lock", embedding_function=None)
    store = open_store(machine(emptied, tmp_path))
    started = time.monotonic()
    with pytest.raises(IndexLockedError), store.locked(WAIT_S):
        pytest.fail("held the lock of another one")
    assert time.monotonic() - started >= WAIT_S
    Timer(WAIT_S, emptied.client.delete_collection, ["wegwijzer-lock"]).start()
    with store.locked(WAIT_S + PATIENCE_S):
        assert names(emptied) == ["wegwijzer-lock"]
    assert names(emptied) == []


def test_a_lock_that_goes_while_it_is_looked_at_is_taken(
    emptied: ChromaProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = type(emptied.client).get_collection

    def too_late(client: ClientAPI, name: str, embedding_function: None) -> Collection:
        emptied.client.delete_collection(name)
        return look(client, name, embedding_function)

    emptied.client.create_collection("wegwijzer-lock", embedding_function=None)
    monkeypatch.setattr(type(emptied.client), "get_collection", too_late)
    with open_store(machine(emptied, tmp_path)).locked(0):
        assert names(emptied) == ["wegwijzer-lock"]
    assert names(emptied) == []


def test_a_lock_that_was_left_behind_is_told_and_goes_by_force(
    emptied: ChromaProcess,
    plain_corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    left = {"holder": "elders, pid 7, 2026-01-01 10:00 UTC", "token": "0"}
    emptied.client.create_collection("wegwijzer-lock", embedding_function=None, metadata=left)
    monkeypatch.setenv("WEGWIJZER_CHROMA_URL", emptied.url)
    monkeypatch.setenv("WEGWIJZER_LOCK_TIMEOUT_S", "0")
    monkeypatch.setattr(ingest_command, "load_embeddings", lambda _settings: WordEmbeddings())
    load_settings.cache_clear()
    arguments = [str(plain_corpus), "--index", str(tmp_path)]
    assert ingest_command.main(arguments) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"Op de Chroma-server {emptied.url} schrijft al een ingest (elders, pid 7, 2026-01-01 10:00 UTC). "
        "Wacht daarop. Is die ingest afgebroken, geef dan hetzelfde commando met --force."
    )
    assert names(emptied) == ["wegwijzer-lock"]
    assert ingest_command.main([*arguments, "--force"]) == 0
    assert names(emptied) == [f"wegwijzer-{pointed(Store(tmp_path))}"]
    assert ingest_command.main([*arguments, "--force"]) == 0
    load_settings.cache_clear()


def test_an_ingest_that_was_forced_away_leaves_the_lock_of_the_other(
    emptied: ChromaProcess, tmp_path: Path
) -> None:
    here, there = (open_store(machine(emptied, tmp_path / name)) for name in ("here", "there"))
    with here.locked(0):
        there.unlock()
        emptied.client.create_collection("wegwijzer-lock", embedding_function=None)
    assert names(emptied) == ["wegwijzer-lock"]


def test_a_server_that_refuses_the_lock_is_an_error_and_no_lock(
    emptied: ChromaProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.server_store.LOCK", "x")
    with pytest.raises(ChromaServerError, match="name"), open_store(machine(emptied, tmp_path)).locked(0):
        pytest.fail("held a lock that could not be made")


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
    assert "living lab" in answered(settings, "Wat is een living lab?")


def test_an_empty_folder_holds_no_index(emptied: ChromaProcess, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=emptied.url):
        open_store(machine(emptied, tmp_path)).pointer()


def test_a_tenant_that_is_not_there_is_an_error_that_names_the_server(
    emptied: ChromaProcess, tmp_path: Path
) -> None:
    settings = machine(emptied, tmp_path).model_copy(update={"chroma_tenant": "elders"})
    with pytest.raises(ChromaServerError, match="elders"):
        open_store(settings).chunks("0" * 16)


def test_a_server_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path, chroma_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ChromaServerError, match="WEGWIJZER_CHROMA_URL"):
        open_store(settings).chunks("0" * 16)


def test_a_server_that_never_answers_is_given_up_after_two_time_outs(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = Settings(
            index=tmp_path, chroma_url=f"http://127.0.0.1:{silent.getsockname()[1]}", chroma_timeout_s=0.3
        )
        started = time.monotonic()
        with pytest.raises(ChromaServerError, match="timed out"):
            open_store(settings).chunks("0" * 16)
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
        with pytest.raises(ChromaServerError):
            assistant.index.store.check()
        assert renewed(assistant) is assistant
        server.start()
        assert assistant.ask(question).text == before


class Pause:
    """Stands for the module `time`: what happens during the pause before the second try."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens
        self.seconds: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Pause for no time, and remember how long the pause was meant to be."""
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
