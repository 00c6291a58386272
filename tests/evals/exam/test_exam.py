"""The exam passes a model that reads well and no other, and without a passed one nobody writes."""

import hashlib
import json
import logging
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant import texts
from assistant.chain import Assistant
from assistant.llm import check, exam, prompts
from assistant.llm.check import AT_ONCE
from assistant.llm.exam import ExamRecord, Marks, may_write, prompt_version
from assistant.llm.writers import open_named
from errors import DailyLimitError, ExamMissingError, LanguageModelError
from evals.exam.sit import PAIRS_FILE, ExamPair, load_pairs, sit
from ingest.text.sentences import is_item, sentences
from ingest.texts import explain_to_operator
from settings import Settings
from tests.conftest import PROJECT
from tests.model_server import (
    Reply,
    ScriptedServer,
    approve_all,
    approve_drafts,
    asked_in,
    let_pass,
    model_server,
    pairs_in,
    reject_all,
    verdicts,
)

pytestmark = pytest.mark.server

Command = Callable[..., subprocess.CompletedProcess[str]]
NAME = "openai:scripted"
# Other pairs are another exam: raise VERSION in assistant/llm/exam.py and put the new hash here.
PAIRS_OF_VERSION = {2: "22e32573bf4f"}
HELD_FROM = ("*.md", "docs/**/*.md", "assistant/**/*.py", "evals/**/*.md")


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Return a scripted server of a language model."""
    with model_server() as scripted:
        yield scripted


@pytest.fixture
def settings(server: ScriptedServer, tmp_path: Path) -> Settings:
    """Return settings with the scripted model and files of its own."""
    return Settings(
        llm=NAME,
        llm_base_url=server.address,
        llm_exams=tmp_path / "exams.jsonl",
        llm_usage=tmp_path / "usage.json",
        llm_timeout_s=2,
    )


KEY = {(prompts.plain(pair.block), pair.sentence): pair for pair in load_pairs()}


def with_words(words: Callable[[ExamPair], str]) -> Callable[[str], Reply]:
    """Return how a model reads that rejects as the key of the exam says, and supports with these words."""

    def read(prompt: str) -> Reply:
        asked = [(told["n"], KEY.get((told["block"], told["sentence"]))) for told in pairs_in(prompt)]
        return verdicts((n, words(pair) if pair and pair.supported else "") for n, pair in asked)

    return read


reads_well = with_words(lambda pair: pair.support[0])


def first_words(pair: ExamPair) -> str:
    """Return the first three words of the block, whatever the sentence says."""
    return " ".join(pair.block.split()[:3])


def whole_block(pair: ExamPair) -> str:
    """Return all of the block."""
    return pair.block


def next_sentence(pair: ExamPair) -> str:
    """Return a sentence or an item of the block that does not support it, or where there is none, nothing."""
    spans = sentences(pair.block)
    lines = [re.sub(r"^(-|\d\.) ", "", pair.block[span.start : span.end]) for span in spans]
    return next((line for line in lines if not any(words in line for words in pair.support)), "")


def with_words_of_its_own(prompt: str) -> Reply:
    """Read well, but give supporting words that the block does not hold."""
    return Reply(reads_well(prompt).text.replace('"words": "', '"words": "zoals het blok zegt: '))


def with_the_words_of_the_sentence(prompt: str) -> Reply:
    """Copy each sentence as its own support, as a model that only copies."""
    return verdicts((pair["n"], pair["sentence"]) for pair in pairs_in(prompt))


def test_the_exam_is_half_wrong_of_every_kind_and_a_part_is_held_back() -> None:
    pairs = load_pairs()
    counts = Counter(pair.supported for pair in pairs)
    assert len(pairs) >= 240
    assert abs(counts[True] - counts[False]) <= 0.05 * len(pairs)
    assert {pair.kind for pair in pairs if not pair.supported} == {
        *("number", "entity", "role", "negation", "stronger", "cause", "absent", "order", "scope"),
        *("comparison", "instruction", "item", "lead"),
    }
    assert len([pair for pair in pairs if pair.held]) >= 0.25 * len(pairs)


def test_the_exam_has_lists_and_long_blocks_as_the_chat_has() -> None:
    pairs = load_pairs()
    listed = [pair for pair in pairs if any(map(is_item, pair.block.splitlines()))]
    assert {True, False} == {pair.supported for pair in listed}
    assert len(listed) >= 24
    assert all(re.match(r"[^:]+: [A-Z]", pair.sentence) for pair in listed)  # A lead line, and an item.
    assert len([pair for pair in listed if pair.held]) >= 0.25 * len(listed)
    assert len([pair for pair in pairs if len(pair.block.split()) >= 150]) >= 8


@pytest.mark.parametrize(("supported", "words"), [(True, "een huis"), (True, None), (False, "een plek")])
def test_only_a_right_sentence_has_supporting_words_and_they_are_in_its_block(
    supported: bool, words: str | None
) -> None:
    with pytest.raises(ValidationError, match="supporting words"):
        ExamPair(
            id="e999",
            title="Lab",
            block="Een lab is een plek.",
            sentence="Een lab is ergens.",
            supported=supported,
            kind="summary",
            support=() if words is None else (words,),
            held=False,
        )


def test_other_pairs_are_another_version() -> None:
    assert PAIRS_OF_VERSION[exam.VERSION] == hashlib.sha256(PAIRS_FILE.read_bytes()).hexdigest()[:12]


def test_nothing_that_is_held_back_is_in_a_prompt_or_a_document() -> None:
    files = [file for pattern in HELD_FROM for file in PROJECT.glob(pattern)]
    assert {PROJECT / "README.md", PROJECT / "assistant" / "llm" / "prompts.py"} <= set(files)
    told = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert [pair.id for pair in load_pairs() if pair.held and pair.sentence in told] == []


def test_a_model_that_reads_well_passes_and_may_write(server: ScriptedServer, settings: Settings) -> None:
    server.verdict = reads_well
    assert not may_write(NAME, settings)
    passed, report = sit(NAME, settings)
    assert passed
    assert "wrong sentences rejected  100.0%" in report
    (line,) = settings.llm_exams.read_text(encoding="utf-8").splitlines()
    record = ExamRecord.model_validate_json(line)
    wrong = sum(not pair.supported for pair in load_pairs())
    assert (record.model, record.server, record.exam, record.prompt) == (
        *(NAME, server.address),
        *(exam.VERSION, prompt_version()),
    )
    assert (record.wrong, record.wrong_rejected, record.unanswered) == (wrong, wrong, 0)
    assert not record.broken_off
    assert record.right == record.right_kept == len(load_pairs()) - wrong
    held = Counter(pair.supported for pair in load_pairs() if pair.held)
    assert record.held == Marks(
        wrong=held[False], wrong_rejected=held[False], right=held[True], right_kept=held[True]
    )
    assert f"held back: rejected       100.0% ({held[False]} of {held[False]})" in report
    assert {len(asked_in(prompt)) for prompt in server.checks} == {1, 2, 3, AT_ONCE}
    used = json.loads(settings.llm_usage.read_text(encoding="utf-8"))["tokens"]
    assert record.tokens == used > 10_000
    assert may_write(NAME, settings)


@pytest.mark.parametrize("words", [first_words, whole_block, next_sentence])
def test_a_model_whose_words_do_not_support_the_sentence_fails(
    words: Callable[[ExamPair], str], server: ScriptedServer, settings: Settings
) -> None:
    server.verdict = with_words(words)
    passed, report = sit(NAME, settings)
    assert not passed
    assert "wrong sentences rejected  100.0%" in report


def test_what_is_not_answered_is_neither_rejected_nor_kept(
    server: ScriptedServer, settings: Settings
) -> None:
    silent = [pair for pair in load_pairs() if not pair.supported][:2]

    def skips(prompt: str) -> Reply:
        lines = reads_well(prompt).text.splitlines()
        asked = [KEY.get((told["block"], told["sentence"])) for told in pairs_in(prompt)]
        return Reply(
            "\n".join(line for line, pair in zip(lines, asked, strict=True) if pair not in silent),
            piece_chars=200,
            verdicts=True,
        )

    server.verdict = skips
    passed, report = sit(NAME, settings)
    record = ExamRecord.model_validate_json(settings.llm_exams.read_text(encoding="utf-8"))
    assert (passed, record.wrong - record.wrong_rejected, record.unanswered) == (True, 2, 2)
    assert "no verdict that counts    2" in report


@pytest.mark.parametrize(
    "reader",
    [approve_all, approve_drafts, reject_all, with_words_of_its_own, with_the_words_of_the_sentence],
)
def test_a_model_that_reads_badly_fails(
    reader: Callable[[str], Reply], server: ScriptedServer, settings: Settings
) -> None:
    server.verdict = reader
    passed, report = sit(NAME, settings)
    assert not passed
    assert "Not passed" in report
    assert not may_write(NAME, settings)


@pytest.mark.parametrize(
    ("reader", "kind", "mistakes"),
    [(approve_drafts, False, 4), (approve_all, True, 26), (reject_all, True, 26)],
)
def test_who_cannot_pass_any_more_is_asked_nothing_more(
    reader: Callable[[str], Reply], kind: bool, mistakes: int, server: ScriptedServer, settings: Settings
) -> None:
    server.verdict = reader
    _, report = sit(NAME, settings)
    pairs = load_pairs()
    asked = len([pair for prompt in server.checks for pair in asked_in(prompt)])
    assert mistakes <= sum(pair.supported is kind for pair in pairs[:asked]) < mistakes + AT_ONCE
    assert f"broken off after {asked} of {len(pairs)} pairs" in report
    record = ExamRecord.model_validate_json(settings.llm_exams.read_text(encoding="utf-8"))
    assert (record.wrong + record.right, record.broken_off, record.passed) == (asked, True, False)


@pytest.mark.parametrize(
    "told", ["I cannot help with that.", "Ja.", '{"n": 1, "supported": "true"}', "[]", "{" * 5_000]
)
def test_a_model_that_ignores_the_form_fails(told: str, server: ScriptedServer, settings: Settings) -> None:
    server.verdict = lambda _prompt: Reply(told, piece_chars=5_000)
    assert not sit(NAME, settings)[0]


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<html></html>", html=True),
        Reply("{}", status=500),
        Reply('{"n": 1', end="cut"),
        Reply("{", end="hang"),
    ],
)
def test_a_model_that_fails_again_and_again_leaves_no_record(
    reply: Reply, server: ScriptedServer, settings: Settings
) -> None:
    server.verdict = lambda _prompt: reply
    with pytest.raises(LanguageModelError):
        sit(NAME, settings.model_copy(update={"llm_timeout_s": 1.0}))
    assert not settings.llm_exams.exists()


def test_an_exam_ends_at_the_limit_of_the_day_without_a_record(
    server: ScriptedServer, settings: Settings
) -> None:
    server.verdict = reads_well
    limited = settings.model_copy(update={"llm_daily_limit": 3_000})
    with pytest.raises(DailyLimitError):
        sit(NAME, limited)
    assert 0 < (asked := len(server.checks)) < 5
    with pytest.raises(DailyLimitError):
        sit(NAME, limited)
    assert len(server.checks) == asked
    assert not settings.llm_exams.exists()


def test_the_latest_exam_counts(server: ScriptedServer, settings: Settings) -> None:
    let_pass(settings.llm_exams, NAME, server.address)
    assert may_write(NAME, settings)
    server.verdict = reject_all
    sit(NAME, settings)
    assert not may_write(NAME, settings)


def test_another_model_server_prompt_or_exam_asks_for_a_new_one(
    server: ScriptedServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_pass(settings.llm_exams, NAME, server.address)
    assert may_write(NAME, settings)
    assert not may_write("openai:another", settings)
    assert not may_write(NAME, settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1"}))
    for module, name, value in (
        (prompts, "CHECK", f"{prompts.CHECK} Wees streng."),
        (prompts, "PAIRS", "{pairs}, {count}"),
        (prompts, "PLAIN", {}),
        (prompts, "check_messages", lambda pairs: prompts.rephrase_messages(str(pairs), ())),
        (check, "CANARY", "Er deden 12 mensen mee."),
        (check, "AT_ONCE", AT_ONCE + 1),
        (check, "LEAST_WORDS", check.LEAST_WORDS + 1),
        (exam, "VERSION", exam.VERSION + 1),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(module, name, value)
            assert not may_write(NAME, settings), name


def test_a_line_that_is_no_record_is_passed_over(
    server: ScriptedServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.llm_exams.write_text("geen json\n", encoding="utf-8")
    let_pass(settings.llm_exams, NAME, server.address)
    with caplog.at_level(logging.WARNING):
        assert may_write(NAME, settings)
    assert "line 1 is no record of an exam" in caplog.text


def test_without_an_exam_no_model_is_opened_and_the_operator_reads_the_command(
    server: ScriptedServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert open_named(NAME, settings) is None
    told = explain_to_operator(ExamMissingError(NAME))
    assert caplog.messages == [told]
    assert f"python -m evals exam --llm {NAME}" in told
    assert server.paths == []
    let_pass(settings.llm_exams, NAME, server.address)
    assert open_named(NAME, settings) is not None


@pytest.mark.model
def test_the_command_answers_with_quotes_until_the_exam_is_passed(
    server: ScriptedServer, settings: Settings, command: Command, small_index: Path, assistant: Assistant
) -> None:
    server.verdict = reads_well
    given = {
        "WEGWIJZER_LLM": NAME,
        "WEGWIJZER_LLM_BASE_URL": server.address,
        "WEGWIJZER_LLM_EXAMS": str(settings.llm_exams),
        "WEGWIJZER_LLM_USAGE": str(settings.llm_usage),
        "WEGWIJZER_INDEX": str(small_index),
    }
    asked = command("assistant", "Wat is een living lab?", "--json", **given)
    assert json.loads(asked.stdout)["mode"] == texts.MODE_EXTRACTIVE
    assert f"python -m evals exam --llm {NAME}" in asked.stderr
    assert server.paths == []
    sat = command("evals", "exam", **given)
    assert (sat.returncode, "Passed: it may write" in sat.stdout) == (0, True), sat.stderr
    asked = command("assistant", "Wat is een living lab?", "--json", **given)
    assert "evals exam" not in asked.stderr
    assert server.prompts != []


@pytest.mark.model
def test_the_exam_needs_the_name_of_a_model(command: Command) -> None:
    asked = command("evals", "exam")
    assert asked.returncode == 2
    assert "--llm PROVIDER:MODEL" in asked.stderr
