"""The assistant opens in the background, and a start that fails says why in Dutch and in English."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.progress import Progress
from assistant.texts import explain
from assistant.types import Answer, Question
from errors import (
    ChromaServerError,
    EmptyDocumentError,
    IndexDamagedError,
    ModelMismatchError,
    WegwijzerError,
)
from settings import Settings
from tests.conftest import CORPUS, PROJECT
from tests.web.fakes import FakeAssistant, FakeIndex
from tests.web.serving import settled
from web import service as service_module
from web import texts
from web.ready import WARM_UP_QUESTION, ChatAssistant, opened
from web.service import Phase, Service
from web.workers import MOST_ANSWERS


def test_a_service_is_ready_after_it_answered_one_question(fake: FakeAssistant) -> None:
    service = Service(lambda _service: fake)
    assert not service.ready
    assert settled(service).ready
    assert service.mode == "extractive"
    assert [question.text for question in fake.asked] == [WARM_UP_QUESTION]


def test_a_service_starts_once(fake: FakeAssistant) -> None:
    service = settled(Service(lambda _service: fake))
    service.start()
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("error", "notice"),
    [
        (IndexDamagedError(Path("index"), "x"), "De index is beschadigd"),
        (ModelMismatchError("a", "b"), explain(ModelMismatchError("a", "b"))),
        (EmptyDocumentError(Path("leeg.md")), "een van de teksten kan niet worden gelezen"),
    ],
)
def test_a_start_that_fails_says_why(error: WegwijzerError, notice: str) -> None:
    def fail(_service: Service) -> ChatAssistant:
        raise error

    readiness = settled(Service(fail)).readiness
    assert readiness.phase == "failed"
    assert notice in readiness.notice
    assert readiness.reason == str(error)


class Outrun(FakeAssistant):
    """Answers once; then its build is gone, and another assistant has a newer one, if any."""

    def __init__(self, other: FakeAssistant | None) -> None:
        super().__init__()
        self._other = other

    def ask(self, question: Question, progress: Progress | None = None) -> Answer:
        """Answer the first question only."""
        if self.asked:
            raise IndexDamagedError(Path("index"), "Chroma cannot read its chunks")
        return super().ask(question, progress)

    def newer(self) -> FakeAssistant | None:  # type: ignore[override]
        """Return the other one."""
        return self._other if self.asked else None


def test_a_question_to_a_build_that_is_gone_is_answered_from_the_newest(fake: FakeAssistant) -> None:
    service = settled(Service(lambda _service: Outrun(fake)))
    answer = service.submit(Question("Welk type past?"))
    assert answer is not None
    assert answer.result(timeout=10).status == "answered"


def test_a_damaged_index_is_told_when_there_is_no_newer_one() -> None:
    service = settled(Service(lambda _service: Outrun(None)))
    answer = service.submit(Question("Welk type past?"))
    assert answer is not None
    with pytest.raises(IndexDamagedError):
        answer.result(timeout=10)


def test_an_unexpected_error_at_the_start_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_service: Service) -> ChatAssistant:
        raise ValueError("secret detail")

    readiness = settled(Service(fail)).readiness
    assert (readiness.phase, readiness.notice) == ("failed", texts.START_FAILED)
    assert "secret detail" not in readiness.reason
    assert "secret detail" in caplog.text


@pytest.mark.model
def test_the_index_is_built_when_there_is_none(
    plain_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(corpus=plain_corpus, index=tmp_path / "index")
    monkeypatch.setattr(service_module, "load_settings", lambda: settings)
    service = settled(Service(service_module.open_assistant))
    assert service.readiness.reason == "ready"
    assert service.assistant is not None
    assert len(service.assistant.index.sections) == 7
    assert service.own_text


class Named(Service):
    """Remembers by which name the documents went at each step of the start."""

    def __init__(self) -> None:
        super().__init__(service_module.open_assistant)
        self.names: list[tuple[str, str]] = []

    def report(self, phase: Phase, notice: str, reason: str) -> None:
        """Note the name."""
        super().report(phase, notice, reason)
        self.names.append((phase, self.about.name))


@pytest.mark.model
def test_during_the_start_the_documents_have_their_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stukken = tmp_path / "stukken"
    stukken.mkdir()
    (stukken / "parkeren.md").write_text("# Parkeren\n\nParkeren kost twee euro per uur.", encoding="utf-8")
    (stukken / "document.toml").write_text('[about]\nname = "Parkeerhulp"\n', encoding="utf-8")
    settings = Settings(corpus=stukken, index=tmp_path / "index")
    monkeypatch.setattr(service_module, "load_settings", lambda: settings)
    first, again = Named(), Named()
    for service in (first, again):
        settled(service)
    assert [name for phase, name in first.names] == ["Parkeerhulp"] * 3
    assert again.names == [("loading", "Parkeerhulp"), ("ready", "Parkeerhulp")]


def test_without_readable_documents_the_start_has_the_name_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(corpus=tmp_path / "weg", index=tmp_path / "index")
    monkeypatch.setattr(service_module, "load_settings", lambda: settings)
    service = Named()
    settled(service)
    assert service.names[-1] == ("failed", texts.TITLE)


def test_a_question_after_the_end_is_not_taken_and_counts_for_nothing(fake: FakeAssistant) -> None:
    service = settled(Service(lambda _service: fake))
    service.close()
    assert [service.submit(Question("Welk type past?")) for _ in range(MOST_ANSWERS + 1)] == [None] * (
        MOST_ANSWERS + 1
    )
    assert not service.workers.crowded


OWN = Path("02-living-lab/doel.md")


def own_section(text: str, source: str = OWN.as_posix()) -> FakeAssistant:
    """Return a stand-in whose index holds one section."""
    assistant = FakeAssistant()
    section = replace(next(iter(assistant.index.sections.values())), source=source, text=text)
    assistant.index = FakeIndex(sections={section.section_id: section})
    return assistant


def test_text_is_called_our_own_by_what_it_says_and_not_by_its_file_name() -> None:
    own = (CORPUS / OWN).read_text(encoding="utf-8").rpartition("---\n")[2].strip()
    outside = os.path.relpath(PROJECT / "README.md", CORPUS)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    texts_and_sources = (
        (own, OWN.as_posix()),
        ("Iets anders.", OWN.as_posix()),
        (own, "x.md"),
        (readme, outside),
    )
    called = [opened(own_section(text, source)).own_text for text, source in texts_and_sources]
    assert called == [True, False, False, False]


class Renewed(FakeAssistant):
    """A stand-in whose index is replaced once, or cannot be."""

    def __init__(self, following: FakeAssistant | WegwijzerError | None = None) -> None:
        super().__init__()
        self.following = following
        self.looked = 0
        self.closed = False

    def newer(self) -> FakeAssistant | None:  # type: ignore[override]
        """Return the stand-in that follows, if any, or raise what keeps it from opening."""
        self.looked += 1
        if isinstance(self.following, WegwijzerError):
            raise self.following
        return self.following

    def close(self) -> None:
        """Remember it."""
        self.closed = True


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a new index all the time."""
    monkeypatch.setattr(service_module, "POLL_S", 0.01)
    monkeypatch.setattr(service_module, "RETRY_S", 0.01)


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; fail when it does not."""
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


@pytest.mark.usefixtures("quick")
def test_a_new_index_is_taken_while_an_answer_is_made_from_the_old_one(fake: FakeAssistant) -> None:
    old = Renewed()
    service = settled(Service(lambda _service: old))
    answering = service.submit(Question("traag"))
    assert answering is not None
    until(lambda: len(old.asked) == 2)
    old.following = fake
    until(lambda: service.assistant is fake)
    assert not old.closed or answering.done()
    assert answering.result().status == "answered"
    until(lambda: old.closed)
    service.close()
    assert [question.text for question in fake.asked] == [WARM_UP_QUESTION]


@pytest.mark.usefixtures("quick")
def test_an_index_that_cannot_be_opened_leaves_the_old_one_answering_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    old = Renewed(IndexDamagedError(Path("index"), "x"))
    service = settled(Service(lambda _service: old))
    until(lambda: old.looked > 5)
    service.close()
    assert service.assistant is old
    assert not old.closed
    assert caplog.text.count("cannot be opened") == 1


@pytest.mark.usefixtures("quick")
def test_a_start_waits_for_a_server_that_is_away(fake: FakeAssistant) -> None:
    tries: list[str] = []

    def open_later(service: Service) -> ChatAssistant:
        tries.append(service.readiness.notice)
        if len(tries) < 3:
            raise ChromaServerError("http://127.0.0.1:1", "Connection refused")
        return fake

    service = settled(Service(open_later))
    service.close()
    assert service.ready
    assert tries[1:] == [explain(ChromaServerError("", ""))] * 2
