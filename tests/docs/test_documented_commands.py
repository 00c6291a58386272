"""Every command in the documentation starts, in a process of its own, with the arguments that it shows."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import PROJECT, process_environment

PAGES = [
    *(
        PROJECT / page
        for page in ("README.md", "CONTRIBUTING.md", "corpus/README.md", "scripts/model_card.md")
    ),
    *(PROJECT / folder / "README.md" for folder in ("ingest/model", "evals/documents")),
    *sorted((PROJECT / "docs").glob("*.md")),
]
# Lines that name a command without a sign around it, as settings and errors do.
PLAIN = (".env.example", "errors/catalogue.toml")
OTHERS = {"cd", "curl", "ocrmypdf", "ollama", "pip"}  # Programs that are not ours, and their modules.
OTHER_MODULES = {"llama_cpp.server"}
PEER = "evals.speed.langchain_peer"  # Its packages come with the first `python -m evals speed`.
_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`")
_PLAIN = re.compile(r"python -m [\w.]+(?: [a-z]+\b)?(?: --[\w-]+(?: \{\w+\})?)*|pip install '[^']+'")
_PROGRAM = re.compile(
    r"""^(?:[A-Z_]+=(?:"[^"]*"|\S+) +)*(\.venv/bin/python|python|make|bash|[a-z]+) +(?=\S)"""
)
_PROGRAMS = {"python", ".venv/bin/python", "make", "bash", "chroma", "cp", *OTHERS}
_EXTRA = re.compile(r"\.\[(\w+)\]")
MADE = "build/"  # What commands write here is not there yet in a fresh clone.
START_S = 180


def documented() -> list[tuple[str, ...]]:
    """Return each command of the documentation as its words, without variables, comments and redirection."""
    lines = [line for page in PAGES for line in _lines(page.read_text(encoding="utf-8"))]
    lines += [line for name in PLAIN for line in _PLAIN.findall((PROJECT / name).read_text(encoding="utf-8"))]
    return sorted({tuple(words) for line in lines if (words := _words(line))})


def _lines(page: str) -> Iterator[str]:
    for block in _FENCED.findall(page):
        yield from block.splitlines()
    yield from (" ".join(code.split()) for code in _INLINE.findall(_FENCED.sub("", page)))


def _words(line: str) -> list[str]:
    """Return the words of a command: `X="1 2" python -m a [--b C] > d  # e` → python -m a --b C."""
    found = _PROGRAM.match(line)
    if found is None or found[1] not in _PROGRAMS:
        return []
    command = line[found.start(1) :]
    optional = "" if found[1] == "pip" else r"[\[\]]|"  # Those of pip are extras.
    return shlex.split(re.sub(rf"{optional}\.\.\.|\s+>.*|\\$", "", command), comments=True)


COMMANDS = documented()


def _modules() -> list[tuple[str, list[list[str]]]]:
    """Return each module that a command runs, with the arguments that are documented for it."""
    runs = [words[2:] for words in COMMANDS if words[0].endswith("python") and words[1] == "-m"]
    own = [run for run in runs if run[0] not in OTHER_MODULES]
    return [(name, [list(run[1:]) for run in of]) for name, of in groupby(own, lambda run: run[0])]


def _commands() -> list[str]:
    """Return every module of scripts and evals that is a command, whether a page names it or not."""
    files = [file for folder in ("scripts", "evals") for file in (PROJECT / folder).rglob("*.py")]
    own = [file for file in files if "__name__ ==" in file.read_text(encoding="utf-8")]
    names = {".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in own} - {PEER}
    return sorted(name.removesuffix(".__main__") for name in names)


MODULES: dict[str, list[list[str]]] = {
    **{name: [[]] for name in _commands()},
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
    assert ("python", "-m", "ingest", "--force") in COMMANDS
    assert ("pip", "install", ".[mistral]") in COMMANDS
    broken = "python -m evals --questions evals/questions/asked_once/advice.jsonl --brief"
    assert tuple(broken.split()) in COMMANDS
    assert {"assistant", "evals", "evals.documents", "ingest", "tests.trials"} <= MODULES.keys()


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


def test_every_extra_that_a_command_installs_is_there() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {extra for words in COMMANDS for word in words for extra in _EXTRA.findall(word)}
    assert named - project["optional-dependencies"].keys() == set() != named


def test_bash_reads_every_script_that_is_documented() -> None:
    for words in COMMANDS:
        if words[0] == "bash":
            assert start("bash", "-n", words[1]).returncode == 0


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
