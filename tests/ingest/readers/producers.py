"""Documents as people have them, made from sections by real producers: Word, web page, printed PDF."""

import html
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.types import Section

PRINT_TIMEOUT_S = 300
TITLE = "Lerende praktijken: vormen en doelen"
PAGE_CSS = f"""
@page {{ size: A4; margin: 22mm 18mm;
  @top-center {{ content: '{TITLE}'; font-size: 8pt }}
  @bottom-right {{ content: 'pagina ' counter(page); font-size: 8pt }} }}
body {{ font: 10pt/1.35 'DejaVu Sans', sans-serif; margin: 0 }}
h1 {{ font-size: 20pt }} h2 {{ font-size: 13pt; break-after: avoid }} h3 {{ font-size: 11pt }}
p {{ margin: 0 0 6pt; text-align: justify }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid; padding: 3pt; text-align: left }}
"""
TWO_COLUMNS_CSS = "main { columns: 2; column-gap: 8mm } h1 { column-span: all }"
CHROMIUM_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-quic "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
_LONG_WORD = re.compile(r"\w{9,}(?![^<]*>)")
_SYLLABLE = re.compile(r"([aeiou][bcdfghjklmnpqrstvwxz])(?=[bcdfghjklmnpqrstvwxz][aeiou])")


def as_markdown(sections: Iterable[Section]) -> str:
    """Return sections as one document: a chapter for what their titles begin with, headings for the rest."""
    parts: list[str] = []
    chapter = ""
    for section in sections:
        before, _, title = section.title.partition(" – ")
        if before != chapter:
            parts.append(f"# {before}")
            chapter = before
        parts += [f"## {title}", section.text]
    return "\n\n".join(parts) + "\n"


def as_html(markdown: str, css: str = "", *, breakable: bool = False) -> str:
    """Return Markdown as a web page; breakable words may be hyphenated anywhere between syllables."""
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        f"<title>{html.escape(TITLE)}</title>\n"
        f"<style>{css}</style></head>\n<body><main>"
        f"{_breakable(body) if breakable else body}</main></body></html>"
    )


def write_docx(markdown: str, file: Path) -> None:
    """Write Markdown as a Word document, with Word's own styles for headings, lists and tables."""
    document = Document()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    lists: list[str] = []
    heading = 0
    number: int | None = None
    in_table = False
    for place, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
            number = _restarted(document) if lists[-1] == "List Number" else None
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type in {"table_open", "table_close"}:
            in_table = token.type == "table_open"
            if in_table:
                _add_table(document, _rows(tokens[place:]))
        elif token.type == "inline" and not in_table:
            text = token.content.replace("\n", " ")
            if heading:
                document.add_heading(text, heading)
            else:
                item = document.add_paragraph(text, style=lists[-1] if lists else None)
                if lists and number is not None and lists[-1] == "List Number":
                    item.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number  # noqa: E501
            heading = 0
    document.save(str(file))


def print_pdf(page: str, file: Path, *arguments: str) -> None:
    """Print a web page to PDF with Chromium."""
    source = file.with_suffix(".print.html")
    source.write_text(page, encoding="utf-8")
    flags = [*CHROMIUM_FLAGS, f"--user-data-dir={file.with_suffix('.profile')}", "--no-pdf-header-footer"]
    command = [_chromium(), *flags, f"--print-to-pdf={file}", *arguments, source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=PRINT_TIMEOUT_S)


def convert_to_pdf(document: Path, folder: Path) -> Path:
    """Convert a Word document to PDF with LibreOffice."""
    office = shutil.which("soffice")
    assert office is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)]
    subprocess.run(command, check=True, capture_output=True, timeout=PRINT_TIMEOUT_S)
    return folder / f"{document.stem}.pdf"


def _chromium() -> str:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("No Chromium found. Install it (apt-get install chromium) or name it in CHROMIUM")
    return path


def _rows(tokens: Sequence[Token]) -> list[list[str]]:
    """Return the cells of the first table among the tokens."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
        elif token.type == "table_close":
            break
    return rows


def _add_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(number, column).paragraphs[0].add_run(text).bold = number == 0


def _restarted(document: WordDocument) -> int:
    """Return a list of numbers that begins at 1, as Word makes one for each list."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    definition = numbering.num_having_numId(style).abstractNumId.val
    number = numbering.add_num(definition)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _breakable(body: str) -> str:
    return _LONG_WORD.sub(lambda word: _SYLLABLE.sub("\\1\u00ad", word.group()), body)
