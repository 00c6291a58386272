"""The model checks sentences in a second role while it writes, and any failure of that ends in quotes."""

import json
import threading
import time
from pathlib import Path

import pytest

from assistant import texts
from assistant.chain import Assistant
from assistant.llm.check import AT_ONCE
from assistant.llm.writer import FRUITLESS
from assistant.progress import Progress
from assistant.types import Question
from tests.assistant.conftest import MODEL, WithModel
from tests.model_server import (
    NUMBERED,
    Reply,
    ScriptedServer,
    approve_drafts,
    asked_in,
    good_draft,
    honest_verdicts,
    reject_all,
    supporting,
)

pytestmark = pytest.mark.server

ASKED = Question("Wat is een living lab in gewone taal?")
TIMEOUT_S = 1.0
MARGIN_S = 4.0  # For retrieval and a busy machine.
FAILURES = {
    "down for good": Reply("{}", status=503),
    "refuses": Reply('{"error": {"message": "no"}}', status=403),
    "cut off": Reply('{"n": 1, "supported": true, "words": "Een', end="cut"),
    "hangs": Reply('{"n": 1', end="hang"),
    "malformed": Reply('{"n": 1, "supported": true}', end="garbled"),
    "web page": Reply("<html><body>Welkom</body></html>", html=True),
    "empty": Reply(""),
    "English": Reply("All of these sentences are supported by their blocks."),
    "one word": Reply("supported"),
    "no words": Reply('{"n": 1, "supported": true, "words": ""}'),
    "words of its own": Reply('{"n": 1, "supported": true, "words": "zoals algemeen bekend is"}'),
    "too much": Reply('{"n": 1, "supported": true, "words": "' + "ja " * 20_000, piece_chars=5_000),
}


def test_the_reader_sees_pairs_and_nothing_of_the_visitor(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    let_write(word_assistant).ask(Question(ASKED.text, ("Wat is een geheim?",)))
    told = dict(NUMBERED.findall(server.prompts[0]))
    drafted = good_draft(server.prompts[0]).text.split(" [1]")
    for prompt in server.checks:
        pairs = asked_in(prompt)
        assert 1 <= len(pairs) <= AT_ONCE
        assert ASKED.text not in prompt
        assert "geheim" not in prompt
        for pair in pairs:
            assert list(pair) == ["n", "title", "block", "sentence"]
            assert f"{pair['title']}. {pair['block']}" == told["1"]
            assert pair["sentence"] in {sentence.strip() for sentence in drafted}


@pytest.mark.alone
def test_the_first_sentence_is_shown_after_one_call_while_the_draft_goes_on(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = lambda prompt: good_draft(prompt, pause_s=0.02)
    shown: list[tuple[float, int]] = []
    stages: list[str] = []
    progress = Progress(lambda _sentence: shown.append((time.time(), len(server.checks))), stages.append)
    let_write(word_assistant).ask(ASKED, progress)
    assert stages == ["drafting", "checking"]
    at, calls = shown[0]
    assert at < server.written_at[-1]
    assert calls == 1
    assert len(asked_in(server.checks[0])) == 1  # Nothing else waits: it is checked at once.


@pytest.mark.alone
def test_what_is_written_during_a_check_is_checked_together(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    places = ("straat", "wijk", "school", "buurt", "stad")
    server.reply = lambda _prompt: Reply(" ".join(f"Mensen leren in hun {place}. [1]" for place in places))

    def slow(prompt: str) -> Reply:
        time.sleep(0.5)
        return reject_all(prompt)

    server.verdict = slow
    let_write(word_assistant, llm_timeout_s=20).ask(ASKED)
    assert [len(asked_in(prompt)) for prompt in server.checks] == [1, AT_ONCE]


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_in_a_check_the_quoted_answer_comes_within_the_time_out(
    failure: str, server: ScriptedServer, word_assistant: Assistant, let_write: WithModel, tmp_path: Path
) -> None:
    server.reply = good_draft
    server.verdict = lambda _prompt: FAILURES[failure]
    started = time.perf_counter()
    progress = Progress()
    answer = let_write(word_assistant, llm_timeout_s=TIMEOUT_S).ask(ASKED, progress)
    assert time.perf_counter() - started < TIMEOUT_S + MARGIN_S
    assert progress.sentences == ()
    quoted = word_assistant.ask(ASKED)
    assert (answer.text, answer.mode, answer.citations) == (quoted.text, quoted.mode, quoted.citations)
    assert answer.notice == texts.MODEL_SILENT
    assert answer.draft is not None
    assert answer.draft.fallback
    booked = json.loads((tmp_path / "usage.json").read_text(encoding="utf-8"))["tokens"]
    assert booked == answer.draft.tokens > 0


def test_a_check_that_fails_for_a_moment_is_tried_again(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    failures = [Reply("{}", status=503), Reply("{}", status=429)]
    server.reply = good_draft
    server.verdict = lambda prompt: failures.pop(0) if failures else honest_verdicts(prompt)
    assert let_write(word_assistant).ask(ASKED).mode == f"llm:{MODEL}"


def test_a_visitor_who_stops_ends_the_check(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    progress = Progress()

    def hang(_prompt: str) -> Reply:
        threading.Timer(0.2, progress.stop).start()
        return Reply("{", end="hang")

    server.verdict = hang
    started = time.perf_counter()
    answer = let_write(word_assistant, llm_timeout_s=60).ask(ASKED, progress)
    assert time.perf_counter() - started < 60 / 2
    assert (answer.mode, progress.sentences) == (texts.MODE_EXTRACTIVE, ())


def test_checking_counts_towards_the_limit_of_the_day(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    checked = let_write(word_assistant).ask(ASKED).draft
    server.reply = lambda prompt: Reply(good_draft(prompt).text.replace(" [1]", ""))  # Nothing to check.
    unchecked = let_write(word_assistant).ask(ASKED).draft
    assert checked is not None
    assert unchecked is not None
    assert checked.tokens > unchecked.tokens + 500


@pytest.mark.parametrize(
    ("drafted", "kind"),
    [
        ("{told} Een living lab duurt 12 jaar. [1]", "a number"),
        ("{told} Volgens Unilever werkt een living lab. [1]", "a name"),
        ("{told} Actie-onderzoek is ook een living lab. [1]", "a practice"),
    ],
)
def test_a_veto_holds_whatever_the_reader_approves(
    drafted: str, kind: str, server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    wrong = drafted.removeprefix("{told} ").removesuffix(" [1]")
    server.reply = lambda prompt: Reply(drafted.format(told=good_draft(prompt).text))
    server.verdict = approve_drafts
    progress = Progress()
    let_write(word_assistant).ask(ASKED, progress)
    assert progress.sentences, kind
    assert wrong not in progress.sentences


def test_the_quote_is_the_sentence_that_holds_the_supporting_words(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = good_draft
    server.verdict = supporting(lambda pair: " ".join(pair["sentence"].split()[2:6]))
    answer = let_write(word_assistant).ask(ASKED)
    assert answer.mode == f"llm:{MODEL}"
    told = [sentence.strip() for sentence in good_draft(server.prompts[0]).text.split(" [1]") if sentence]
    assert [citation.quote for citation in answer.citations] == told


def test_of_a_model_that_copies_each_sentence_is_its_own_quote(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    def copy(prompt: str) -> Reply:
        told = (text.partition(". ")[2] for _, text in NUMBERED.findall(prompt))
        return Reply(" ".join(f"{text} [{n}]" for n, text in enumerate(told, start=1)), piece_chars=400)

    server.reply = copy
    progress = Progress()
    answer = let_write(word_assistant).ask(ASKED, progress)
    sections = "\n".join(section.text for section in word_assistant.index.sections.values())
    assert answer.citations
    assert [one for one in progress.sentences if one.rstrip(".") not in " ".join(sections.split())] == []
    for citation in answer.citations:
        section = word_assistant.index.sections[citation.section_id]
        assert section.text[citation.start : citation.end] == citation.quote


def test_a_reader_that_rejects_everything_is_not_asked_for_ever(
    server: ScriptedServer, word_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = lambda _prompt: Reply("Een living lab is een echte plek, zegt nummer. [1] " * 100)
    server.verdict = reject_all
    answer = let_write(word_assistant).ask(ASKED)
    assert answer.mode == texts.MODE_EXTRACTIVE
    assert sum(len(asked_in(prompt)) for prompt in server.checks) <= FRUITLESS + AT_ONCE
