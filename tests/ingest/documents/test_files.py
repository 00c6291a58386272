"""What is under the given paths becomes one corpus, and what cannot be used is named."""

import json
import os
from pathlib import Path

import pytest
import yaml

from errors import (
    DetailsError,
    DocumentError,
    EmptyDocumentError,
    EncodingError,
    ForeignLanguageError,
    NoDocumentsError,
    NoUsableDocumentsError,
    PracticesError,
    TrainingDataError,
    UnknownPracticeError,
    UnsupportedFormatError,
)
from ingest.documents.files import documents, load_corpus
from ingest.types import Practice, QuestionVariant, Situation, Unread

PRACTICES = {
    "practices": [
        {"id": "lab", "label": "Lab", "description": "Samen proberen.", "aliases": ["proeftuin"]},
        {"id": "kring", "label": "Kring", "description": "Samen leren."},
    ],
    "aspects": [{"id": "doel", "label": "Doel", "cues": ["doel"], "advice": "for"}],
    "choices": [{"question": "Doen of leren?", "options": {"lab": "Doen.", "kring": "Leren."}}],
    "suggestions": ["Wat is een lab?"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two documents and everything that may be beside them."""
    root = tmp_path / "bundel"
    write(root / "b" / "lab.md", "---\npractice: lab\naspect: doel\n---\nEen lab probeert. Het leert ook.")
    write(root / "a.md", "Een inleiding.")
    write(root / "practices.yaml", yaml.safe_dump(PRACTICES))
    write(root / "sources.yaml", yaml.safe_dump({"S01": {"author": "Jansen", "year": 2020, "title": "Boek"}}))
    write(
        root / "b" / "lab.questions.yaml",
        yaml.safe_dump([{"sentence": "Het leert ook.", "questions": ["Leert het?"]}]),
    )
    situation = {"text": "Wij willen proberen.", "practice": "lab", "subject": "zorg"}
    write(root / "situations" / "een.jsonl", json.dumps(situation) + "\n")
    return root


def write(file: Path, text: str) -> None:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_folder_gives_its_documents_and_all_that_stands_beside_them(folder: Path) -> None:
    corpus = load_corpus([folder])
    assert [(s.section_id, s.practice, s.source) for s in corpus.sections] == [
        ("a", "algemeen", "a.md"),
        ("b/lab", "lab", "b/lab.md"),
    ]
    assert corpus.practices[0] == Practice("lab", "Lab", "Samen proberen.", ("proeftuin",))
    assert corpus.variants == (QuestionVariant("Leert het?", "b/lab", 18, 32),)
    assert corpus.situations == (Situation("Wij willen proberen.", "lab", "zorg", writer="een"),)
    assert corpus.choices[0].options == {"lab": "Doen.", "kring": "Leren."}
    assert corpus.suggestions == ("Wat is een lab?",)
    assert corpus.references == {"S01": "Jansen (2020). Boek"}


def test_readme_hidden_and_unreadable_kinds_are_skipped_in_a_folder(folder: Path) -> None:
    for name in ("README.md", "b/README.md", ".verborgen.md", ".git/x.md", "plaatje.png", "los.css"):
        write(folder / name, "Tekst.")
    assert [document.source for document in documents([folder])] == ["a.md", "b/lab.md"]


def test_a_file_named_by_itself_is_read_whatever_it_is_called(folder: Path) -> None:
    write(folder / "README.md", "Toch lezen.")
    assert [section.text for section in load_corpus([folder / "README.md"]).sections] == ["Toch lezen."]


def test_a_file_named_by_itself_of_an_unknown_kind_is_an_error(folder: Path) -> None:
    write(folder / "los.css", "Tekst.")
    with pytest.raises(UnsupportedFormatError, match=r"los\.css"):
        load_corpus([folder / "los.css"])


def test_several_folders_keep_their_names_apart(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "bijlage"
    write(other / "a.md", "---\npractice: kring\n---\nEen bijlage.")
    corpus = load_corpus([folder, other])
    assert [s.section_id for s in corpus.sections] == ["bundel/a", "bundel/b/lab", "bijlage/a"]
    assert corpus.sections[2].practice == "kring"


def test_sections_of_two_folders_with_one_name_have_ids_of_their_own(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elders" / "bundel"
    write(other / "a.md", "Een bijlage.")
    ids = [section.section_id for section in load_corpus([folder, other]).sections]
    assert len(set(ids)) == len(ids) == 3


def test_two_files_that_differ_only_in_suffix_have_ids_of_their_own(folder: Path) -> None:
    write(folder / "a.markdown", "Een tweede inleiding.")
    ids = [section.section_id for section in load_corpus([folder]).sections]
    assert len(set(ids)) == len(ids) == 3


def test_practices_in_two_folders_are_an_error_that_names_both(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "bijlage"
    write(other / "a.md", "Een bijlage.")
    write(other / "practices.yaml", yaml.safe_dump(PRACTICES))
    with pytest.raises(PracticesError, match=r"bijlage.*bundel"):
        load_corpus([folder, other])


def test_a_folder_without_practices_has_sections_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "Een zin.")
    corpus = load_corpus([tmp_path])
    assert (corpus.practices, corpus.aspects, corpus.choices, corpus.situations) == ((), (), (), ())


@pytest.mark.parametrize("name", ["leeg", "weg", "weg.md"])
def test_no_documents_is_an_error_that_names_path_and_kinds(name: str, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    with pytest.raises(NoDocumentsError, match=rf"{name}.*\.md"):
        load_corpus([tmp_path / name])


def test_a_path_that_is_not_there_is_an_error_also_beside_one_that_is(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoDocumentsError, match="typefout"):
        load_corpus([folder, tmp_path / "typefout"])


def test_an_unknown_practice_is_an_error_that_names_the_file_and_the_choice(folder: Path) -> None:
    write(folder / "c.md", "---\npractice: labje\n---\nTekst.")
    with pytest.raises(UnknownPracticeError, match=r"c\.md.*'labje'.*lab, kring, algemeen"):
        load_corpus([folder])


@pytest.mark.parametrize(
    "content",
    [
        "practices: [",
        "practices: geen lijst",
        "onbekend: 1",
        "practices:\n- {id: lab}",
        "practices:\n- {id: lab, label: Lab, description: D, extra: 1}",
        "",
        "practices:\n- {id: lab, label: Lab, description: D}\n- {id: lab, label: Lap, description: D}",
        "practices:\n- {id: lab, label: Lab, description: D}\n"
        "choices:\n- {question: Q, options: {lab: A, weg: B}}",
    ],
    ids=[
        "broken",
        "no list",
        "unknown key",
        "incomplete",
        "extra key",
        "empty",
        "doubled id",
        "choice of nothing",
    ],
)
def test_practices_that_cannot_be_used_are_an_error_that_names_the_file(content: str, folder: Path) -> None:
    write(folder / "practices.yaml", content)
    (folder / "situations" / "een.jsonl").unlink()
    with pytest.raises(PracticesError, match=r"practices\.yaml") as caught:
        load_corpus([folder])
    assert len(str(caught.value).splitlines()) == 1


def test_practices_that_are_not_utf_8_are_an_error_that_names_the_file(folder: Path) -> None:
    (folder / "practices.yaml").write_bytes("practices: [é]".encode("latin-1"))
    with pytest.raises(PracticesError, match=r"practices\.yaml"):
        load_corpus([folder])


@pytest.mark.parametrize(
    "content",
    [
        "- sentence: Staat er niet.\n  questions: ['Waar?']",
        "- sentence: Het leert ook.\n  questions: Leert het?",
        "sentence: Het leert ook.",
        "- [",
        "- sentence: leert ook\n  questions: ['Leert het?']",
    ],
    ids=["no such sentence", "no list", "no entries", "broken", "part of a sentence"],
)
def test_questions_that_cannot_be_used_are_an_error_that_names_the_file(content: str, folder: Path) -> None:
    write(folder / "b" / "lab.questions.yaml", content)
    with pytest.raises(TrainingDataError, match=r"lab\.questions\.yaml") as caught:
        load_corpus([folder])
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"text": "x", "practice": "lab"}', '{"text": "x", "practice": "weg", "subject": "s"}', "3"],
)
def test_situations_that_cannot_be_used_are_an_error_that_names_the_line(line: str, folder: Path) -> None:
    file = folder / "situations" / "een.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"een\.jsonl.*line 2"):
        load_corpus([folder])


def test_situations_that_are_not_utf_8_are_an_error_that_names_the_file(folder: Path) -> None:
    (folder / "situations" / "een.jsonl").write_bytes(b"\xff\xfe{}")
    with pytest.raises(TrainingDataError, match=r"een\.jsonl"):
        load_corpus([folder])


def test_a_blank_line_among_situations_is_skipped(folder: Path) -> None:
    file = folder / "situations" / "een.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert len(load_corpus([folder]).situations) == 1


def test_words_of_chat_language_are_read_in_full(folder: Path) -> None:
    write(folder / "spelling.yaml", "ff: even\n't': het\n")
    assert load_corpus([folder]).shorthand == {"ff": "even", "t": "het"}


@pytest.mark.parametrize("content", ["- ff", "ff: [even]", "ff: {", "ff: 1"])
def test_chat_language_that_cannot_be_used_is_an_error_that_names_the_file(
    content: str, folder: Path
) -> None:
    write(folder / "spelling.yaml", content)
    with pytest.raises(TrainingDataError, match=r"spelling\.yaml"):
        load_corpus([folder])


ENGLISH = "The council and the people who live there work on a plan for the area, and that is not easy. " * 5


def test_documents_that_cannot_be_read_are_named_and_the_others_are_read(folder: Path) -> None:
    (folder / "c.md").write_bytes("Café".encode("latin-1"))
    write(folder / "d.md", "")
    left_out: list[DocumentError] = []
    assert [s.section_id for s in load_corpus([folder], left_out).sections] == ["a", "b/lab"]
    assert [(type(error), error.path.name) for error in left_out] == [
        (EncodingError, "c.md"),
        (EmptyDocumentError, "d.md"),
    ]


def test_nothing_that_can_be_read_is_an_error_that_names_each_file(tmp_path: Path) -> None:
    for name in ("een.md", "twee.md"):
        write(tmp_path / name, "")
    with pytest.raises(NoUsableDocumentsError, match=r"een\.md.*twee\.md"):
        load_corpus([tmp_path], [])


def test_a_file_named_by_itself_uses_the_practices_beside_it(folder: Path) -> None:
    write(folder / "los.md", "# Proeftuin\n\nSamen proberen.")
    corpus = load_corpus([folder / "los.md"])
    assert [(section.title, section.practice) for section in corpus.sections] == [("Proeftuin", "lab")]
    assert [practice.id for practice in corpus.practices] == ["lab", "kring"]
    assert len(corpus.situations) == 1


def test_front_matter_outweighs_what_headings_name(folder: Path) -> None:
    write(folder / "los.md", "---\npractice: algemeen\naspect: anders\n---\n# Proeftuin\n\nSamen proberen.")
    (section,) = load_corpus([folder / "los.md"]).sections
    assert (section.practice, section.aspect) == ("algemeen", "anders")


def test_a_text_in_another_language_is_left_out_unless_document_toml_gives_its_language(folder: Path) -> None:
    write(folder / "english.md", ENGLISH)
    with pytest.raises(ForeignLanguageError, match=r"english\.md.*'en'"):
        load_corpus([folder])
    write(folder / "document.toml", '["english.md"]\nlanguage = "en"\n')
    assert "english" in {section.section_id for section in load_corpus([folder]).sections}


def test_document_toml_gives_title_address_and_licence(folder: Path) -> None:
    write(
        folder / "document.toml",
        '["a.md"]\ntitle = "De gids"\naddress = "https://voorbeeld.nl/a.pdf"\nlicence = "CC BY 4.0"\n',
    )
    corpus = load_corpus([folder])
    first, second = corpus.sections
    assert (first.title, first.url, first.sources) == ("De gids", "https://voorbeeld.nl/a.pdf", ("a.md",))
    assert (second.url, second.sources) == (None, ())
    assert corpus.references["a.md"] == "De gids. CC BY 4.0"


def test_a_document_toml_that_is_no_toml_is_an_error_that_names_it(folder: Path) -> None:
    write(folder / "document.toml", "[")
    with pytest.raises(DetailsError, match=r"document\.toml"):
        load_corpus([folder])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('["weg.md"]\ntitle = "T"', "weg.md"),
        ('["a.md"]\nonbekend = 1\ntitle = "De gids"', "a.md: onbekend"),
        ('["a.md"]\naddress = "javascript:x"\ntitle = "De gids"', "a.md: address"),
        ("title = 'T'", "title"),
        ("[about]\nnaam = 'T'", "about: naam"),
    ],
    ids=["no such file", "unknown key", "no web address", "no file name", "unknown key of all"],
)
def test_a_field_of_document_toml_that_cannot_be_used_is_told_and_stops_nothing(
    content: str, told: str, folder: Path
) -> None:
    write(folder / "document.toml", content)
    unread: list[Unread] = []
    sections = load_corpus([folder], unread=unread).sections
    assert unread == [Unread(folder / "document.toml", "field", name=told)]
    assert sections[0].title == ("De gids" if "De gids" in content else "A")


def test_an_unknown_practice_in_one_document_leaves_the_others(folder: Path) -> None:
    write(folder / "c.md", "---\npractice: labje\n---\nTekst.")
    left_out: list[DocumentError] = []
    assert [section.source for section in load_corpus([folder], left_out).sections] == ["a.md", "b/lab.md"]
    assert [type(error) for error in left_out] == [UnknownPracticeError]


def test_a_practice_of_another_system_says_nothing_where_no_practices_are_known(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "---\npractice: sport\n---\nDe vergadering begon.")
    assert [section.practice for section in load_corpus([tmp_path]).sections] == ["algemeen"]


def test_names_that_are_not_utf_8_are_shown_and_links_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text("Een zin.", encoding="utf-8")
    (tmp_path / "elders").mkdir()
    (folder / "verwijzing").symlink_to(tmp_path / "elders")
    (folder / "weg.md").symlink_to(tmp_path / "weg.md")
    unread: list[Unread] = []
    assert [section.source for section in load_corpus([folder], [], unread).sections] == ["café.md"]
    assert unread == [Unread(folder / "verwijzing", "link"), Unread(folder / "weg.md", "link")]


@pytest.mark.parametrize("suffix", [".doc", ".pptx", ".xlsx", ".eml", ".odt", ".rtf"])
def test_kinds_of_files_that_are_not_read_are_named(suffix: str, folder: Path) -> None:
    write(folder / f"oud{suffix}", "x")
    left_out: list[DocumentError] = []
    load_corpus([folder], left_out)
    assert [(type(error), error.path.name) for error in left_out] == [
        (UnsupportedFormatError, f"oud{suffix}")
    ]
