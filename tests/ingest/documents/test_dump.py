"""A dump gives the index back: with everything beside the sections the very same one."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from errors import DocumentError
from ingest.__main__ import main
from ingest.documents.dump import SECTION_FIELDS, load_dump
from ingest.index.open import open_index, stored_corpus, stored_sections
from ingest.pipeline import ingest
from settings import Settings
from tests.word_embeddings import WordEmbeddings

Shown = pytest.CaptureFixture[str]


def dumped(index: Path, file: Path, shown: Shown, *options: str) -> Path:
    """Write the dump of an index to a file."""
    assert main(["--dump", *options, "--index", str(index)]) == 0
    file.write_text(shown.readouterr().out, encoding="utf-8")
    return file


def test_a_dump_of_everything_rebuilds_the_same_index(
    word_index: Path, tmp_path: Path, capsys: Shown
) -> None:
    file = dumped(word_index, tmp_path / "alles.jsonl", capsys, "--all")
    assert load_dump(file) == stored_corpus(word_index)
    rebuilt = ingest([file], Settings(index=tmp_path / "index"), WordEmbeddings())
    original = open_index(word_index, WordEmbeddings().model_id)
    assert rebuilt.manifest.fingerprint == original.manifest.fingerprint
    original.close()


def test_a_dump_of_the_sections_rebuilds_the_sections(
    plain_index: Path, tmp_path: Path, capsys: Shown
) -> None:
    file = dumped(plain_index, tmp_path / "secties.jsonl", capsys)
    ingest([file], Settings(index=tmp_path / "index"), WordEmbeddings())

    def fields(index: Path) -> list[dict[str, object]]:
        rows = [asdict(section) for section in stored_sections(index)]
        return [{name: row[name] for name in SECTION_FIELDS} for row in rows]

    assert fields(tmp_path / "index") == fields(plain_index)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1"),
        ("[]", "line 1"),
        ('{"kind": "onbekend"}', "line 1"),
        ('{"section_id": "a"}', "line 1"),
        ("", "no section"),
    ],
)
def test_a_dump_that_cannot_be_read_is_named_with_its_line(line: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "stuk.jsonl"
    file.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=rf"stuk\.jsonl.*{told}"):
        load_dump(file)


def test_a_dump_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "stuk.jsonl"
    file.write_bytes(json.dumps({"text": "é"}, ensure_ascii=False).encode("latin-1"))
    with pytest.raises(DocumentError, match=r"stuk\.jsonl"):
        load_dump(file)
