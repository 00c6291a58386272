"""Ask at the command line: `python -m assistant ["vraag"|feedback] [--json] [--batch FILE] [--index DIR]`."""

import argparse
import json
import logging
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant import texts
from assistant.chain import Assistant
from assistant.feedback import Summary, summary, told
from assistant.load import load_assistant, renewed
from assistant.types import Answer, Question
from errors import (
    BatchFileError,
    BatchLineError,
    ChromaServerError,
    EmptyQuestionError,
    QuestionTooLongError,
    WegwijzerError,
)
from ingest.texts import explain_to_operator
from settings import load_settings

FEEDBACK = "feedback"
_PAIR_OR_HALF = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(\\u[dD][89a-fA-F]\w\w)|\\.")


class BatchLine(BaseModel):
    """One line of a batch file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str, StringConstraints(min_length=1)]
    question: str
    history: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if options.batch and options.question is not None:
        parser.error("give a question or --batch, not both")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        if options.question == FEEDBACK:
            return _sum_up(settings.feedback)
        if options.index:
            settings = settings.model_copy(update={"index": options.index})
        assistant = load_assistant(settings)
        if options.batch:
            return _batch(assistant, options.batch)
        if options.question is None:
            return _converse(assistant)
        answer = assistant.ask(Question(_readable_bytes(options.question)))
        print(json.dumps(answer.to_json(), ensure_ascii=False) if options.json else _readable(answer))
    except WegwijzerError as error:
        print(explain_to_operator(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m assistant", description="Ask the assistant.")
    parser.add_argument(
        "question",
        nargs="?",
        help="one question; without it, a conversation; feedback: what visitors thought",
    )
    parser.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="answer every line of a file")
    parser.add_argument("--index", type=Path, help="folder of the index (default: index/)")
    return parser


def _readable_bytes(argument: str) -> str:
    """Return an argument with a replacement character for each byte that is no UTF-8."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _sum_up(path: Path | None) -> int:
    """Print what visitors thought of answers."""
    try:
        print(told(summary(path) if path else Summary(0, 0, (), ())))
    except sqlite3.Error:
        print(texts.THUMBS_UNREADABLE.format(path=path), file=sys.stderr)
        return 1
    return 0


def _batch(assistant: Assistant, path: Path) -> int:
    """Print one JSON answer a line; return 1 when a line could not be answered."""
    failed = False
    for number, line in _lines(path):
        try:
            asked = _parsed(path, number, line)
            answer = _answered(assistant, Question(asked.question, asked.history, asked.id))
        except BatchLineError as error:
            print(explain_to_operator(error), file=sys.stderr)
            failed = True
            continue
        print(json.dumps(answer.to_json(), ensure_ascii=False), flush=True)
    return int(failed)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, start=1) if line.strip())
    except UnicodeDecodeError as error:
        raise BatchFileError(path, "no UTF-8") from error
    except OSError as error:
        raise BatchFileError(path, error.strerror or "cannot be opened") from error


def _parsed(path: Path, number: int, line: str) -> BatchLine:
    try:
        return BatchLine.model_validate_json(_readable_escapes(line))
    except ValidationError as error:
        raise BatchLineError(path, number, error.errors()[0]["msg"]) from error


def _readable_escapes(line: str) -> str:
    r"""Return JSON with a replacement character for each half of a pair: `"a\ud800"` → `"a\ufffd"`."""
    return _PAIR_OR_HALF.sub(lambda found: r"\ufffd" if found[1] else found[0], line)


def _answered(assistant: Assistant, question: Question) -> Answer:
    """Answer a question; one that cannot be read gets a refusal that says why, so that no line is lost."""
    started = time.perf_counter()
    try:
        return assistant.ask(question)
    except (EmptyQuestionError, QuestionTooLongError) as error:
        return Answer(
            id=question.id,
            question=question.text,
            standalone_question=question.text,
            status="refused",
            mode=texts.MODE_EXTRACTIVE,
            text=texts.explain(error),
            timings_ms={"total": (time.perf_counter() - started) * 1000},
        )


def _converse(assistant: Assistant) -> int:
    """Ask and answer at the terminal until an empty line or the end of input."""
    print(texts.told(texts.TERMINAL_WELCOME, assistant.index.about))
    history: list[str] = []
    while True:
        try:
            asked = input(texts.TERMINAL_PROMPT).strip()
        except EOFError:
            return 0
        if not asked:
            return 0
        try:
            assistant = renewed(assistant)
            print(f"\n{_readable(assistant.ask(Question(asked, tuple(history))))}\n")
            history.append(asked)
        except (EmptyQuestionError, QuestionTooLongError, ChromaServerError) as error:
            print(texts.explain(error))


def _readable(answer: Answer) -> str:
    """Return the answer as plain text with its options, suggestions and sources below it."""
    parts = [answer.text]
    if answer.advice:
        parts += [f"- {option.text}" for option in answer.advice.options]
    if answer.status == "refused" and answer.suggestions:
        parts += [texts.TRY_INSTEAD, *(f"- {suggestion}" for suggestion in answer.suggestions)]
    if answer.citations:
        parts += ["", texts.SOURCES, *(f"[{c.n}] {c.title} ({c.source})" for c in answer.citations)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
