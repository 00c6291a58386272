"""A language model behind a real server: what is shown is supported, whatever it writes or fails to write."""

import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from assistant import texts
from assistant.chain import Assistant
from assistant.llm.blocks import BLOCKS
from assistant.progress import Progress
from assistant.types import Question
from tests.assistant.conftest import MODEL, WithModel
from tests.conftest import CORPUS
from tests.model_server import NUMBERED, Reply, ScriptedServer, good_draft, supporting

pytestmark = pytest.mark.server

ASKED = Question("Wat is een living lab?")
TIMEOUT_S = 1.0
MARGIN_S = 4.0  # For retrieval and a busy machine.
KEY = "sk-geheim-1234567890"


def test_a_good_draft_is_the_answer_with_its_quotes(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    answer = let_write(word_assistant).ask(ASKED)
    assert answer.mode == f"llm:{MODEL}"
    assert answer.notice == ""
    assert answer.draft is not None
    assert (answer.draft.dropped, answer.draft.fallback) == (0, "")
    assert answer.draft.tokens > 100
    for citation in answer.citations:
        section = word_assistant.index.sections[citation.section_id]
        assert section.text[citation.start : citation.end] == citation.quote
    assert answer.text.count("[") == answer.draft.sentences


def test_the_prompt_holds_the_passages_and_the_question_and_no_more_of_the_visitor(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    let_write(word_assistant).ask(Question("Wat is een living lab?", ("Wat is een geheim?",)))
    (prompt,) = server.prompts
    assert prompt.count("<vraag>Wat is een living lab?</vraag>") == 1
    assert "geheim" not in prompt
    assert len(NUMBERED.findall(prompt)) == BLOCKS


@pytest.mark.alone
def test_a_sentence_is_shown_within_150_ms_of_being_written(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    assistant = let_write(word_assistant)
    assistant.ask(ASKED)  # Loads what loads once.
    server.written_at.clear()
    shown: list[float] = []
    assistant.ask(ASKED, Progress(lambda _sentence: shown.append(time.time())))
    delays = sorted(seen - written for seen, written in zip(shown, server.written_at, strict=True))
    assert delays[0] < 0.15  # The quickest: other programs may hold up any one of them.


FAILURES = {
    "down for good": Reply("{}", status=503),
    "no such model": Reply('{"error": {"message": "no such model"}}', status=404),
    "cut off": Reply("Een living lab is een plek [1]", end="cut"),
    "hangs": Reply("Een living", end="hang"),
    "malformed": Reply("Een living lab is een plek in het echte leven. [1]", end="garbled"),
    "slow": Reply("Een living lab is een plek. " * 50, pause_s=0.05),
    "web page": Reply("<html><body>Welkom</body></html>", html=True),
    "empty": Reply(""),
    "English": Reply("A living lab is a place where people learn together [1]. It lasts two years [2]." * 4),
    "repeats": Reply("Een living lab is een plek in het echte leven. [1] " * 200),
    "ignores the format": Reply("Natuurlijk! Hier is je antwoord: een living lab is een soort proeftuin."),
    "invents": Reply("Een living lab kost 5.000 euro per jaar. [1] Een living lab is verplicht. [2]"),
    "points to nothing": Reply("Een living lab is een plek in het echte leven. [9] Wijken leren. [77]"),
    "only marks": Reply("[1] [2] [3] [[4]] {1}"),
    "code": Reply("```json\n{\"answer\": \"Een living lab is een plek [1]\"}\n```"),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_the_quoted_answer_comes_within_the_time_out(
    failure: str,
    server: ScriptedServer,
    word_assistant: Assistant,
    let_write: WithModel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = Question("Wat vraagt een living lab?")  # Two quotes answer it: one sentence is too little.
    server.answers(FAILURES[failure])
    assistant = let_write(word_assistant, llm_timeout_s=TIMEOUT_S)
    started = time.perf_counter()
    with caplog.at_level(logging.WARNING):
        answer = assistant.ask(asked)
    assert time.perf_counter() - started < TIMEOUT_S + MARGIN_S
    quoted = word_assistant.ask(asked)
    assert (answer.text, answer.mode, answer.citations) == (quoted.text, quoted.mode, quoted.citations)
    assert answer.notice == texts.MODEL_SILENT
    assert answer.draft is not None
    assert answer.draft.fallback
    assert f"quoted answer instead of llm:{MODEL}: {answer.draft.fallback}" in caplog.text


@pytest.mark.parametrize(
    ("part", "booked"),
    [
        ("writer.blocks_for", False),
        ("writer.form_of", False),
        ("writer.task_for", False),
        ("writer.prompts.answer_messages", False),
        ("writer.veto", True),
        ("layout.answer", True),
        ("writer.is_about", True),
    ],
)
def test_an_error_in_any_part_of_a_draft_falls_back_and_books_its_tokens(
    part: str,
    booked: bool,
    server: ScriptedServer,
    word_assistant: Assistant,
    let_write: WithModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_given: object) -> str:
        raise ValueError("broken on purpose")

    monkeypatch.setattr(f"assistant.llm.{part}", broken)
    server.reply = good_draft
    answer = let_write(word_assistant).ask(ASKED)
    quoted = word_assistant.ask(ASKED)
    assert (answer.text, answer.mode, answer.citations) == (quoted.text, quoted.mode, quoted.citations)
    assert answer.notice == texts.MODEL_SILENT
    assert answer.draft is not None
    assert answer.draft.fallback == "ValueError"
    assert (answer.draft.tokens > 300) is booked
    assert _booked(tmp_path / "usage.json") == answer.draft.tokens


def _booked(usage: Path) -> int:
    """Return the tokens of today; before the first call there is no file."""
    return int(json.loads(usage.read_text(encoding="utf-8"))["tokens"]) if usage.is_file() else 0


def test_a_server_that_is_not_there_is_told_in_the_log_and_the_answer_quoted(
    word_assistant: Assistant, let_write: WithModel, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = let_write(word_assistant, llm_base_url="http://127.0.0.1:9/v1", llm_timeout_s=3)
    with caplog.at_level(logging.WARNING):
        assert assistant.ask(ASKED).mode == texts.MODE_EXTRACTIVE
    assert "ConnectionError" in caplog.text


def test_a_failure_that_passes_is_tried_again(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    replies = [Reply("{}", status=503), Reply("{}", status=429)]
    server.reply = lambda prompt: replies.pop(0) if replies else good_draft(prompt)
    assert let_write(word_assistant).ask(ASKED).mode == f"llm:{MODEL}"
    assert len(server.prompts) == 3


def test_a_key_reaches_the_server_and_nothing_else(
    server: ScriptedServer,
    word_assistant: Assistant,
    let_write: WithModel,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.answers(Reply(f'{{"error": {{"message": "wrong key {KEY}"}}}}', status=401))
    with caplog.at_level(logging.WARNING):
        answer = let_write(word_assistant).ask(ASKED)
    assert server.keys == [f"Bearer {KEY}"]
    assert KEY not in caplog.text
    assert KEY not in repr(answer)
    assert "AuthenticationError, status 401" in caplog.text


def test_over_the_limit_of_a_day_nothing_is_asked_and_a_line_says_so(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel, tmp_path: Path
) -> None:
    server.reply = good_draft
    first = let_write(word_assistant, llm_daily_limit=100)
    assert first.ask(ASKED).mode == f"llm:{MODEL}"
    again = let_write(word_assistant, llm_daily_limit=100)  # Another process, or a restart.
    answer = again.ask(ASKED)
    assert (answer.mode, answer.notice) == (texts.MODE_EXTRACTIVE, texts.LIMIT_REACHED)
    assert len(server.prompts) == 1


@pytest.mark.parametrize("refused", [Reply("{}", status=403), Reply("{}", status=429), Reply("", status=302)])
def test_a_call_that_the_provider_refuses_costs_nothing(
    refused: Reply, server: ScriptedServer, word_assistant: Assistant, let_write: WithModel, tmp_path: Path
) -> None:
    server.answers(refused)
    answer = let_write(word_assistant).ask(ASKED)
    assert answer.draft is not None
    assert answer.draft.tokens == 0
    assert json.loads((tmp_path / "usage.json").read_text(encoding="utf-8"))["tokens"] == 0
    server.answers(Reply("Een living", end="hang"))
    hanging = let_write(word_assistant, llm_timeout_s=TIMEOUT_S).ask(ASKED)
    assert hanging.draft is not None
    assert hanging.draft.tokens > 300


@pytest.mark.parametrize(("text", "pause_s"), [("x " * 500_000, 0.0), ("[1] " * 20_000, 0.002)])
def test_a_draft_without_an_end_is_read_and_booked_up_to_a_length(
    text: str, pause_s: float, server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.answers(Reply(text, piece_chars=max(40, len(text) if not pause_s else 0), pause_s=pause_s))
    answer = let_write(word_assistant, llm_timeout_s=60).ask(ASKED)
    assert answer.mode == texts.MODE_EXTRACTIVE
    assert answer.draft is not None
    assert 10_000 < answer.draft.tokens < 20_000


def test_a_visitor_who_stops_ends_the_call(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    progress = Progress()

    def write_long(_prompt: str) -> Reply:
        threading.Timer(0.3, progress.stop).start()
        return Reply("Een living lab is een plek. " * 2_000, pause_s=0.02)

    server.reply = write_long
    started = time.perf_counter()
    let_write(word_assistant, llm_timeout_s=60).ask(ASKED, progress)
    assert time.perf_counter() - started < 60 / 2
    deadline = time.monotonic() + MARGIN_S
    while not server.broken_off and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.broken_off == 1


def test_a_sentence_that_leans_on_a_dropped_one_is_dropped_too(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    def lean(prompt: str) -> Reply:
        told = good_draft(prompt).text
        return Reply(f"Een living lab kost 100 euro. [1] Dat is een plek in het echte leven. [1] {told}")

    server.reply = lean
    progress = Progress()
    let_write(word_assistant).ask(ASKED, progress)
    assert progress.sentences
    assert not any(sentence.startswith(("Dat is", "Een living lab kost")) for sentence in progress.sentences)


@pytest.mark.parametrize(("opening", "shown"), [("Dat is een plek", True), ("Dat gebeurt", False)])
def test_an_answer_may_open_with_dat_where_it_names_what_was_asked(
    opening: str, shown: bool, server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = lambda _prompt: Reply(f"{opening} in het echte leven. [1]")
    server.verdict = supporting(lambda pair: " ".join(pair["block"].split()[:6]))
    progress = Progress()
    let_write(word_assistant).ask(ASKED, progress)
    assert progress.sentences == ((f"{opening} in het echte leven.",) if shown else ())


def test_advice_keeps_its_decision_and_the_model_tells_its_reasons(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    assistant = let_write(word_assistant)
    asked = map(word_assistant.ask, _situations())
    advised = (one for one in asked if one.advice and one.status == "answered")
    for quoted in islice(advised, 3):
        reason = quoted.citations[0].quote
        told = re.split(r"(?<=[.?!]) ", reason)[-1]
        server.answers(Reply(f"{told} [1] Doorbraak kost een ton. [1]"))
        answer = assistant.ask(Question(quoted.question))
        assert answer.mode == f"llm:{MODEL}"
        assert answer.advice is not None
        assert quoted.advice is not None
        chances = [[p.probability for p in one.ranking] for one in (answer.advice, quoted.advice)]
        assert chances[0] == chances[1]
        first, _, _ = quoted.text.partition(reason)
        assert answer.text == f"{first}{told} [1]"
        assert answer.advice.ranking[0].reasons
        assert "past het best. Kies zelf niets anders" in server.prompts[-1]
        assert reason.removeprefix("- ") in server.prompts[-1]


def _situations() -> Iterator[Question]:
    """Yield the example situations of the corpus as questions."""
    for file in sorted(CORPUS.glob("situations/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield Question(json.loads(line)["text"])
