"""An ingest that is killed or interrupted costs nothing: the old index answers and the next ingest works."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.open import open_index, stored_sections
from ingest.index.store import BUILDS_FOLDER
from ingest.pipeline import ingest
from settings import Settings
from tests.conftest import build_folder

Command = Callable[..., subprocess.CompletedProcess[str]]

WAIT_S = 120
OTHER_CHUNK_WORDS = 30  # Another length of chunks makes the same corpus a new build.
# Takes seconds to embed, so that the signal comes in time.
LONG = "# Lang\n\n" + "\n".join(
    f"Zin {number} vertelt van dag {number} in de buurt." for number in range(600)
)


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; fail when it does not."""
    end = time.monotonic() + WAIT_S
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def _hear_interrupts() -> None:
    """Undo what a shell does that starts the tests in the background: programs there do not hear SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ingests_that_are_killed_at_random_moments_break_nothing(command: Command) -> None:
    tried = command("tests.trials", "kill", "--trials", "2")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "2  trials" in tried.stdout


@pytest.mark.model
@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_an_ingest_that_is_cut_off_costs_nothing(
    ended_by: signal.Signals,
    corpus_copy: Path,
    index_copy: Path,
    embeddings: SentenceTransformerEmbeddings,
    environment: Mapping[str, str],
) -> None:
    before, pointer = stored_sections(index_copy), build_folder(index_copy)
    (corpus_copy / "lang.md").write_text(LONG, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "ingest", str(corpus_copy), "--index", str(index_copy)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=_hear_interrupts,
    )
    builds = index_copy / BUILDS_FOLDER
    wait_for(lambda: len(list(builds.iterdir())) > 1 or running.poll() is not None)
    running.send_signal(ended_by)
    _, shown = running.communicate(timeout=WAIT_S)
    assert running.returncode == (1 if ended_by == signal.SIGINT else -signal.SIGKILL)
    assert b"Traceback" not in shown

    assert (stored_sections(index_copy), build_folder(index_copy)) == (before, pointer)
    index = open_index(index_copy, embeddings.model_id)
    assistant = Assistant(Settings(), HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())
    assert assistant.ask(Question("Wat is een living lab?")).citations

    (corpus_copy / "lang.md").unlink()
    ingest([corpus_copy], Settings(index=index_copy, chunk_words=OTHER_CHUNK_WORDS), embeddings)
    assert open_index(index_copy, embeddings.model_id).manifest.chunk_words == OTHER_CHUNK_WORDS
    assert set(builds.iterdir()) == {build_folder(index_copy), pointer}  # Open readers keep the old one.
