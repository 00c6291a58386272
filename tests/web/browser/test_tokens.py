"""Colours are in one file; what cannot read it has the same ones."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import PROJECT

WEB = PROJECT / "web"
TOKENS = dict(
    re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", (WEB / "browser" / "tokens.css").read_text("utf-8"))
)
STREAMLIT = {
    "primaryColor": "accent",
    "backgroundColor": "ground",
    "secondaryBackgroundColor": "paper",
    "textColor": "ink",
    "linkColor": "accent",
    "borderColor": "line",
}
ON_WHITE_PAPER = {"#000", "#333", "#999", "#fff"}  # When it is printed.
SHEETS = [
    sheet for sheet in (*WEB.glob("*/*.css"), WEB / "chat/component/style.css") if sheet.name != "tokens.css"
]


def test_streamlit_has_the_same_colours() -> None:
    theme = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name, token in STREAMLIT.items():
        assert f"{theme['light'][name]}, {theme['dark'][name]}" == TOKENS[token]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_has_no_colours_of_its_own(sheet: Path) -> None:
    found = set(re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text(encoding="utf-8")))
    assert found <= ON_WHITE_PAPER


def test_the_widget_has_the_same_colours() -> None:
    script = (WEB / "browser" / "widget.js").read_text(encoding="utf-8")
    known = {colour for pair in TOKENS.values() for colour in pair.split(", ")}
    assert set(re.findall(r"#[0-9a-f]{6}\b", script)) <= known
