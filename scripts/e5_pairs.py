"""Questions beside the sentences that answer them, and beside each other, as datasets to train on."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from datasets import Dataset

from evals.documents.read import TUNED_ON, AskedDocument, load_documents
from ingest.documents.files import load_corpus
from ingest.text.mentions import mentions
from ingest.types import Corpus, Section
from scripts.typing_errors import with_errors

NAMING = 0.5  # How often a question without a practice gets its name behind it, as in a follow-up.
WITH_ERRORS = 0.25  # How often a question gets typing errors.
TWINNED = 0.25  # How often a question is also laid beside another question of its sentence.
FEWEST = 48  # Sentences that a group must have to be a dataset: a batch holds each once.
REPEATED = 10  # How often the questions about documents are shown, as there are few.
EVERY, DOCUMENTS, TWINS = "all", "documents", "twins"


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A sentence with the questions that it answers; a question that names no practice has a named twin.

    `groups` are what its wrong answers may be taken from: its practice and its aspect, or its document.
    """

    sentence: str
    questions: tuple[str, ...]
    named: tuple[str, ...]
    groups: tuple[str, ...]


def read_pairs(corpus: Path) -> list[TrainingPair]:
    """Return every sentence that has questions: of a corpus folder, and of the documents TUNED_ON."""
    about = [pair for document in tuned_documents() for pair in _document_pairs(document)]
    return [*_corpus_pairs(load_corpus([corpus])), *about]


def tuned_documents() -> list[AskedDocument]:
    """Return the documents of the writers that numbers are fitted on, with their questions."""
    return [document for document in load_documents() if document.writer in TUNED_ON]


def datasets(pairs: Sequence[TrainingPair], shuffle: random.Random) -> dict[str, Dataset]:
    """Return the datasets to train on; the sentences of a batch come from one, and are easily confused.

    A question goes to the dataset of all, or to that of one of its groups where that is large enough. The
    columns are `anchor`, a question, and `positive`: the sentence that answers it, or, in the datasets
    `twins …`, another question of that sentence.
    """
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    shown = [pair for pair in pairs for _ in range(REPEATED if DOCUMENTS in pair.groups else 1)]
    sizes = Counter(group for pair in pairs for group in pair.groups)
    large = {group for group, size in sizes.items() if size >= FEWEST}
    for pair in shown:
        names = [EVERY, *(group for group in pair.groups if group in large)]
        views = [_view(pair, number, shuffle) for number in range(len(pair.questions))]
        for number, view in enumerate(views):
            rows[shuffle.choice(names)].append((view, pair.sentence))
            others = views[:number] + views[number + 1 :]
            if others and shuffle.random() < TWINNED:
                rows[f"{TWINS} {shuffle.choice(names)}"].append((view, shuffle.choice(others)))
    return {name: _dataset(shuffle.sample(found, len(found))) for name, found in rows.items()}


def _corpus_pairs(corpus: Corpus) -> list[TrainingPair]:
    sections = {section.section_id: section for section in corpus.sections}
    variants = sorted(corpus.variants, key=lambda variant: (variant.section_id, variant.start))
    grouped = groupby(variants, key=lambda variant: (variant.section_id, variant.start, variant.end))
    return [
        _pair(corpus, sections[section_id], start, end, [variant.text for variant in group])
        for (section_id, start, end), group in grouped
    ]


def _pair(corpus: Corpus, section: Section, start: int, end: int, questions: Sequence[str]) -> TrainingPair:
    labels = {practice.id: practice.label for practice in corpus.practices}
    label = labels.get(section.practice)
    named = (
        question
        if label is None or mentions(question, corpus.practices, ()).practices
        else f"{question} ({label})"
        for question in questions
    )
    groups = (f"practice {section.practice}", f"aspect {section.aspect}")
    return TrainingPair(section.text[start:end], tuple(questions), tuple(named), groups)


def _document_pairs(document: AskedDocument) -> list[TrainingPair]:
    """Return the words of a document that answer, each with its questions."""
    asked: dict[str, list[str]] = defaultdict(list)
    for question in document.questions:
        if question.answerable and question.evidence and not question.history:
            asked[question.evidence].append(question.question)
    return [
        TrainingPair(evidence, tuple(questions), tuple(questions), (DOCUMENTS,))
        for evidence, questions in asked.items()
    ]


def _view(pair: TrainingPair, number: int, shuffle: random.Random) -> str:
    """Return a question as somebody else would type it."""
    view = pair.named[number] if shuffle.random() < NAMING else pair.questions[number]
    return with_errors(view, shuffle) if shuffle.random() < WITH_ERRORS else view


def _dataset(rows: Sequence[tuple[str, str]]) -> Dataset:
    return Dataset.from_dict({"anchor": [row[0] for row in rows], "positive": [row[1] for row in rows]})
