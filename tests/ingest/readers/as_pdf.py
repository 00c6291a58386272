"""An index of the corpus read from one two-column PDF, to measure what that costs.

    python -m tests.ingest.readers.as_pdf FOLDER
    WEGWIJZER_INDEX=FOLDER/index python -m evals --out FOLDER/report

Sections keep the ids that they have in the corpus, so that the reference questions hold for both.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import yaml

from errors import DocumentError
from ingest import __main__ as ingest_command
from ingest import pipeline
from ingest.documents.files import load_corpus
from ingest.types import Corpus, Unread
from tests.conftest import CORPUS
from tests.ingest.readers.producers import PAGE_CSS, TWO_COLUMNS_CSS, as_html, as_markdown, print_pdf

NAME = "brochure"
BESIDE = ("practices.yaml", "sources.yaml", "unanswerable.jsonl", "situations")


def write_corpus(folder: Path) -> None:
    """Write the PDF, the example questions and all else that is beside the corpus."""
    folder.mkdir(parents=True)
    page = as_html(as_markdown(load_corpus([CORPUS]).sections), PAGE_CSS + TWO_COLUMNS_CSS, breakable=True)
    print_pdf(page, folder.parent / f"{NAME}.pdf")
    shutil.move(folder.parent / f"{NAME}.pdf", folder)
    entries = [
        entry
        for file in sorted(CORPUS.rglob("*.questions.yaml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False)
    (folder / f"{NAME}.questions.yaml").write_text(text, encoding="utf-8")
    for name in BESIDE:
        copy = shutil.copytree if (CORPUS / name).is_dir() else shutil.copy
        copy(CORPUS / name, folder / name)


def load_with_known_ids(
    paths: Sequence[Path],
    left_out: list[DocumentError] | None = None,
    unread: list[Unread] | None = None,
) -> Corpus:
    """Read a corpus; its sections get the ids of the sections of our corpus with the same title."""
    read = load_corpus(paths, left_out, unread)
    ids = {section.title: section.section_id for section in load_corpus([CORPUS]).sections}
    new = {section.section_id: ids.get(section.title, section.section_id) for section in read.sections}
    return replace(
        read,
        sections=tuple(replace(one, section_id=new[one.section_id]) for one in read.sections),
        variants=tuple(replace(one, section_id=new[one.section_id]) for one in read.variants),
    )


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser("python -m tests.ingest.readers.as_pdf")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    write_corpus(folder / "corpus")
    with patch.object(pipeline, "load_corpus", load_with_known_ids):
        return ingest_command.main([str(folder / "corpus"), "--index", str(folder / "index")])


if __name__ == "__main__":
    sys.exit(main())
