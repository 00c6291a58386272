"""Questions beside the sentences that answer them, in batches whose sentences are easily confused."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.documents.files import load_corpus
from ingest.text.mentions import mentions
from ingest.types import Corpus, Section
from scripts.typing_errors import with_errors

BATCH = 32  # Sentences in a batch; each brings two of its questions.
QUESTIONS = 2
HARD = 0.5  # Share of the batches that keep sentences of one practice or one aspect together.
NAMING = (
    0.5  # How often a question that names no practice gets its practice's name behind it, as in a follow-up.
)
WITH_ERRORS = 0.25  # How often a question gets typing errors.
FEWEST = 5  # A batch of fewer sentences has too few wrong answers to learn from.


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the questions that it answers; a question that names no practice has a named twin."""

    sentence: str
    questions: tuple[str, ...]
    named: tuple[str, ...]
    section: Section


Batch = list[tuple[Pair, list[str]]]


def read_pairs(corpus: Path) -> list[Pair]:
    """Return every sentence of a corpus folder that has questions."""
    read = load_corpus([corpus])
    sections = {section.section_id: section for section in read.sections}
    variants = sorted(read.variants, key=lambda variant: (variant.section_id, variant.start))
    grouped = groupby(variants, key=lambda variant: (variant.section_id, variant.start, variant.end))
    return [
        _pair(read, sections[section_id], start, end, [variant.text for variant in group])
        for (section_id, start, end), group in grouped
    ]


def _pair(corpus: Corpus, section: Section, start: int, end: int, questions: Sequence[str]) -> Pair:
    labels = {practice.id: practice.label for practice in corpus.practices}
    label = labels.get(section.practice)
    named = (
        question
        if label is None or mentions(question, corpus.practices, ()).practices
        else f"{question} ({label})"
        for question in questions
    )
    return Pair(section.text[start:end], tuple(questions), tuple(named), section)


def epoch(pairs: Sequence[Pair], shuffle: random.Random) -> list[Batch]:
    """Return batches that show every question once; half of them hold sentences that resemble each other."""
    near = [rows for rows in _cut(list(_round(pairs, shuffle))) if len(rows) >= FEWEST]
    hard = [rows for rows in near if shuffle.random() < HARD]
    rest = [row for rows in near if rows not in hard for row in rows]
    shuffle.shuffle(rest)
    made = hard + [rows for rows in _cut(rest) if len(rows) >= FEWEST]
    shuffle.shuffle(made)
    return made


def _round(pairs: Sequence[Pair], shuffle: random.Random) -> Iterator[tuple[Pair, list[str]]]:
    """Yield each sentence with two of its questions a time, sections of one practice or aspect together."""
    by_practice = shuffle.random() < HARD
    places = {pair.section.section_id: shuffle.random() for pair in pairs}

    def place(pair: Pair) -> tuple[str, float]:
        together = pair.section.practice if by_practice else pair.section.aspect or ""
        return together, places[pair.section.section_id]

    ordered = sorted(pairs, key=place)
    left = [shuffle.sample(_views(pair, shuffle), len(pair.questions)) for pair in ordered]
    for first in range(0, max(len(pair.questions) for pair in pairs), QUESTIONS):
        for pair, views in zip(ordered, left, strict=True):
            if shown := views[first : first + QUESTIONS]:
                yield pair, shown


def _views(pair: Pair, shuffle: random.Random) -> list[str]:
    views = [
        named if shuffle.random() < NAMING else question
        for question, named in zip(pair.questions, pair.named, strict=True)
    ]
    return [with_errors(view, shuffle) if shuffle.random() < WITH_ERRORS else view for view in views]


def _cut(rows: list[tuple[Pair, list[str]]]) -> Iterator[Batch]:
    yield from (rows[first : first + BATCH] for first in range(0, len(rows), BATCH))
