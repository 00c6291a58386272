"""The measurement of speed: its corpora, its conversations, its bars, and its peer."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from evals.__main__ import main
from evals.speed.answers import STEPS, text_alone
from evals.speed.bars import SpeedBar, bars_table, load_bars
from evals.speed.chat import open_chat
from evals.speed.growth import GROWTH, MixedVectors, write_corpus
from evals.speed.peers import LANGCHAIN, PEERS, PRODUCT
from evals.speed.process import Footprint, footprint, served
from evals.speed.run import STAGES, load_speed, measure_speed, speed_tables, told
from evals.speed.serve import Search, Section, serve
from evals.speed.types import SpeedResults
from evals.speed.visitors import CROWDS, SOAK, STARTS, grown, soak
from ingest.documents.files import load_corpus
from settings import Settings
from tests.conftest import CORPUS
from tests.word_embeddings import WordEmbeddings

VOCABULARY = ["samen", "leren", "in", "de", "wijk", "doelen", "van", "bewoners"]


def results() -> SpeedResults:
    """Return results of every stage, with one bar that is missed."""
    whole = {"ms median": 9.0, "ms p95": 31.0}
    chat = {"MB": 400.0, "first text s p95": 0.4, "full answer s p95": 1.0, "answers/s": 40.0}
    return SpeedResults(
        "abc",
        "2 x processor",
        {
            STEPS: {"embed": {"ms median": 4.0}, "whole": whole},
            PEERS: {
                PRODUCT: {"ms median": 10.0, "recall@5": 0.8, "chunks/s": 40.0},
                LANGCHAIN: {"ms median": 35.0, "recall@5": 0.7, "chunks/s": 20.0},
            },
            GROWTH: {"100 chunks": {"ms median": 9.0}, "100,000 chunks": {"ms median": 18.0}},
            STARTS: {"median": {"ready s": 3.0, "MB": 290.0}, "most": {"ready s": 9.0, "MB": 300.0}},
            CROWDS: {"50 over chat": chat, "50 over /api/ask": {"answers/s": 80.0}},
            SOAK: {"visitors": {"growth %": 1.0}},
        },
    )


def test_every_bar_is_checked_against_what_was_measured() -> None:
    found = {bar.what: bar.measured(results()) for bar in load_bars()}
    assert found == {
        "complete answer in process, median": 9.0,
        "complete answer in process, p95": 31.0,
        "LangChain's retrieval alone, times a complete answer": 3.5,
        "recall@5, times LangChain's": 0.8 / 0.7,
        "chunks read a second, times LangChain's": 2.0,
        "ready after start, s": 3.0,
        "memory when ready, MB": 300.0,
        "memory with 50 conversations, MB": 400.0,
        "50 at once: first text, p95, s": 0.4,
        "50 at once: full answer, p95, s": 1.0,
        "/api/ask, 50 at once, answers a second": 80.0,
        "question at 100,000 chunks, times one at 100": 2.0,
        "memory growth in a soak, after ten minutes, %": 1.0,
    }
    assert [row.name for row in bars_table(results()).rows if row.mark == "missed"] == [
        "complete answer in process, p95"
    ]


def test_a_stage_that_was_not_run_is_left_out() -> None:
    empty = SpeedResults("abc", "machine")
    assert bars_table(empty).rows == []
    assert told(empty) == "machine, code at abc"


def test_a_bar_is_met_at_its_own_value() -> None:
    most = SpeedBar(what="x", table="table", row="row", column="column", at_most=4.0)
    least = most.model_copy(update={"at_most": None, "at_least": 4.0})
    assert [most.met(4.0), most.met(4.1), least.met(4.0), least.met(3.9)] == [True, False, True, False]


def test_the_lines_tell_which_bar_is_missed() -> None:
    (missed,) = [line.split() for line in told(results()).splitlines() if line.endswith("missed")]
    assert missed == ["complete", "answer", "in", "process,", "p95", "31.00", "≤", "30", "missed"]


def test_results_are_read_back_for_the_report(tmp_path: Path) -> None:
    assert load_speed(tmp_path) is None
    (tmp_path / "speed.json").write_text(json.dumps(asdict(results())), encoding="utf-8")
    assert load_speed(tmp_path) == speed_tables(results())


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
    samples = [(at_s, Footprint(memory, 1.0, 10, 20)) for at_s, memory in _memory()]
    assert grown(samples) == {
        "MB after ten minutes": 300.0,
        "MB": 303.0,
        "growth %": pytest.approx(1.0),
        "most threads": 10,
        "most file handles": 20,
    }
    assert grown(samples[:60]) == {}


def _memory() -> list[tuple[float, float]]:
    start = [(10.0 * number, 200.0 + number) for number in range(60)]
    return start + [(600 + 10.0 * number, 300.0 if number < 30 else 303.0) for number in range(60)]


def test_a_system_reads_sections_and_answers_each_question_with_the_sections_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"section_id": "a", "title": "A", "text": "één\u2028twee"}] * 7
    file = tmp_path / "sections.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", iter([json.dumps("Wat is A?")]))
    read: list[int] = []

    def build(_model: str, sections: Sequence[Section]) -> tuple[Search, int]:
        read.append(len(sections))
        return lambda question: ["b", question, "b"], 3

    serve(lambda: "model", build, file)
    ready, answered = (json.loads(line[1:]) for line in capsys.readouterr().out.splitlines())
    assert (read, ready["chunks"], answered["sections"]) == ([5, 7], 3, ["b", "Wat is A?"])


def test_the_footprint_of_this_process_is_plausible() -> None:
    found = footprint(os.getpid())
    assert 20 < found.memory_mb < 20_000
    assert found.threads >= 1
    assert found.handles >= 3


@pytest.mark.model
@pytest.mark.server
def test_a_conversation_over_the_socket_is_answered_and_a_short_soak_ends_without_errors(
    small_index: Path, tmp_path: Path
) -> None:
    async def converse(address: str) -> tuple[float, float]:
        async with open_chat(address) as chat:
            wait = await chat.ask("Wat is een living lab?")
            return wait.first_s or 0.0, wait.full_s

    with served(small_index, tmp_path, {}) as server:
        first_s, full_s = asyncio.run(converse(server.address))
    assert 0 < first_s <= full_s
    found = soak(Settings(index=small_index), minutes=0.01)[SOAK]["visitors"]
    assert found == {"answers": 60, "visits": 20, "errors": 0}


def test_a_stage_that_cannot_run_fails_the_command_and_the_others_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "evals.speed.run.STAGES", {**STAGES, "start": lambda _settings: {"T": {"r": {"s": 1.0}}}}
    )
    missing = tmp_path / "index"
    arguments = ["speed", "--only", "answers,start", "--index", str(missing), "--out", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert f"Could not be measured: answers: No index at {missing}" in capsys.readouterr().err
    assert load_speed(tmp_path / "out") is not None


def test_a_peer_that_cannot_be_installed_fails_its_stage(
    plain_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("evals.speed.peers.PACKAGES", tmp_path / "file" / "packages")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    _, failed = measure_speed(Settings(index=plain_index), tmp_path / "out", ["peers"])
    assert [line.split(": ")[:2] for line in failed] == [["peers", "pip"]]
