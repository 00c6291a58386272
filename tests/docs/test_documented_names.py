"""Every file, class and setting that the documentation names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from settings import Settings
from tests.conftest import PROJECT

PAGES = ("README.md", "CONTRIBUTING.md", *sorted(f"docs/{page.name}" for page in PROJECT.glob("docs/*.md")))
FOLDERS = (
    ".streamlit",
    "assistant",
    "corpus",
    "docs",
    "errors",
    "evals",
    "ingest",
    "scripts",
    "tests",
    "web",
)
MADE = ("build/", "index/")  # What commands write is not there yet in a fresh clone.
NOT_OURS = {
    "utils.py",  # As what there should not be.
    "NAME.md",
    "document.toml",  # Made by who has documents of their own.
    "llm-exams.jsonl",  # Written beside the index, as are the next two.
    "chroma/",
    "builds/NAME/",
    "llama_cpp/server/types.py",
    "CHROMIUM",  # A variable for the tests alone.
}
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`")
_FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|js|html|md|txt|toml|yaml|jsonl|lock)|(?:[\w.-]+/)+")
_NAME = re.compile(r"[A-Z][a-z]\w+|[A-Z]{2,}[A-Z_]*|[a-z]+(?:_[a-z]+)+")
_SETTING = re.compile(r"\bWEGWIJZER_[A-Z_]*[A-Z]\b")


def read(page: str) -> str:
    """Return a page without what it shows as code between its sentences."""
    return _FENCED.sub("", (PROJECT / page).read_text(encoding="utf-8"))


def code(text: str) -> list[str]:
    """Return what a text shows as code inside its sentences."""
    return [" ".join(found.split()) for found in _INLINE.findall(text)]


@cache
def paths() -> str:
    """Return the paths of all files and folders, each between line ends and with a slash before it."""
    inside = [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*")]
    found = [*PROJECT.iterdir(), *inside]
    names = (path.relative_to(PROJECT).as_posix() + ("/" if path.is_dir() else "") for path in found)
    return "".join(f"/{name}\n" for name in names)


@cache
def names(place: Path) -> frozenset[str]:
    """Return every name that a file, or all files in a folder, give to something or import."""
    files = [place] if place.is_file() else [*place.glob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    return frozenset(filter(None, map(_given, nodes)))


def missing(row: str) -> set[str]:
    """Return the classes and functions of a row of a table that are in none of the places that it names."""
    shown = code(row)
    named = {text for text in shown if _NAME.fullmatch(text) and not text.startswith("WEGWIJZER_")} - NOT_OURS
    places = [PROJECT / text for text in shown if text.endswith((".py", "/")) and (PROJECT / text).exists()]
    return named - frozenset[str]().union(*map(names, places)) if places else set()


def _given(node: ast.AST) -> str | None:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case ast.Name(id=name, ctx=ast.Store()) | ast.alias(name=name):
            return name
    return None


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = {text for text in code(read(page)) if _FILE.fullmatch(text) and not text.startswith(MADE)}
    assert {name for name in named - NOT_OURS if f"/{name}\n" not in paths()} == set()


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/tour.md"])
def test_every_class_and_function_that_a_row_names_is_where_it_says(page: str) -> None:
    rows = [line for line in read(page).splitlines() if line.startswith("|")]
    assert set().union(*map(missing, rows)) == set()


def test_a_class_that_is_elsewhere_or_nowhere_is_missed() -> None:
    row = "a function in `ingest/readers/` that returns a `{}`: its row in `READERS`"
    assert missing(row.format("ReadDocument")) == set()
    assert missing(row.format("Answer")) == {"Answer"}
    assert missing(row.format("Gone")) == {"Gone"}


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_a_page_names_is_there(page: str) -> None:
    named = {
        name.removeprefix("WEGWIJZER_").lower() for name in _SETTING.findall((PROJECT / page).read_text())
    }
    assert named - set(Settings.model_fields) == set()
