"""The measurement of speed: its corpora, its conversations, its bars, and the environments of its peers."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from evals.__main__ import main
from evals.speed.answers import text_alone
from evals.speed.bars import Check, checks
from evals.speed.growth import MixedVectors, write_corpus
from evals.speed.peers.environments import requirements
from evals.speed.peers.protocol import distinct, sections_of
from evals.speed.process import Footprint, own_footprint, served
from evals.speed.run import Plan, measure_speed, page, told
from evals.speed.types import Answers, Crowd, IngestTiming, Retriever, Size, SpeedResults, Start
from evals.speed.visitors.chat import Chat
from evals.speed.visitors.soak import Sample, Soaked, soak
from evals.types import Timing
from ingest.documents.files import load_corpus
from settings import Settings
from tests.conftest import CORPUS
from tests.word_embeddings import WordEmbeddings

VOCABULARY = ["samen", "leren", "in", "de", "wijk", "doelen", "van", "bewoners"]


def system(name: str, ms: float, recall: float, chunks_a_second: float) -> Retriever:
    """Return a system with these figures and no others that matter."""
    return Retriever(
        name=name,
        gives="passages",
        wall_ms=Timing(ms, 2 * ms),
        cpu_ms=Timing(ms, 2 * ms),
        recall_at_5=recall,
        found_in_5=recall,
        load_s=1.0,
        load_cpu_s=1.0,
        reading=IngestTiming(100, 100 / chunks_a_second, 1.0, 50, 12_000),
        peak_mb=500.0,
    )


def size(chunks: int, ms: float) -> Size:
    """Return an index of this size on which a question takes so long."""
    taken = Timing(ms, ms)
    return Size(
        chunks,
        IngestTiming(chunks, 1.0, 1.0, chunks, 100 * chunks),
        300.0,
        2.0,
        300.0,
        0.5,
        taken,
        taken,
        taken,
    )


def results() -> SpeedResults:
    """Return results of every stage, with one bar that is missed."""
    return SpeedResults(
        commit="abc",
        machine="2 x processor",
        answers=Answers(
            steps_ms={"embed": Timing(4, 5), "whole": Timing(9, 31)},
            cpu_ms=Timing(9, 9),
            repeated_ms=Timing(0.1, 0.1),
            loaded_s=1,
            loaded_cpu_s=1,
            reading=IngestTiming(1, 1, 1, 1, 400),
            memory_mb=300,
        ),
        systems=[
            system("product", 10, 0.8, 40),
            system("langchain", 35, 0.7, 10),
            system("haystack", 40, 0.7, 20),
        ],
        growth=[size(100, 9), size(100_000, 18)],
        starts=[Start(3.0, 2.0, 300.0)],
        crowds=[
            Crowd(50, "chat", Timing(0.2, 0.4), Timing(0.5, 1.0), 40, 20, 60, 400, 0),
            Crowd(50, "/api/ask", None, Timing(0.4, 0.8), 80, 15, 0, 400, 0),
        ],
        soak={"growth": 0.01},
    )  # fmt: skip


def test_every_bar_is_checked_against_what_was_measured() -> None:
    found = {one.what: (round(one.value, 3), one.met) for one in checks(results())}
    assert found == {
        "complete answer in process, median": (9, True),
        "complete answer in process, p95": (31, False),
        "LangChain's retrieval alone against a complete answer": (3.5, True),
        "recall@5 against LangChain's": (10, True),
        "chunks read a second against the fastest peer": (2, True),
        "ready after start": (3.0, True),
        "memory when ready": (300.0, True),
        "memory with 50 conversations": (400, True),
        "50 at once: first text, p95": (0.4, True),
        "50 at once: full answer, p95": (1.0, True),
        "/api/ask, 50 at once": (80, True),
        "question at 100,000 chunks against 100": (2, True),
        "memory growth in a soak, after ten minutes": (1.0, True),
    }


def test_a_stage_that_was_not_run_is_left_out() -> None:
    empty = SpeedResults("abc", "machine")
    assert checks(empty) == []
    assert told(empty) == "machine, code at abc"


def test_a_bar_is_met_at_its_own_value() -> None:
    assert Check("x", 4.0, 4.0, "s").met
    assert Check("x", 4.0, 4.0, "s", at_least=True).met
    assert not Check("x", 4.1, 4.0, "s").met
    assert not Check("x", 3.9, 4.0, "s", at_least=True).met


def test_the_page_and_the_lines_tell_which_bar_is_missed() -> None:
    shown = page(results())
    assert shown.count('class="missed"') == 1
    assert "langchain: passages" in shown
    lines = told(results())
    (missed,) = [line.split() for line in lines.splitlines() if line.endswith("missed")]
    assert missed == ["complete", "answer", "in", "process,", "p95", "31.00", "ms", "≤", "30", "missed"]
    assert "1.0 chunks a second, 1.0 sections or 1.0 pages" in lines


def test_a_generated_corpus_has_one_section_a_chunk_of_the_given_words(tmp_path: Path) -> None:
    write_corpus(tmp_path, 1_200, VOCABULARY)
    corpus = load_corpus([tmp_path])
    assert len(corpus.sections) == 1_200
    assert {word.strip(".").lower() for one in corpus.sections for word in one.text.split()} == set(
        VOCABULARY
    )


def test_a_mixed_vector_has_length_one_and_stays_the_same() -> None:
    base = np.eye(WordEmbeddings.DIMENSION, dtype=np.float32)
    mixed = MixedVectors(WordEmbeddings(), base)
    vectors = mixed.encode_passages(["een", "twee"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(vectors, mixed.encode_passages(["een", "twee"]))
    assert not np.allclose(vectors[0], vectors[1])


def test_only_the_text_of_a_corpus_is_copied_for_a_comparison(tmp_path: Path) -> None:
    copied = load_corpus([text_alone(CORPUS, tmp_path / "corpus", 5)])
    assert len(copied.sections) >= 5
    assert (copied.variants, copied.situations, copied.unanswerable) == ((), (), ())


def test_growth_in_a_soak_counts_after_it_has_settled() -> None:
    samples = [Sample(at, Footprint(memory, 1.0, 10, 20)) for at, memory in _memory()]
    assert Soaked(samples=samples).growth == pytest.approx(303 / 300 - 1)
    assert Soaked(samples=samples[:60]).growth is None


def _memory() -> list[tuple[float, float]]:
    start = [(10.0 * number, 200.0 + number) for number in range(60)]
    return start + [(600 + 10.0 * number, 300.0 if number < 30 else 303.0) for number in range(60)]


def test_each_peer_installs_its_own_lines_and_what_runs_the_weights() -> None:
    names = [line.split(">")[0].split("=")[0] for line in requirements("langchain")]
    own = ["langchain-chroma", "langchain-huggingface", "langchain-text-splitters"]
    assert names == [*own, "sentence-transformers", "torch"]


def test_sections_are_read_as_written_and_counted_once(tmp_path: Path) -> None:
    rows = [
        {"section_id": "a", "title": "A", "text": "één\u2028twee"},
        {"section_id": "b", "title": "B", "text": ""},
    ]
    file = tmp_path / "sections.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert sections_of(str(file)) == rows
    assert distinct(["b", "a", "b"]) == ["b", "a"]


def test_the_footprint_of_this_process_is_plausible() -> None:
    found = own_footprint()
    assert 20 < found.memory_mb < 20_000
    assert found.threads >= 1
    assert found.handles >= 3


@pytest.mark.model
@pytest.mark.server
def test_a_conversation_over_the_socket_is_answered_and_a_short_soak_ends_without_errors(
    small_index: Path, tmp_path: Path
) -> None:
    async def converse(address: str) -> tuple[float, float]:
        async with Chat(address) as chat:
            wait = await chat.ask("Wat is een living lab?")
            return wait.first_s, wait.full_s

    with served(small_index, tmp_path, {}) as server:
        first_s, full_s = asyncio.run(converse(server.address))
        found = asyncio.run(soak(server, ["Wat is actie-onderzoek?", "Wat is een living lab?"], 0.05))
    assert 0 < first_s <= full_s
    assert (found.errors, len(found.samples)) == ([], 1)
    assert 1 < found.answers == found.visits  # So short a soak is one question long for each who comes.


def test_a_stage_that_cannot_run_fails_the_command_and_the_others_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.speed.run.measure_starts", lambda _index: [])
    missing = tmp_path / "index"
    arguments = ["speed", "--only", "answers,start", "--index", str(missing), "--out", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert f"Could not be measured: answers: No index at {missing}" in capsys.readouterr().err
    assert (tmp_path / "out" / "speed.html").is_file()


def test_a_peer_that_cannot_be_installed_fails_its_stage(
    plain_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("evals.speed.peers.environments.FOLDER", tmp_path / "file" / "peers")
    _, failed = measure_speed(Settings(index=plain_index), Plan(("peers",)), tmp_path / "out")
    assert [line.split(": ")[:2] for line in failed] == [["peers", "langchain"]]
