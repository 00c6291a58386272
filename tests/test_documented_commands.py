"""Every command in the documentation starts, in a process of its own, with the arguments that it shows."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import PROJECT, process_environment

PAGES = ("README.md", "CONTRIBUTING.md", "corpus/README.md", "ingest/model/README.md")
OTHERS = {"cd", "curl", "ocrmypdf", "ollama", "pip"}  # Programs that are not ours, and their modules.
OTHER_MODULES = {"llama_cpp.server"}
_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_PROGRAM = re.compile(r"^(?:[A-Z_]+=\S+ +)*(\.venv/bin/python|python|make|bash|[a-z]+) +(?=\S)")
_PROGRAMS = {"python", ".venv/bin/python", "make", "bash", "chroma", *OTHERS}
MADE = "build/"  # What commands write here is not there yet in a fresh clone.
START_S = 180


def documented() -> list[tuple[str, ...]]:
    """Return each command of the documentation as its words, without variables, comments and redirection."""
    pages = [*(PROJECT / page for page in PAGES), *sorted((PROJECT / "docs").glob("*.md"))]
    lines = [line for page in pages for line in _lines(page.read_text(encoding="utf-8"))]
    return sorted({tuple(words) for line in lines if (words := _words(line))})


def _lines(page: str) -> Iterator[str]:
    for block in _FENCED.findall(page):
        yield from block.splitlines()
    yield from _INLINE.findall(_FENCED.sub("", page))


def _words(line: str) -> list[str]:
    """Return the words of a command: `X=1 python -m a [--b C] > d  # e` → python -m a --b C."""
    found = _PROGRAM.match(line)
    if found is None or found[1] not in _PROGRAMS:
        return []
    bare = re.sub(r"[\[\]]|\.\.\.|\s+>.*|\\$", "", line[found.start(1) :])
    return shlex.split(bare, comments=True)


COMMANDS = documented()


def _modules() -> list[tuple[str, list[list[str]]]]:
    """Return each module that a command runs, with the arguments that are documented for it."""
    runs = [words[2:] for words in COMMANDS if words[0].endswith("python") and words[1] == "-m"]
    own = [run for run in runs if run[0] not in OTHER_MODULES]
    return [(name, [list(run[1:]) for run in of]) for name, of in groupby(own, lambda run: run[0])]


def _scripts() -> list[str]:
    """Return every script that is a command, whether a page names it or not."""
    files = [file for file in (PROJECT / "scripts").rglob("*.py") if "__main__" in file.read_text("utf-8")]
    return sorted(".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in files)


MODULES: dict[str, list[list[str]]] = {
    **{name: [[]] for name in _scripts()},
    **{name: arguments for name, arguments in _modules() if name != "pytest"},
}


def start(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in the project's folder, as a new shell would."""
    bare = {name: value for name, value in process_environment({}).items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=PROJECT, env=bare, capture_output=True, encoding="utf-8",
        timeout=START_S, check=False,
    )  # fmt: skip


def test_commands_are_found_in_the_documentation() -> None:
    assert ("python", "-m", "ingest", "--dump", "--all") in COMMANDS
    assert ("python", "-m", "assistant", "--batch", "FILE.jsonl") in COMMANDS
    assert ("make", "run", "PORT=8600") in COMMANDS
    assert {"assistant", "evals", "ingest", "tests.trials"} <= MODULES.keys()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_starts_with_every_argument_that_is_documented(module: str) -> None:
    runs = [["--help"], *([*given, "--help"] for given in MODULES[module])]
    shown = start(sys.executable, "-c", _EACH, module, repr(runs))
    assert (shown.returncode, shown.stderr) == (0, "")
    options = set(re.findall(r"--[\w-]+", shown.stdout))
    for arguments in MODULES[module]:
        assert {word for word in arguments if word.startswith("--")} <= options


_EACH = """
import ast, runpy, sys
module, runs = sys.argv[1], ast.literal_eval(sys.argv[2])
for arguments in runs:
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__")
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{arguments}: {ended.code}")
"""


@pytest.mark.parametrize("command", [words for words in COMMANDS if words[0] == "make"], ids=" ".join)
def test_make_has_every_target_that_is_documented(command: Sequence[str]) -> None:
    tried = start("make", "--dry-run", *command[1:])
    assert (tried.returncode, tried.stderr) == (0, "")


def test_every_file_that_a_command_names_is_there() -> None:
    named = [
        word
        for words in COMMANDS
        if words[0] not in OTHERS and set(words).isdisjoint(OTHER_MODULES)
        for word in words[1:]
        if re.fullmatch(r"(?:\.?[\w-]+/)+[\w.-]+", word)
    ]
    assert sorted(named) != []
    assert [word for word in named if not (PROJECT / word).exists() and not word.startswith(MADE)] == []


def test_pytest_knows_the_marks_that_documented_commands_select_by() -> None:
    selected = [words[-1] for words in COMMANDS if words[1:4] == ("-m", "pytest", "-m")]
    marks = {mark for expression in selected for mark in expression.split()} - {"not", "and", "or"}
    told = start(sys.executable, "-m", "pytest", "--markers").stdout
    assert {mark for mark in marks if f"@pytest.mark.{mark}:" not in told} == set() != marks


def test_the_chroma_server_starts_with_the_documented_options() -> None:
    program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
    options = start(program, "run", "--help").stdout
    for words in COMMANDS:
        if words[0] == "chroma":
            assert [word for word in words if word.startswith("--") and word not in options] == []
