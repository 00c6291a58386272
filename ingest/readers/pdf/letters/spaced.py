"""Letterspaced words, as in many headings, closed again: `T A R I E V E N` → `TARIEVEN`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.types import Word

FEWEST_LETTERS = 4  # Letters apart; fewer are initials, or the labels of a drawing.
WIDEST = 1.5  # Of the font size: letters further apart are in columns.
BETWEEN_WORDS = 1.5  # Of the usual gap: a wider one parts words.


def closed(words: Sequence[Word]) -> list[Word]:
    """Return the words in order, runs of letters apart on one line put together."""
    return [word for run in _runs(words) for word in (_together(run) if _is_spaced(run) else run)]


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if run and not _follows(run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _follows(before: Word, word: Word) -> bool:
    single = len(before.text) == len(word.text) == 1
    beside = abs(before.bottom - word.bottom) < before.size / 2 and before.size == word.size
    return single and beside and 0 < word.x0 - before.x1 < WIDEST * word.size


def _is_spaced(run: Sequence[Word]) -> bool:
    return len(run) >= FEWEST_LETTERS and all(word.text.isalpha() for word in run)


def _together(run: Sequence[Word]) -> Iterator[Word]:
    usual = median(after.x0 - before.x1 for before, after in pairwise(run))
    group = [run[0]]
    for before, word in pairwise(run):
        if word.x0 - before.x1 > BETWEEN_WORDS * usual:
            yield _joined(group)
            group = []
        group.append(word)
    yield _joined(group)


def _joined(letters: Sequence[Word]) -> Word:
    return replace(letters[0], text="".join(word.text for word in letters), x1=letters[-1].x1)
