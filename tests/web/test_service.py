"""The assistant opens in the background, and a start that fails says why in Dutch and in English."""

from pathlib import Path

import pytest

from assistant.texts import explain
from errors import EmptyDocumentError, IndexDamagedError, ModelMismatchError, WegwijzerError
from settings import Settings
from tests.web.fakes import FakeAssistant
from tests.web.serving import settled
from web import service as service_module
from web import texts
from web.opened import WARM_UP_QUESTION, Asked
from web.service import Service


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
    def fail(_service: Service) -> Asked:
        raise error

    readiness = settled(Service(fail)).readiness
    assert readiness.phase == "failed"
    assert notice in readiness.notice
    assert readiness.reason == str(error)


def test_an_unexpected_error_at_the_start_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_service: Service) -> Asked:
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
