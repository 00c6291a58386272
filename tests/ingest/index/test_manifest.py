"""The manifest remembers what a build was made from; its fingerprint changes when anything does."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path

import pytest

from errors import IndexDamagedError
from ingest import source_code
from ingest.index.manifest import MANIFEST_FILE, Manifest, fingerprint, read_manifest, write_manifest
from ingest.types import (
    About,
    Aspect,
    Corpus,
    Criterion,
    DecidingQuestion,
    LabelledQuestion,
    Practice,
    QuestionVariant,
    Section,
    Side,
    Situation,
    Term,
    Unanswered,
)

SECTION = Section("a", "Titel", "algemeen", "a.md", "Een zin.")
CORPUS = Corpus(
    sections=(SECTION,),
    practices=(Practice("lab", "Lab", "Proberen.", ("proeftuin",)),),
    aspects=(Aspect("doel", "Doel", ("doel",)),),
    choices=(DecidingQuestion("Wat?", {"lab": "Dat.", "kring": "Dit."}),),
    suggestions=("Wat is een lab?",),
    variants=(QuestionVariant("Welke zin?", "a", 0, 8),),
    situations=(Situation("Wij willen leren.", "lab", "zorg"),),
    references={"S01": "Boek", "S02": "Blad"},
)
SIDE = Side("Er is een plek.", "Ja.", "er een plek is")
CHANGES: dict[str, Callable[[Corpus], Corpus]] = {
    "text": lambda c: replace(c, sections=(replace(SECTION, text="Een zin!"),)),
    "title": lambda c: replace(c, sections=(replace(SECTION, title="Anders"),)),
    "practice": lambda c: replace(c, sections=(replace(SECTION, practice="lab"),)),
    "aspect": lambda c: replace(c, sections=(replace(SECTION, aspect="doel"),)),
    "one more section": lambda c: replace(c, sections=(SECTION, replace(SECTION, section_id="b"))),
    "alias": lambda c: replace(c, practices=(replace(c.practices[0], aliases=()),)),
    "cue": lambda c: replace(c, aspects=(replace(c.aspects[0], cues=("waarvoor",)),)),
    "option": lambda c: replace(c, choices=(DecidingQuestion("Wat?", {"lab": "Dat.", "kring": "Niets."}),)),
    "suggestion": lambda c: replace(c, suggestions=()),
    "variant": lambda c: replace(c, variants=()),
    "situation": lambda c: replace(c, situations=(Situation("Wij willen leren.", "kring", "zorg"),)),
    "labelled": lambda c: replace(c, labelled=(LabelledQuestion("Welk type past?", "advice"),)),
    "criterion": lambda c: replace(c, criteria=(Criterion("plek", "Plek", "Is er een plek?", SIDE, SIDE),)),
    "term": lambda c: replace(c, terms=(Term(("wijkgericht",), "zegt waar.", ("lab",)),)),
    "unanswerable": lambda c: replace(c, unanswerable=(Unanswered("Hoe bak ik een taart?"),)),
    "shorthand": lambda c: replace(c, shorthand={"ff": "even"}),
    "reference": lambda c: replace(c, references={"S01": "Boek"}),
    "about": lambda c: replace(c, about=About("Een gids")),
}
MANIFEST = Manifest("0123456789abcdef", "model", 120, "2026-01-01T00:00:00+00:00", 1, 2, 3, 4, 5)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_fingerprint_changes_with_every_part_of_the_corpus(change: Callable[[Corpus], Corpus]) -> None:
    assert fingerprint(change(CORPUS), "model", 120) != fingerprint(CORPUS, "model", 120)


def test_every_part_of_a_corpus_is_changed_above() -> None:
    changed = {
        field.name for change in CHANGES.values() for field in fields(Corpus) if _differs(change, field.name)
    }
    assert {field.name for field in fields(Corpus)} - changed == set()


def _differs(change: Callable[[Corpus], Corpus], name: str) -> bool:
    return bool(getattr(change(CORPUS), name) != getattr(CORPUS, name))


@pytest.fixture
def other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str, str], None]]:
    """Return a function that replaces a piece of the code that indexes, in a copy of it."""
    copy = tmp_path / "ingest"
    shutil.copytree(source_code.PACKAGE, copy, ignore=shutil.ignore_patterns("model", "__pycache__"))
    monkeypatch.setattr(source_code, "PACKAGE", copy)
    source_code.code_digest.cache_clear()

    def change(module: str, old: str, new: str) -> None:
        text = (copy / module).read_text(encoding="utf-8")
        assert old in text
        (copy / module).write_text(text.replace(old, new, 1), encoding="utf-8")
        source_code.code_digest.cache_clear()

    yield change
    source_code.code_digest.cache_clear()


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("text/tokens.py", "welk welke", "welk"),
        ("text/chunks.py", 'NOTE = "Noot:"', 'NOTE = "NB:"'),
        ("index/bm25.py", "BM25_K1, BM25_B = 1.2", "BM25_K1, BM25_B = 1.5"),
        ("learning/classifier.py", "NGRAM_SIZES = ", "NGRAM_SIZES = 2, *"),
        ("learning/examples.py", "SECOND = 0.3", "SECOND = 0.4"),
        ("embedding/unrelated.txt", "\n", "\nNog een zin.\n"),
        ("types.py", '"""', '"""Told otherwise. '),
    ],
)
def test_the_fingerprint_changes_with_the_code_that_indexes(
    other_code: Callable[[str, str, str], None], module: str, old: str, new: str
) -> None:
    before = fingerprint(CORPUS, "model", 120)
    other_code(module, old, new)
    assert fingerprint(CORPUS, "model", 120) != before


@pytest.mark.parametrize("library", source_code.LIBRARIES)
def test_the_fingerprint_changes_with_the_libraries_that_make_an_index(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(CORPUS, "model", 120)
    monkeypatch.setattr(source_code, "version", lambda name: "9.9" if name == library else version(name))
    source_code.code_digest.cache_clear()
    assert fingerprint(CORPUS, "model", 120) != before
    source_code.code_digest.cache_clear()


def test_the_fingerprint_does_not_change_with_other_code(
    other_code: Callable[[str, str, str], None],
) -> None:
    before = fingerprint(CORPUS, "model", 120)
    other_code("report.py", '"""', "# Told otherwise.\n" + '"""')
    assert fingerprint(CORPUS, "model", 120) == before


def test_the_fingerprint_changes_with_model_and_chunking() -> None:
    own = fingerprint(CORPUS, "model", 120)
    assert own != fingerprint(CORPUS, "other", 120)
    assert own != fingerprint(CORPUS, "model", 121)


def test_the_fingerprint_is_a_name_for_a_folder_and_the_same_for_the_same() -> None:
    same = replace(CORPUS, references={"S02": "Blad", "S01": "Boek"})
    assert fingerprint(same, "model", 120) == fingerprint(CORPUS, "model", 120)
    assert len(fingerprint(CORPUS, "model", 120)) == 16
    assert int(fingerprint(CORPUS, "model", 120), 16) >= 0


def test_a_text_that_cannot_be_encoded_has_a_fingerprint() -> None:
    broken = replace(CORPUS, sections=(replace(SECTION, text="\ud800"),))
    assert fingerprint(broken, "model", 120) != fingerprint(CORPUS, "model", 120)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"fingerprint": "x"}', "null", '"tekst"'])
def test_a_damaged_manifest_is_an_error_that_names_it(content: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"manifest\.json.*python -m ingest"):
        read_manifest(tmp_path)


def test_a_manifest_of_a_later_version_is_damaged_and_no_crash(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    file = tmp_path / MANIFEST_FILE
    file.write_text(file.read_text(encoding="utf-8").replace("{", '{"later": 1,', 1), encoding="utf-8")
    with pytest.raises(IndexDamagedError):
        read_manifest(tmp_path)


def test_a_missing_manifest_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        read_manifest(tmp_path)
