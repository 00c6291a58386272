"""Imports go one way, between layers and between rooms; folders are small and class names are used once.

Only settings.py reads the environment.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
BASE = {"settings", "errors", "providers"}
MAY_IMPORT = {
    "errors": {"errors"},
    "settings": {"errors"},
    "providers": {"settings", "errors"},
    "ingest": BASE | {"ingest"},
    "assistant": BASE | {"ingest", "assistant"},
    "web": BASE | {"ingest", "assistant", "web"},
    "app": BASE | {"ingest", "assistant", "web"},
    "evals": BASE | {"ingest", "assistant", "evals"},
    "scripts": BASE | {"ingest", "assistant", "evals", "scripts"},
}
# The rooms and modules of a layer: each may import from those before it, and from its own.
ROOMS = {
    "ingest": (
        "types", "texts", "source_code", "text", "readers", "embedding", "learning", "documents", "index",
        "report", "pipeline", "questions", "__main__",
    ),
    "assistant": (
        "types", "texts", "progress", "feedback", "repeats", "retrieval", "question", "advice", "answer",
        "conversation", "llm", "protocols", "steps", "chain", "load", "messages", "__main__",
    ),
    "web": (
        "texts", "about", "priority", "process", "workers", "shown", "ready", "service", "http", "log",
        "chat", "guide", "shell", "pages", "server",
    ),
    "evals": (
        "texts", "questions", "types", "scoring", "report", "compare", "documents", "exam", "readers",
        "speed", "arguments", "__main__",
    ),
}  # fmt: skip
MOST_MODULES = 14  # In one folder.
OURS = set(MAY_IMPORT) | {"tests"}


def source_files() -> list[Path]:
    """Return every Python file of the layers."""
    single = [PROJECT / f"{layer}.py" for layer in MAY_IMPORT]
    folders = [file for layer in MAY_IMPORT for file in sorted((PROJECT / layer).rglob("*.py"))]
    return [file for file in single if file.is_file()] + folders


def layer_of(file: Path) -> str:
    """Return the layer that a file belongs to."""
    return file.relative_to(PROJECT).parts[0].removesuffix(".py")


def imported(source: str, own: str) -> set[str]:
    """Return the first part of every module that a source of layer `own` imports, also inside functions."""
    return set(_imported(ast.parse(source), own))


def _imported(tree: ast.AST, own: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield own if node.level else (node.module or "").partition(".")[0]


def reads_environment(source: str) -> bool:
    """Return whether a source reads the environment; setting a variable for a library is no read."""
    nodes = list(ast.walk(ast.parse(source)))
    written = {id(n.value) for n in nodes if isinstance(n, ast.Subscript) and not isinstance(n.ctx, ast.Load)}
    read = {n.attr for n in nodes if isinstance(n, ast.Attribute) and id(n) not in written}
    read |= {
        alias.name for n in nodes if isinstance(n, ast.ImportFrom) and n.module == "os" for alias in n.names
    }
    return bool(read & {"environ", "environb", "getenv"})


@pytest.mark.parametrize("file", source_files(), ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_a_module_imports_only_what_its_layer_may(file: Path) -> None:
    layer = layer_of(file)
    ours = imported(file.read_text(encoding="utf-8"), layer) & OURS
    assert ours - MAY_IMPORT[layer] == set()


def backward(layer: str) -> list[str]:
    """Return the imports of a layer that go against the order of its rooms: `text/a.py → ingest.index`."""
    found = []
    for file in sorted((PROJECT / layer).rglob("*.py")):
        room = file.relative_to(PROJECT / layer).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for name in _modules(ast.parse(file.read_text(encoding="utf-8"))):
            parts = name.split(".")
            if parts[0] == layer and len(parts) > 1 and _place(layer, parts[1]) > _place(layer, room):
                found.append(f"{file.relative_to(PROJECT).as_posix()} → {name}")
    return found


def _place(layer: str, room: str) -> int:
    assert room in ROOMS[layer], f"{layer}/{room} has no place in the order of rooms"
    return ROOMS[layer].index(room)


def _modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("layer", ROOMS)
def test_a_room_imports_only_from_those_before_it(layer: str) -> None:
    assert backward(layer) == []


def test_no_folder_holds_more_modules_than_one_can_overlook() -> None:
    files = [*source_files(), *(PROJECT / "tests").rglob("*.py")]
    folders = {file.parent for file in files if file.parent != PROJECT}
    counts = {
        folder.relative_to(PROJECT).as_posix(): len(list(folder.glob("[!_]*.py"))) for folder in folders
    }
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_no_class_name_is_defined_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in source_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(file.relative_to(PROJECT).as_posix())
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


@pytest.mark.parametrize("file", source_files(), ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_only_settings_reads_the_environment(file: Path) -> None:
    if layer_of(file) != "settings":
        assert not reads_environment(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("layer", ["errors", "settings", "ingest", "assistant"])
def test_the_check_sees_every_layer_that_exists(layer: str) -> None:
    assert layer in {layer_of(file) for file in source_files()}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import ingest.index.open", {"ingest"}),
        ("from assistant import chain", {"assistant"}),
        ("from web.routes import page", {"web"}),
        ("def f():\n    from assistant.chain import ask", {"assistant"}),
        ("from . import chunk", {"own"}),
        ("import json, evals as e", {"json", "evals"}),
        ("text = 'import assistant'", set()),
    ],
)
def test_the_check_finds_imports_wherever_they_stand(source: str, found: set[str]) -> None:
    assert imported(source, "own") == found


def test_the_check_finds_a_read_of_the_environment() -> None:
    assert reads_environment("import os\nos.environ['A']")
    assert reads_environment("from os import getenv")
    assert not reads_environment("import os\nos.replace('a', 'b')")
    assert not reads_environment("import os\nos.environ['OFFLINE'] = '1'")
