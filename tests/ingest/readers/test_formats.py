"""The same content gives the same sections, whatever kind of document holds it, page by page."""

import difflib
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest

from ingest.documents.files import load_corpus
from ingest.readers import read
from ingest.text.sentences import sentences
from ingest.text.subjects import Subjects
from ingest.types import Corpus, Section
from tests.conftest import CORPUS
from tests.ingest.readers.producers import (
    PAGE_CSS,
    TITLE,
    TWO_COLUMNS_CSS,
    as_html,
    as_markdown,
    convert_to_pdf,
    print_pdf,
    write_docx,
)

CHAPTERS = ("02-living-lab/doel", "02-living-lab/wie", "02-living-lab/stappen", "03-actie-onderzoek")
RICH = """# Bijlage

## Lijsten

Neem mee naar het overleg:

- een lijst met co-creatie en re-integratie
- een tweede punt dat zo lang is dat het in een smalle kolom zeker over meer dan een regel loopt

1. Kies het vraagstuk.
2. Kies de plek.

## Tabel

| Type | Duur |
|---|---|
| Living lab | jaren |
| Doorbraak | maanden |

### Onder de tabel

Na de tabel gaat de tekst verder.
"""
RICH_SECTIONS = [
    (
        "Bijlage – Lijsten",
        "Neem mee naar het overleg:\n- een lijst met co-creatie en re-integratie\n- een tweede punt dat "
        "zo lang is dat het in een smalle kolom zeker over meer dan een regel loopt\n1. Kies het vraagstuk."
        "\n2. Kies de plek.",
    ),
    ("Bijlage – Tabel", "Type | Duur\nLiving lab | jaren\n\nType | Duur\nDoorbraak | maanden"),
    ("Bijlage – Tabel – Onder de tabel", "Na de tabel gaat de tekst verder."),
]
RIGHT_HEADINGS, WORDS_IN_ORDER = 0.99, 0.995

Produce = Callable[[str, Path], Path]


def markdown(content: str, folder: Path) -> Path:
    """Write Markdown."""
    (folder / "stuk.md").write_text(content, encoding="utf-8")
    return folder / "stuk.md"


def web_page(content: str, folder: Path) -> Path:
    """Write a web page with a banner, a menu and a footer around the content."""
    around = '<div class="cookie-banner">Wij gebruiken cookies.</div><nav><a href="/">Thuis</a></nav>'
    page = as_html(content).replace("<main>", f"<header>Site</header>{around}<main>")
    (folder / "stuk.html").write_text(page.replace("</main>", "</main><footer>Colofon</footer>"), "utf-8")
    return folder / "stuk.html"


def word(content: str, folder: Path) -> Path:
    """Write a Word document."""
    write_docx(content, folder / "stuk.docx")
    return folder / "stuk.docx"


def one_column(content: str, folder: Path) -> Path:
    """Print with Chromium."""
    print_pdf(as_html(content, PAGE_CSS), folder / "stuk.pdf")
    return folder / "stuk.pdf"


def two_columns(content: str, folder: Path) -> Path:
    """Print with Chromium in two columns, with hyphenated words and bookmarks."""
    page = as_html(content, PAGE_CSS + TWO_COLUMNS_CSS, breakable=True)
    print_pdf(page, folder / "stuk.pdf", "--generate-pdf-document-outline")
    return folder / "stuk.pdf"


def printed_word(content: str, folder: Path) -> Path:
    """Write a Word document and convert it with LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return convert_to_pdf(word(content, folder), folder)


PRODUCERS = [
    markdown,
    web_page,
    word,
    pytest.param(one_column, marks=pytest.mark.browser),
    pytest.param(two_columns, marks=pytest.mark.browser),
    printed_word,
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return our corpus."""
    return load_corpus([CORPUS])


@pytest.mark.parametrize("produce", PRODUCERS)
def test_the_same_content_gives_the_same_sections(produce: Produce, corpus: Corpus, tmp_path: Path) -> None:
    chosen = [section for section in corpus.sections if section.section_id.startswith(CHAPTERS)]
    file = produce(as_markdown(chosen) + RICH, tmp_path)
    found = read(file, file.name, Subjects(corpus.practices, corpus.aspects))
    seen = [(one.title, one.practice, one.aspect, one.text.split()) for one in found]
    assert seen[: len(chosen)] == [(one.title, one.practice, one.aspect, one.text.split()) for one in chosen]
    assert [(title, words) for title, _, _, words in seen[len(chosen) :]] == [
        (title, text.split()) for title, text in RICH_SECTIONS
    ]
    assert [one.text for one in found[-3:]] == [text for _, text in RICH_SECTIONS]


@pytest.mark.browser
@pytest.mark.parametrize("produce", [one_column, two_columns])
def test_the_whole_corpus_comes_back_from_print_with_every_quote_on_its_page(
    produce: Produce, corpus: Corpus, tmp_path: Path
) -> None:
    file = produce(as_markdown(corpus.sections), tmp_path)
    found = {one.title: one for one in read(file, file.name, Subjects(corpus.practices, corpus.aspects))}
    right = [section for section in corpus.sections if section.title in found]
    assert len(right) >= RIGHT_HEADINGS * len(corpus.sections)
    words = [_words_in_order(section, found[section.title]) for section in right]
    assert sum(words) >= WORDS_IN_ORDER * sum(len(section.text.split()) for section in corpus.sections)
    assert _quotes_on_another_page(file, list(found.values())) == []


def _words_in_order(section: Section, other: Section) -> int:
    matcher = difflib.SequenceMatcher(None, section.text.split(), other.text.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _quotes_on_another_page(file: Path, found: Sequence[Section]) -> list[tuple[str, int | None]]:
    """Return the sentences that do not begin on the page that is named, by another reader of PDF.

    A sentence may run on below the running title of the next page.
    """
    with pypdfium2.PdfDocument(file) as pdf:
        texts = [_letters(page.get_textpage().get_text_range()) for page in pdf]
    pages = [
        text.removeprefix(_letters(f"{TITLE} pagina {number}")) for number, text in enumerate(texts, start=1)
    ]
    return [
        (quote, page)
        for section in found
        for span in sentences(section.text)
        if (quote := section.text[span.start : span.end])
        and (page := section.page_at(span.start)) is not None
        and not _begins_in(pages[page - 1], "".join(pages[page : page + 1]), _letters(quote))
    ]


def _begins_in(page: str, after: str, quote: str) -> bool:
    return 0 <= (page + after).find(quote) < len(page)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
