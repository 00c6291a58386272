"""What tests share: the real model, a quick stand-in, small indexes, and commands as a user types them."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from ingest.embedding.embeddings import TextEmbeddings, load_embeddings
from ingest.index.open import Index, open_index
from ingest.index.store import Store, served
from ingest.pipeline import ingest
from settings import Settings, load_settings
from tests.word_embeddings import WordEmbeddings

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "corpus"
SMALL_SECTIONS = (
    "02-living-lab/omschrijving",
    "02-living-lab/wanneer",
    "02-living-lab/stappen",
    "02-living-lab/literatuur",
    "03-actie-onderzoek/omschrijving",
    "03-actie-onderzoek/wanneer",
    "06-vergelijken-en-kiezen/keuzehulp",
)
SITUATIONS_A_PRACTICE = 12
UNANSWERABLE = 60
COMMAND_TIMEOUT_S = 600  # On a busy machine; only what hangs takes so long.
OPERATORS = ("WEGWIJZER_", "LANGSMITH_", "LANGCHAIN_")  # So begin settings that no test should meet.
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # Its name, when several processes run tests at a time.
GIVEN_INDEX = os.environ.get("WEGWIJZER_TEST_INDEX")  # An index of the corpus, to save building one.

hypothesis.settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, max_examples=100
)
hypothesis.settings.load_profile("project")

Command = Callable[..., subprocess.CompletedProcess[str]]
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that makes a folder once for all processes that run tests, and returns its path."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if WORKER else base

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # What a process left that could not finish it.
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the operator's own settings away and forget what was read."""
    for name in [name for name in os.environ if name.startswith(OPERATORS)]:
        monkeypatch.delenv(name)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture(scope="session")
def embeddings() -> TextEmbeddings:
    """Load the embedded model once for all tests."""
    return load_embeddings(Settings(embedding_model=None))


@pytest.fixture(scope="session")
def small_corpus(once: Once) -> Path:
    """Return a folder with a handful of sections, their questions, and some situations for each practice."""
    return once("small-corpus", _small_corpus)


@pytest.fixture(scope="session")
def plain_corpus(small_corpus: Path, once: Once) -> Path:
    """Return the small corpus without examples to train on, which makes a build quick."""

    def fill(folder: Path) -> None:
        shutil.copytree(small_corpus, folder)
        shutil.rmtree(folder / "situations")
        (folder / "unanswerable.jsonl").unlink()

    return once("plain-corpus", fill)


@pytest.fixture
def plain_copy(plain_corpus: Path, tmp_path: Path) -> Path:
    """Return a copy of the plain corpus that a test may change."""
    return shutil.copytree(plain_corpus, tmp_path / "corpus")


@pytest.fixture
def corpus_copy(small_corpus: Path, tmp_path: Path) -> Path:
    """Return a copy of the small corpus that a test may change."""
    return shutil.copytree(small_corpus, tmp_path / "corpus")


@pytest.fixture(scope="session")
def small_index(small_corpus: Path, once: Once, embeddings: TextEmbeddings) -> Path:
    """Return the index of the small corpus, built with the real model; tests read it only."""
    return once("small-index", lambda folder: ingest([small_corpus], Settings(index=folder), embeddings))


@pytest.fixture
def index_copy(small_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the small index that a test may change."""
    return shutil.copytree(small_index, tmp_path / "index")


@pytest.fixture(scope="session")
def assistant(small_index: Path, embeddings: TextEmbeddings) -> Assistant:
    """Open the small index with the real model."""
    return _assistant(small_index, embeddings)


@pytest.fixture(scope="session")
def word_index(small_corpus: Path, once: Once) -> Path:
    """Return the index of the small corpus, built with the quick stand-in; tests read it only."""
    return once("word-index", lambda folder: ingest([small_corpus], Settings(index=folder), WordEmbeddings()))


@pytest.fixture(scope="session")
def plain_index(plain_corpus: Path, once: Once) -> Path:
    """Return the index of the plain corpus, built with the quick stand-in; tests read it only."""
    return once(
        "plain-index", lambda folder: ingest([plain_corpus], Settings(index=folder), WordEmbeddings())
    )


@pytest.fixture
def plain_index_copy(plain_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the plain index that a test may change."""
    return shutil.copytree(plain_index, tmp_path / "index")


@pytest.fixture(scope="session")
def word_assistant(word_index: Path) -> Assistant:
    """Open the small index with the quick stand-in."""
    return _assistant(word_index, WordEmbeddings())


@pytest.fixture(scope="session")
def opened(word_assistant: Assistant) -> Index:
    """Return the stand-in's index, opened."""
    return word_assistant.index


@pytest.fixture
def word_embeddings() -> WordEmbeddings:
    """Return a fresh stand-in, which remembers what it embedded."""
    return WordEmbeddings()


@pytest.fixture(scope="session")
def full_index(once: Once, embeddings: TextEmbeddings) -> Path:
    """Return an index of the whole corpus: a copy of the given one brought up to date, or one built here."""

    def fill(folder: Path) -> None:
        if GIVEN_INDEX and served(Store(Path(GIVEN_INDEX))):
            shutil.copytree(GIVEN_INDEX, folder)
        ingest([CORPUS], Settings(index=folder), embeddings)

    return once("full-index", fill)


@pytest.fixture(scope="session")
def full_assistant(full_index: Path, embeddings: TextEmbeddings) -> Assistant:
    """Open the index of the whole corpus with the real model."""
    return _assistant(full_index, embeddings)


@pytest.fixture
def environment() -> dict[str, str]:
    """Return the environment for a process that a test starts itself."""
    return process_environment({})


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Return a function that runs `python -m ...` in a process without the operator's settings."""

    def run(*arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=process_environment(environment),
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )

    return run


def build_folder(index: Path) -> Path:
    """Return the folder of the build that serves."""
    store = Store(index)
    return store.folder(store.pointer().build)


def process_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with the project's modules and without the operator's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OPERATORS)}
    search = [extra["PYTHONPATH"]] if "PYTHONPATH" in extra else []
    return {**kept, **extra, "PYTHONPATH": os.pathsep.join([*search, str(PROJECT)]), "PYTHONUTF8": "1"}


def _small_corpus(folder: Path) -> None:
    """Write the small corpus."""
    for name in SMALL_SECTIONS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        for suffix in (".md", ".questions.yaml"):
            shutil.copy(CORPUS / f"{name}{suffix}", folder / f"{name}{suffix}")
    for name in ("practices.yaml", "sources.yaml"):
        shutil.copy(CORPUS / name, folder / name)
    (folder / "situations").mkdir()
    chosen: list[str] = []
    counted = Counter[str]()
    for line in (line for file in sorted(CORPUS.glob("situations/*.jsonl")) for line in _lines(file)):
        practice = json.loads(line)["practice"]
        counted[practice] += 1
        if practice and counted[practice] <= SITUATIONS_A_PRACTICE:
            chosen.append(line)
    _write_lines(folder / "situations" / "some.jsonl", chosen)
    _write_lines(folder / "unanswerable.jsonl", _lines(CORPUS / "unanswerable.jsonl")[:UNANSWERABLE])


def _assistant(folder: Path, embeddings: TextEmbeddings) -> Assistant:
    index = open_index(folder, embeddings.model_id)
    settings = Settings(index=folder, kept_answers=0)  # What is tested is an answer, not the memory of one.
    return Assistant(settings, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _write_lines(file: Path, lines: Sequence[str]) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
