"""The numbers that people see on the pages of a PDF: 'iv', '1', where the file counts on from its cover."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from pdfminer.pdfdocument import PDFNoPageLabels
from pdfplumber.pdf import PDF

from ingest.readers.pdf.furniture import page_numbers
from ingest.readers.pdf.types import Page

FEWEST, MOSTLY = 3, 0.6  # Pages that count on from one another, and their share of those with a number.
_NUMBER = re.compile(r"\b(?:\d{1,4}|[ivxlc]{1,7})\b", re.IGNORECASE)


def printed_labels(pdf: PDF, seen: Sequence[Page]) -> Mapping[int, str]:
    """Return what is printed on pages as their number, by their place in the file, where the two differ.

    What the file itself says goes first; else the numbers in its margins tell.
    """
    found = _named(pdf, len(seen)) or _printed(seen)
    return {page: label for page, label in found.items() if label and label != str(page)}


def _named(pdf: PDF, count: int) -> dict[int, str]:
    try:
        return dict(enumerate(islice(pdf.doc.get_page_labels(), count), start=1))
    except PDFNoPageLabels:
        return {}
    except Exception:  # noqa: BLE001 - pdfminer raises whatever the damage leads to, and labels are extra.
        return {}


def _printed(seen: Sequence[Page]) -> dict[int, str]:
    """Return the numbers in the margins; none unless most of the figures count on with the pages."""
    found = {page: match.group() for page, text in page_numbers(seen) if (match := _NUMBER.search(text))}
    offsets = Counter(int(label) - page for page, label in found.items() if label.isdecimal())
    if not offsets:
        return {}
    offset, count = offsets.most_common(1)[0]
    if count < FEWEST or count < MOSTLY * offsets.total():
        return {}
    return {page: one for page, one in found.items() if not one.isdecimal() or int(one) - page == offset}
