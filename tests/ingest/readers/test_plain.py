"""A text file becomes paragraphs and lists, whatever editor wrote it."""

from pathlib import Path

import pytest

from ingest.readers import read

TEXT = "Café de Hoek\n============\n\nEen zin die\nverder gaat.\n\n- een\n- twee\n  regels\n\nOPENINGSTIJDEN\n\nVan 9 tot 17 uur.\n"  # noqa: E501


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_paragraphs_lists_and_headings_are_told_apart(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "stuk.txt").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert [(one.title, one.text) for one in read(tmp_path / "stuk.txt", "stuk.txt")] == [
        ("Café de Hoek", "Een zin die verder gaat.\n\n- een\n- twee regels"),
        ("Café de Hoek – OPENINGSTIJDEN", "Van 9 tot 17 uur."),
    ]
