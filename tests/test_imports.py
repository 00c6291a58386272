"""Imports go one way, as DESIGN section 2 draws it, and only settings.py reads the environment."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
BASE = {"settings", "errors"}
MAY_IMPORT = {
    "errors": set[str](),
    "settings": {"errors"},
    "ingest": BASE | {"ingest"},
    "assistant": BASE | {"ingest", "assistant"},
    "web": BASE | {"ingest", "assistant", "web"},
    "app": BASE | {"ingest", "assistant", "web"},
    "evals": BASE | {"ingest", "assistant", "evals"},
    "scripts": BASE | {"ingest", "scripts"},
}
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
