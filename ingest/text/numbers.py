"""Which numbers a text names, in digits or as Dutch words."""

import re

from ingest.text.tokens import folded

_WORDS = (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig"
).split()
_VALUES = {word: str(value) for value, word in enumerate(_WORDS, start=2)} | {
    "dertig": "30",
    "honderd": "100",
}
_NUMBER = re.compile(rf"\b(?:\d+|{'|'.join(_VALUES)})\b")
_MARK = re.compile(r"^\d+\. ", re.MULTILINE)  # Of an item in a list.


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers in a text as digits: `zes in 2024` → `6`, `2024`; één is an article."""
    return frozenset(_VALUES.get(found, found) for found in _NUMBER.findall(folded(_MARK.sub("", text))))
